/** Our application: whether the token is its own, whether Discord lets it read and sends it what people do. */
import type { Instant } from '../../../src/chat/ids.ts';
import { between, plus } from '../../../src/chat/world.ts';
import type { DiscordDeps } from '../ports.ts';
import { type Answer, type Ask, type Json, bitsIn, jsonOf, textIn } from './ask.ts';
import { type Found, PORTAL, bad, plain, unclear, well } from './words.ts';

type Deps = Pick<DiscordDeps, 'apiUrl' | 'applicationId' | 'content' | 'world'>;

/** `self` is our own user id; absent when nothing more can be learnt. */
export async function lookAtApplication(
  ask: Ask,
  deps: Deps,
): Promise<{ readonly findings: readonly Found[]; readonly self?: string }> {
  const asked = deps.world.now();
  const answer = await ask('/applications/@me');
  const middle = plus(asked, between(asked, deps.world.now()) / 2);
  if (answer.kind !== 'said') return { findings: [notSaid(answer, new URL(deps.apiUrl).host)] };
  const app = jsonOf(answer.body);
  const bot = jsonOf(app['bot']);
  const clock = answer.date === undefined ? [] : [lookAtClock(answer.date, middle)];
  const id = textIn(app, 'id');
  if (id !== deps.applicationId) return { findings: [...clock, otherApplication(app)] };
  const name = plain(textIn(bot, 'username') || textIn(app, 'name'));
  const findings = [...clock, well(`the token is of application “${plain(textIn(app, 'name'))}”, as @${name}`)];
  return { findings: [...findings, contentOf(app, deps.content), ...detoursOf(app)], self: textIn(bot, 'id') || id };
}

function notSaid(answer: Exclude<Answer, { kind: 'said' }>, host: string): Found {
  if (answer.kind === 'silent') {
    return bad(
      `${host} cannot be reached (${answer.why})`,
      'look at the network and its name server; discord.com and gateway.discord.gg must be reachable from here',
    );
  }
  if (answer.status === 401)
    return bad(
      'Discord does not know the bot token: it was copied in part, or reset since',
      `${PORTAL} → Bot → Reset Token, and set the new one as DISCORD_TOKEN`,
    );
  return unclear(answer, 'the application');
}

const otherApplication = (app: Json): Found =>
  bad(
    `the token is of application ${plain(textIn(app, 'id'))}, “${plain(textIn(app, 'name'))}”, and DISCORD_APPLICATION_ID names another`,
    `take both from one application: ${PORTAL} → General Information → Application ID, and Bot → Token`,
  );

/** Since interactions are told to be late by their own clock, in seconds: from here on none is answered, and from here on some. */
const REFUSED = 3;
const NOTICED = 2;
const FAR_BEHIND = 60;

/** Discord tells whole seconds, cut off. */
function lookAtClock(date: Instant, middle: Instant): Found {
  const ahead = Math.round(between(plus(date, 500), middle) / 1000);
  const mend = 'set the clock, and let NTP keep it';
  const off = Math.abs(ahead) < 120 ? `${Math.abs(ahead)} s` : `${Math.round(Math.abs(ahead) / 60)} min`;
  const said = `the clock is ${off} ${ahead > 0 ? 'ahead of' : 'behind'} Discord’s`;
  if (ahead >= REFUSED) return bad(`${said}, so that commands and clicks seem too old to be answered`, mend);
  if (ahead >= NOTICED) return well(said, mend);
  if (ahead <= -FAR_BEHIND) return bad(`${said}, so that questions come at another time`, mend);
  if (ahead <= -NOTICED) return well(said, mend);
  return well('the clock agrees with Discord’s');
}

/** The switch in the portal; the second for applications that reach few people. */
const CONTENT = (1n << 18n) | (1n << 19n);

function contentOf(app: Json, content: boolean): Found {
  if (!content) return well('threads are not read (DISCORD_MESSAGE_CONTENT=0): answers come by form');
  const flags = bitsIn(app, 'flags') | bitsIn(app, 'flags_new');
  if ((flags & CONTENT) !== 0n) return well('Message Content Intent is on: answers in threads are read');
  return bad(
    'Message Content Intent is off, and Discord refuses the connection',
    `${PORTAL} → Bot → Privileged Gateway Intents → Message Content Intent on; or set DISCORD_MESSAGE_CONTENT=0, and answers come by form`,
  );
}

/** Settings with which what people do goes elsewhere, or the invitation leads nowhere. */
function detoursOf(app: Json): readonly Found[] {
  const found: Found[] = [];
  if (textIn(app, 'interactions_endpoint_url') !== '') {
    const mend = `${PORTAL} → General Information → Interactions Endpoint URL: empty it`;
    found.push(bad('commands and clicks are sent to an address, and never arrive here', mend));
  }
  if (app['bot_require_code_grant'] === true) {
    const mend = `${PORTAL} → Bot → Requires OAuth2 Code Grant: off`;
    found.push(bad('the invitation does not let it in: a code grant is required', mend));
  }
  return found;
}
