/** The servers we are in, and what we may do there at large. */
import { inviteUrl } from '../invite.ts';
import { missingPermissions } from '../permissions.ts';
import type { DiscordDeps } from '../ports.ts';
import { type Ask, bitsIn, jsonsIn, textIn } from './ask.ts';
import { type Found, plain, unclear, well } from './words.ts';

export interface Server {
  readonly id: string;
  readonly name: string;
}

/** Discord's page. */
const MOST = 200;
const NAMED = 3;

/** `servers` is absent when nothing more can be learnt. */
export async function lookAtServers(
  ask: Ask,
  deps: Pick<DiscordDeps, 'applicationId' | 'apiUrl'>,
): Promise<{ readonly findings: readonly Found[]; readonly servers: readonly Server[] }> {
  const answer = await ask(`/users/@me/guilds?limit=${MOST}`);
  if (answer.kind !== 'said') return { findings: [unclear(answer, 'its servers')], servers: [] };
  const all = jsonsIn(answer.body).map((one) => ({
    id: textIn(one, 'id'),
    name: plain(textIn(one, 'name')),
    missing: missingPermissions(bitsIn(one, 'permissions')),
  }));
  const invite = inviteUrl(deps);
  if (all.length === 0) return { findings: [well('in no server yet', `open ${invite}`)], servers: [] };
  const lacking = all.filter(({ missing }) => missing.length > 0);
  const words = lacking.slice(0, NAMED).map(({ name, missing }) => {
    const what = missing.map((one) => `${one.name} (${one.reason})`).join('; ');
    return well(`in server “${name}” it lacks: ${what}`, `open ${invite} again, and choose ${name}`);
  });
  const most = `${all.length === MOST ? 'at least ' : ''}${all.length} servers`;
  const where = all.length === 1 ? `server “${all[0]?.name}”` : `${most}, “${all[0]?.name}” among them`;
  const more = lacking.length - words.length;
  const granted = lacking.length === 0 ? ', with all it asks for' : '';
  return {
    findings: [
      well(`in ${where}${granted}`),
      ...words,
      ...(more > 0 ? [well(`${more} more servers lack something`, `open ${invite} again for each`)] : []),
    ],
    servers: all,
  };
}
