/** What PostgreSQL and the network say when they fail, read by code and put in words without any part of the address's secrets. */

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Connection exceptions and shutdowns of the server; what a socket ends with. */
const LOST_CODE = /^(?:08...|57P0[1-5]|25P03|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** `pg` gives these no code. */
const LOST_MESSAGE =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** The connection is gone, so whether a commit under way was kept is unknown. */
export const isLost = (error: unknown): boolean =>
  LOST_CODE.test(codeOf(error)) || (error instanceof Error && LOST_MESSAGE.test(error.message));

export const lost = (shown: string): string => `The database at ${shown} cannot be reached.`;

export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === '28P01' || code === '28000') return 'It refuses this user and password.';
  if (code === '3D000') return 'The server answers, but has no database of that name; create it with createdb.';
  if (code === 'ECONNREFUSED') return 'Nothing listens there; is PostgreSQL running?';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'No machine has that name.';
  return code ? `The reason given was ${code}.` : 'It did not answer as PostgreSQL does.';
}
