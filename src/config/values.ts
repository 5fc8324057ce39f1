/** The kinds of values a variable may have, each with the words said when it has not. */
import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name or address can only mean this machine. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK.test(host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host);

export const matching = (shape: RegExp, problem: string): z.ZodString => z.string().regex(shape, problem);

export const folder = z
  .string()
  .refine(
    (path) => !path.includes('\0') && path.trim() === path,
    'must be the path of a folder, without spaces around it',
  );

export const port = matching(/^\d{1,5}$/, 'must be a port number, 1 to 65535; 0 takes any free one')
  .refine((text) => Number(text) <= 65_535, 'must be a port number, 1 to 65535; 0 takes any free one')
  .transform(Number);

/** The name of a slash command, without the slash. */
export const commandName = matching(
  /^[a-z][a-z0-9_-]{0,31}$/,
  'must be a command name without the slash: up to 32 lower-case letters, digits, - or _, a letter first',
);

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** `postgres://user:password@host/name`. */
export const postgresUrl = z.string().refine((text) => {
  const url = parsed(text);
  return url !== undefined && /^postgres(?:ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
}, 'must look like postgres://user:password@host:5432/name; leave it out to keep everything in one SQLite file in DATA_DIR');

/** An address of a platform's API: that platform's own host over https, or this machine, so that a token goes nowhere else. */
export function vendorUrl(host: string): z.ZodType<string, string> {
  return z.string().refine((text) => {
    const url = parsed(text);
    if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
      return false;
    if (LOOPBACK.test(url.hostname)) return url.protocol === 'http:' || url.protocol === 'https:';
    return url.protocol === 'https:' && url.hostname === host && url.port === '';
  }, `must be an address at https://${host} or on this machine; leave it out for the usual one`);
}

/** Where browsers reach this server; becomes the bare origin. Plain http only where nothing travels. */
export const publicUrl = z
  .string()
  .refine((text) => {
    const url = parsed(text);
    if (url === undefined || !/^https?:\/\//i.test(text) || /[\s\\@?#]/.test(text) || url.pathname !== '/')
      return false;
    return url.protocol === 'https:' || LOOPBACK.test(url.hostname);
  }, 'must be an https address without a path, such as https://greenroom.example.org; http only on this machine')
  .transform((text) => new URL(text).origin);
