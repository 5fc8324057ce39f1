/** Keeps other sites and other machines out of the local chat, and the page to its own files. */
import type { MiddlewareHandler } from 'hono';

const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * A name that leads to this machine is not enough: the Host must be a loopback name (a rebound domain is not), and a
 * page of another site neither reads nor writes here.
 */
export const guard: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (!HERE.test(host)) return c.text('Greenroom’s local chat answers only as localhost.', 421);
  const isOurs =
    origin === undefined ? c.req.method === 'GET' : origin.toLowerCase() === `http://${host.toLowerCase()}`;
  const isAsked = site === undefined || site === 'same-origin' || (site === 'none' && c.req.method === 'GET');
  const isLink = c.req.method === 'GET' && c.req.path === '/' && c.req.header('sec-fetch-mode') === 'navigate';
  if (!isLink && (!isOurs || !isAsked)) return c.text('This request came from another site.', 403);
  if (c.req.method === 'POST' && !/^application\/json(?:;|$)/i.test(c.req.header('content-type') ?? ''))
    return c.text('Send JSON.', 415);
  await next();
  c.header('Content-Security-Policy', POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  return undefined;
};
