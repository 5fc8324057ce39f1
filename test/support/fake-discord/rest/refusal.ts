/** How Discord says no: a status, a code, and words. */
import type { Json, Reply } from '../model.ts';

interface Kind {
  readonly status: number;
  readonly message: string;
}

const KINDS = {
  0: { status: 401, message: '401: Unauthorized' },
  10003: { status: 404, message: 'Unknown Channel' },
  10004: { status: 404, message: 'Unknown Guild' },
  10007: { status: 404, message: 'Unknown Member' },
  10008: { status: 404, message: 'Unknown Message' },
  10013: { status: 404, message: 'Unknown User' },
  10063: { status: 404, message: 'Unknown application command' },
  10087: { status: 404, message: 'Unknown tag' },
  30032: { status: 400, message: 'Maximum number of application commands reached' },
  30033: { status: 400, message: 'Maximum number of thread participants has been reached (1000)' },
  40067: { status: 400, message: 'A tag is required to create a forum post in this channel' },
  50001: { status: 403, message: 'Missing Access' },
  50005: { status: 403, message: 'Cannot edit a message authored by another user' },
  50006: { status: 400, message: 'Cannot send an empty message' },
  50007: { status: 403, message: 'Cannot send messages to this user' },
  50013: { status: 403, message: 'Missing Permissions' },
  50021: { status: 403, message: 'Cannot execute action on a system message' },
  50024: { status: 400, message: 'Cannot execute action on this channel type' },
  50035: { status: 400, message: 'Invalid Form Body' },
  50083: { status: 400, message: 'Thread is archived' },
  160004: { status: 400, message: 'A thread has already been created for this message' },
  160005: { status: 400, message: 'Thread is locked' },
  160006: { status: 400, message: 'Maximum number of active threads has been reached' },
} as const satisfies Readonly<Record<number, Kind>>;

export type Code = keyof typeof KINDS;

export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(JSON.stringify(reply.body));
    this.reply = reply;
  }
}

export const refusalOf = (code: Code, more: Json = {}): Reply => ({
  status: KINDS[code].status,
  body: { message: KINDS[code].message, code, ...more },
});

export function refuse(code: Code): never {
  throw new Refusal(refusalOf(code));
}

/** 50035 with what is wrong, by field. */
export function invalid(problems: readonly string[]): Reply {
  const errors = { _errors: problems.map((message) => ({ code: 'BASE_TYPE_BAD', message })) };
  return refusalOf(50035, { errors });
}
