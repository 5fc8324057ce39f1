/** Documented limits that Discord's description of its API lacks, and rules of our own: by route. */
import type { Asked, Json } from './model.ts';
import { commandListRules, commandRules } from './overlay/commands.ts';
import { listOf, numberOf, textOf, toldOf } from './overlay/lists.ts';
import { houseRules, messageRules, type Occasion } from './overlay/message.ts';
import { modalRules, houseModalRules } from './overlay/modal.ts';

export interface Broken {
  /** Discord would refuse it. */
  readonly refused: readonly string[];
  /** Discord takes it; we do not. */
  readonly told: readonly string[];
}

const EPHEMERAL = 1 << 6;
const TYPE = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const NEW: Occasion = { isNew: true, mayBeEphemeral: false };
const CHANGED: Occasion = { isNew: false, mayBeEphemeral: false };
const NEW_ANSWER: Occasion = { isNew: true, mayBeEphemeral: true };
const CHANGED_ANSWER: Occasion = { isNew: false, mayBeEphemeral: true };

const refusedOnly = (refused: readonly string[]): Broken => ({ refused, told: [] });

const message = (body: Json, files: Asked['files'], occasion: Occasion): Broken => ({
  refused: messageRules(body, files, occasion),
  told: houseRules(body),
});

const recordOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

function callback({ body, files }: Asked): Broken {
  const data = recordOf(body['data']);
  const type = body['type'];
  if (type === TYPE.message) return message(data, files, NEW_ANSWER);
  if (type === TYPE.update) return message(data, files, CHANGED_ANSWER);
  if (type === TYPE.modal) return { refused: modalRules(data), told: houseModalRules(data) };
  if (type === TYPE.choices) return refusedOnly(choices(data));
  if (type === TYPE.deferred) {
    const others = numberOf(data['flags'], 0) & ~EPHEMERAL;
    return refusedOnly(toldOf([others !== 0, 'a deferred answer has no flag but EPHEMERAL']));
  }
  return refusedOnly([]);
}

const choices = (data: Json): readonly string[] =>
  toldOf(
    [listOf(data['choices']).length > 25, 'there are more than 25 choices'],
    [listOf(data['choices']).some(({ name }) => textOf(name).trim() === ''), 'a choice needs a name'],
  );

const blankName = (body: Json): readonly string[] =>
  toldOf([typeof body['name'] === 'string' && body['name'].trim() === '', 'the name is blank']);

function thread({ body, files }: Asked): Broken {
  if (!('message' in body)) return refusedOnly(blankName(body));
  const first = message(recordOf(body['message']), files, NEW);
  return { refused: [...blankName(body), ...first.refused], told: first.told };
}

const history = ({ query }: Asked): Broken =>
  refusedOnly(
    toldOf([
      ['before', 'after', 'around'].filter((name) => query.has(name)).length > 1,
      'only one of before, after, around',
    ]),
  );

const allCommands = ({ raw }: Asked): Broken => refusedOnly(commandListRules(listOf(raw)));
const oneCommand = ({ body }: Asked): Broken => refusedOnly(commandRules(body));

const RULES: Readonly<Record<string, (asked: Asked) => Broken>> = {
  'POST /channels/:id/messages': ({ body, files }) => message(body, files, NEW),
  'PATCH /channels/:id/messages/:message': ({ body, files }) => message(body, files, CHANGED),
  'GET /channels/:id/messages': history,
  'POST /channels/:id/threads': thread,
  'POST /channels/:id/messages/:message/threads': thread,
  'PATCH /channels/:id': ({ body }) => refusedOnly(blankName(body)),
  'POST /interactions/:id/:token/callback': callback,
  'POST /webhooks/:app/:token': ({ body, files }) => message(body, files, NEW_ANSWER),
  'PATCH /webhooks/:app/:token/messages/:message': ({ body, files }) => message(body, files, CHANGED_ANSWER),
  'PUT /applications/:app/commands': allCommands,
  'PUT /applications/:app/guilds/:guild/commands': allCommands,
  'POST /applications/:app/commands': oneCommand,
  'POST /applications/:app/guilds/:guild/commands': oneCommand,
};

export const checkRules = (asked: Asked): Broken => RULES[`${asked.method} ${asked.route}`]?.(asked) ?? refusedOnly([]);
