/** A real Chromium for tests; a loud line where there is none, a failure where `REQUIRE_BROWSER=1` insists. */
import type { Browser } from 'playwright-core';
import { type BrowserFound, launchWith } from './browser-binary.ts';
import { knock, leaveOut } from './door.ts';

let asked: Promise<BrowserFound | undefined> | undefined;

/** Undefined where there is no browser and nobody insists: for `describe.runIf(await browserThere())`. */
export function browserThere(): Promise<BrowserFound | undefined> {
  return (asked ??= knock<BrowserFound>('browser').then((found) => {
    if ('path' in found) return found;
    leaveOut('browser', 'REQUIRE_BROWSER', found.missing);
    return undefined;
  }));
}

/** The caller closes it. Pages for axe need `browser.newContext()`. */
export async function launchBrowser(): Promise<Browser> {
  const found = await browserThere();
  if (found === undefined) throw new Error('no browser here');
  return launchWith(found);
}
