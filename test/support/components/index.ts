/** Says what Discord would not take of the messages and modals we send. Empty lists mean that it would. */
import { isRecord, type Json, list, recordsIn, shape, shown, str, wrong } from './check.ts';
import { LIMITS, TYPE, V2 } from './limits.ts';
import { marksIn } from './markdown.ts';
import { inMessage, inModal } from './parts.ts';

/** What is sent, with the names of its files. */
export interface Sent {
  readonly components?: unknown;
  readonly flags?: unknown;
  readonly content?: unknown;
  readonly files?: readonly { readonly name: string }[];
}

/** Each problem with where it is: `/components/0/content: 4001 characters, at most 4000`. */
export function messageProblems({ components, flags, content, files = [] }: Sent): readonly string[] {
  const isNew = typeof flags === 'number' && (flags & V2) !== 0;
  return [
    ...(isNew ? [] : wrong('/flags', 'new components need the flag for them')),
    ...(content === undefined ? [] : wrong('/content', 'does not go with new components')),
    ...list(inMessage, 1, LIMITS.parts)(components, '/components'),
    ...together(components),
    ...idsTwice(components),
    ...filesOf(components, files),
  ];
}

export function modalProblems(modal: unknown): readonly string[] {
  const components = isRecord(modal) ? modal['components'] : undefined;
  const asks = partsIn(components).some((part) => part['custom_id'] !== undefined);
  return [
    ...shape({
      title: shown(LIMITS.modalTitle),
      custom_id: str(LIMITS.customId),
      components: list(inModal, 1, LIMITS.modalParts),
    })(modal, ''),
    ...idsTwice(components),
    ...(asks ? [] : wrong('/components', 'a modal asks for something')),
  ];
}

/** Components, the outer ones first. */
const partsIn = (components: unknown): readonly Json[] =>
  recordsIn(components).filter(({ type }) => typeof type === 'number');

/** What only shows when all is counted together. */
function together(components: unknown): string[] {
  const parts = partsIn(components);
  const texts = parts.filter(({ type }) => type === TYPE.text).map(({ content }) => String(content));
  const length = texts.join('').length;
  return [
    ...(parts.length > LIMITS.parts ? wrong('/components', `${parts.length} parts, at most ${LIMITS.parts}`) : []),
    ...(length > LIMITS.texts ? wrong('/components', `${length} characters together, at most ${LIMITS.texts}`) : []),
  ];
}

function idsTwice(components: unknown): string[] {
  const parts = partsIn(components);
  return (['custom_id', 'id'] as const).flatMap((key) => {
    const ids = parts.map((part) => part[key]).filter((id) => id !== undefined);
    const twice = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
    return [...twice].flatMap((id) => wrong('/components', `${key} ${JSON.stringify(id)} stands there twice`));
  });
}

function filesOf(components: unknown, files: readonly { readonly name: string }[]): string[] {
  const names = files.map(({ name }) => name);
  const asked = recordsIn(components).flatMap(({ url }) => {
    const name = typeof url === 'string' ? /^attachment:\/\/(.+)$/.exec(url)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
  return [
    ...(names.length > LIMITS.files ? wrong('/files', `${names.length} files, at most ${LIMITS.files}`) : []),
    ...(new Set(names).size < names.length ? wrong('/files', 'two have one name') : []),
    ...asked.filter((name) => !names.includes(name)).flatMap((name) => wrong('/files', `${name} is missing`)),
    ...names.filter((name) => !asked.includes(name)).flatMap((name) => wrong('/files', `${name} is shown nowhere`)),
  ];
}

/** Everything in a message or modal that would notify somebody, lead somewhere, or change how text looks, as Discord would read it. */
export function liveMarks(body: { readonly components?: unknown; readonly content?: unknown }): string[] {
  const content = typeof body.content === 'string' ? [body.content] : [];
  const texts = textsIn(body.components);
  return [...content, ...texts].flatMap((text) => marksIn(text));
}

/** The contents of its text displays, in order. */
export const textsIn = (components: unknown): string[] =>
  partsIn(components).flatMap(({ type, content }) =>
    type === TYPE.text && typeof content === 'string' ? [content] : [],
  );

export { marksIn, shownIn } from './markdown.ts';
export { partsIn };
