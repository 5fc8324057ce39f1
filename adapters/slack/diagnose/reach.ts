/** Whether Slack can be reached at all, and whether its clock and ours agree. */
import { between, instant, plus } from '../../../src/chat/world.ts';
import type { SlackDeps } from '../ports.ts';
import { ask } from './ask.ts';
import { type Found, bad, well } from './words.ts';

/** From here on Slack's signed requests are refused as too old, in seconds. */
const REFUSED = 300;
const NOTICED = 60;

type Deps = Pick<SlackDeps, 'mode' | 'apiUrl' | 'world'>;

export async function reachSlack(deps: Deps): Promise<{ reached: boolean; findings: readonly Found[] }> {
  const host = new URL(deps.apiUrl).host;
  const asked = deps.world.now();
  const answer = await ask(deps, 'api.test');
  if (typeof answer === 'string') {
    const mend = 'look at the network and its name server; behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1';
    return { reached: false, findings: [bad(`${host} cannot be reached (${answer})`, mend)] };
  }
  await answer.body?.cancel();
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(date)) return { reached: true, findings: [] };
  // The answer tells whole seconds, cut off, from somewhere between question and answer.
  const middle = plus(asked, between(asked, deps.world.now()) / 2);
  return { reached: true, findings: [clock(Math.round(between(instant(date + 500), middle) / 1000), deps)] };
}

/** `seconds`: how far we are ahead. */
function clock(seconds: number, { mode }: Deps): Found {
  const off = Math.abs(seconds);
  const mend = 'set the clock, and let NTP keep it';
  if (off <= NOTICED) return well('the clock agrees with Slack’s');
  const far = off < 120 ? `${off} s` : `${Math.round(off / 60)} min`;
  const said = `the clock is ${far} ${seconds > 0 ? 'ahead of' : 'behind'} Slack’s`;
  if (off <= REFUSED) return well(said, mend);
  const because =
    mode.kind === 'http' ? 'so that every request of Slack is refused' : 'so that questions come at another time';
  return bad(`${said}, ${because}`, mend);
}
