/** Message components as Discord gives them back: every one with an id, its defaults filled in, its files resolved. */
import type { Json, Model, StoredFile } from './model.ts';
import { attachmentOf } from './payloads.ts';

interface Finishing {
  readonly model: Model;
  readonly channel: string;
  readonly files: readonly StoredFile[];
  nextId: number;
}

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an `attachment://` address stands for; other addresses stay. */
function mediaOf(at: Finishing, media: unknown): Json {
  const asked = textOf((media as Json | undefined)?.['url']);
  const name = /^attachment:\/\/(.+)$/.exec(asked)?.[1];
  const file = at.files.find((one) => one.name === name);
  if (!file) return { id: at.model.newId(), url: asked, proxy_url: asked, width: 640, height: 360, content_type: null };
  const { url, proxy_url, content_type, width = null, height = null } = attachmentOf(at.model, at.channel, file);
  return { id: at.model.newId(), url, proxy_url, content_type, width, height, attachment_id: file.id };
}

const selectDefaults = (part: Json): Json => ({
  min_values: part['min_values'] ?? 1,
  max_values: part['max_values'] ?? 1,
  disabled: part['disabled'] ?? false,
});

const MORE: Readonly<Record<number, (part: Json, at: Finishing) => Json>> = {
  2: (part) => ({ disabled: part['disabled'] ?? false }),
  3: (part) => ({ ...selectDefaults(part), options: listOf(part['options']) }),
  5: selectDefaults,
  6: selectDefaults,
  7: selectDefaults,
  8: selectDefaults,
  11: (part, at) => ({
    media: mediaOf(at, part['media']),
    description: part['description'] ?? null,
    spoiler: part['spoiler'] ?? false,
  }),
  12: (part, at) => ({
    items: listOf(part['items']).map((item) => ({
      media: mediaOf(at, item['media']),
      description: item['description'] ?? null,
      spoiler: item['spoiler'] ?? false,
    })),
  }),
  13: (part, at) => {
    const file = mediaOf(at, part['file']);
    const stored = at.files.find(({ id }) => id === file['attachment_id']);
    return {
      file,
      name: stored?.name ?? null,
      size: stored?.bytes.byteLength ?? null,
      spoiler: part['spoiler'] ?? false,
    };
  },
  14: (part) => ({ spacing: part['spacing'] ?? 1, divider: part['divider'] ?? true }),
  17: (part) => ({ accent_color: part['accent_color'] ?? null, spoiler: part['spoiler'] ?? false }),
};

const withoutNulls = (part: Json): Json =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));

function finish(at: Finishing, part: Json): Json {
  const id = part['id'] ?? at.nextId++;
  const more = MORE[Number(part['type'])]?.(part, at) ?? {};
  return {
    ...withoutNulls(part),
    id,
    ...more,
    ...('components' in part && { components: listOf(part['components']).map((one) => finish(at, one)) }),
    ...('accessory' in part && { accessory: finish(at, part['accessory'] as Json) }),
  };
}

export function finishComponents(
  model: Model,
  channel: string,
  components: readonly Json[],
  files: readonly StoredFile[],
): readonly Json[] {
  const at: Finishing = { model, channel, files, nextId: 1 };
  return components.map((part) => finish(at, part));
}
