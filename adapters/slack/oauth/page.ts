/** A page of the installation as a response: nothing from elsewhere, nothing kept, in no frame. */
import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import { LEAF, STYLE } from './style.ts';

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly body: Html;
  readonly cookie?: string;
}

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const RULES = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const withCookie = (cookie: string | undefined): Record<string, string> =>
  cookie === undefined ? {} : { 'Set-Cookie': cookie };

export function show({ status, title, body, cookie }: Page): Response {
  const headers = { ...RULES, 'Content-Type': 'text/html; charset=utf-8', ...withCookie(cookie) };
  return new Response(paper(title, body).html, { status, headers });
}

/** `to` is made of our own settings alone. */
export const sendOn = (to: string, cookie: string): Response =>
  new Response(null, { status: 302, headers: { ...RULES, Location: to, ...withCookie(cookie) } });

export const onlyGet = (): Response =>
  new Response('Only GET is answered here.\n', {
    status: 405,
    headers: { ...RULES, 'Content-Type': 'text/plain; charset=utf-8', Allow: 'GET' },
  });

/** Kept apart, as its hash counts every space. */
const STYLES: Html = { html: `<style>${STYLE}</style>` };

const paper = (title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title} · Greenroom</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${STYLES}
      </head>
      <body>
        <main>
          <header>${{ html: LEAF }}Greenroom</header>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
