/** The real program on Slack, as a child of the test: its clock is moved by messages, and it dies at the step it is told. */
import { makeLog } from '../../../src/log.ts';
import { readConfig } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { serve } from '../../../src/main.ts';
import { leaveHostZone } from '../../../src/schedule/host-zone.ts';

/** What the test tells it. */
export type Order =
  | { readonly kind: 'clock'; readonly offset: number }
  /** SIGKILL at the nth time from now on that this step is reached. */
  | { readonly kind: 'die'; readonly at: string; readonly nth: number };

const clock = openClock();
let doom: { at: string; left: number } | undefined;
const world = {
  ...clock,
  point(name: string): void | Promise<void> {
    if (doom?.at !== name || (doom.left -= 1) > 0) return undefined;
    process.kill(process.pid, 'SIGKILL');
    // Nothing more may happen while the signal is on its way.
    return new Promise(() => {});
  },
};

process.on('message', (order: Order) => {
  if (order.kind === 'clock') clock.setOffset(order.offset);
  else doom = { at: order.at, left: order.nth };
});

const zone = leaveHostZone(process.env);
clock.setOffset(Number(process.env['OFFSET_MS'] ?? 0));
const greenroom = await serve(readConfig(process.env), zone, makeLog('warn'), world);
process.send?.({ url: greenroom.url });
process.once('SIGTERM', () => void greenroom.stop().then(() => process.exit(0)));
