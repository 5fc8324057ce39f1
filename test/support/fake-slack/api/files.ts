/** files.*: a place to upload to, the upload itself, and sharing what was uploaded. */
import { say } from '../deeds.ts';
import type { Model, StoredFile, Workspace } from '../model.ts';
import type { FakeChannel } from '../types.ts';
import { fileObject } from '../wire.ts';
import { rootOf } from './chat.ts';
import {
  isRecord,
  needMember,
  needText,
  nestedOf,
  numberOf,
  Refusal,
  textOf,
  type Call,
  type Methods,
} from './call.ts';

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  txt: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
  pdf: 'application/pdf',
};
const typeOf = (name: string): string =>
  TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

const getUploadUrl: Methods[string] = {
  token: 'bot',
  scopes: ['files:write'],
  args: ['filename', 'length', 'alt_text', 'snippet_type'],
  run: (call) => {
    const { model, workspace } = call;
    const name = needText(call, 'filename');
    const length = numberOf(call, 'length', 0);
    if (length === 0) throw new Refusal('invalid_arguments');
    const file: StoredFile = {
      id: model.newId('F'),
      name,
      title: name,
      mimetype: typeOf(name),
      bytes: new Uint8Array(),
      user: workspace.botUser,
      created: model.clock.now(),
      announced: length,
      state: 'waiting',
      channels: new Set(),
    };
    workspace.files.set(file.id, file);
    return { upload_url: `${model.url}/upload/v1/${workspace.id}/${file.id}`, file_id: file.id };
  },
};

/** `POST` of the bytes to an upload address. */
export function upload(
  model: Model,
  team: string,
  id: string,
  bytes: Uint8Array,
): { readonly status: number; readonly body: string } {
  const file = model.workspaces.get(team)?.files.get(id);
  if (file?.state !== 'waiting') return { status: 404, body: 'not found' };
  if (bytes.byteLength !== file.announced) return { status: 400, body: 'the length is not what was announced' };
  file.bytes = bytes;
  file.state = 'uploaded';
  return { status: 200, body: `OK - ${bytes.byteLength}` };
}

function readFiles(call: Call): readonly StoredFile[] {
  const asked = nestedOf(call, 'files', 'invalid_arguments');
  if (!Array.isArray(asked) || asked.length === 0) throw new Refusal('invalid_arguments');
  return asked.map((one: unknown) => {
    const file = isRecord(one) ? call.workspace.files.get(String(one['id'])) : undefined;
    if (file?.state !== 'uploaded') throw new Refusal('file_not_found');
    if (isRecord(one) && typeof one['title'] === 'string') file.title = one['title'];
    return file;
  });
}

function share(call: Call, channel: FakeChannel, files: readonly StoredFile[]): void {
  const { model, workspace } = call;
  const threadTs = rootOf(call, channel);
  for (const file of files) file.channels.add(channel.id);
  say(model, workspace, channel, {
    user: workspace.botUser,
    botId: workspace.botId,
    text: textOf(call, 'initial_comment') ?? '',
    subtype: 'file_share',
    files,
    ...(threadTs !== undefined && { threadTs }),
  });
}

/** Where the files are to be shared, if anywhere. */
function destination(call: Call): FakeChannel | undefined {
  const id = textOf(call, 'channel_id');
  if (id === undefined) return undefined;
  const channel = needMember(call, id);
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

/** The answer comes before the work is done: files are looked at, and then shared. */
function finish(call: Call, files: readonly StoredFile[], channel: FakeChannel | undefined): void {
  const { model } = call;
  for (const file of files) file.state = 'processing';
  const finishNow = (): void => {
    const left = files.filter(({ state }) => state === 'processing');
    for (const file of left) file.state = 'complete';
    if (channel && left.length > 0) share(call, channel, left);
  };
  if (model.filesReadyAfterMs === 0) finishNow();
  else model.clock.at(model.clock.now() + model.filesReadyAfterMs, finishNow);
}

const complete: Methods[string] = {
  token: 'bot',
  scopes: ['files:write'],
  args: ['files', 'channel_id', 'thread_ts', 'initial_comment', 'blocks'],
  run: (call) => {
    const files = readFiles(call);
    finish(call, files, destination(call));
    return { files: files.map((file) => fileObject(call.workspace, file)) };
  },
};

function needFile(call: Call, workspace: Workspace): StoredFile {
  const file = workspace.files.get(needText(call, 'file', 'file_not_found'));
  if (!file || file.state === 'waiting') throw new Refusal('file_not_found');
  if (file.state === 'deleted') throw new Refusal('file_deleted');
  return file;
}

export const FILES: Methods = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
  'files.info': {
    token: 'bot',
    scopes: ['files:read'],
    args: ['file', 'count', 'cursor', 'limit', 'page'],
    run: (call) => ({ file: fileObject(call.workspace, needFile(call, call.workspace)), comments: [] }),
  },
  'files.delete': {
    token: 'bot',
    scopes: ['files:write'],
    args: ['file'],
    run: (call) => {
      const file = needFile(call, call.workspace);
      if (file.user !== call.workspace.botUser) throw new Refusal('cant_delete_file');
      file.state = 'deleted';
      return {};
    },
  },
};
