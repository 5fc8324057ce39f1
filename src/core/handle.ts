/** One event to its answer: seen before?, quota, person, handler, in one transaction; then the answer, or the reason there is none. */
import type { Instant, Platform, TeamId } from '../chat/ids.ts';
import type { Incoming, Of } from '../chat/incoming.ts';
import { formOverLimits, overLimits } from '../chat/limits.ts';
import type { AnswerTo, OnEvent } from '../chat/outgoing.ts';
import { t, type Text } from '../chat/text.ts';
import { touchPerson } from '../store/people.ts';
import { findTeam, freezeTeam, saveTeam, wipeTeam } from '../store/teams.ts';
import type { Tx } from '../store/store.ts';
import type { Core, Nudges } from './core.ts';
import { Refusal, TurnFailed } from './errors.ts';
import { placed } from './placed.ts';
import { openQuota, QUOTA_A_MINUTE } from './quota.ts';
import { route } from './router.ts';
import { confirmEcho } from './settle.ts';
import { teamOf } from './team-of.ts';
import { beginTurn, commit } from './turn.ts';

type AnyAnswer = AnswerTo[Incoming['kind']];
const NOTHING = { kind: 'nothing' } as const;

/** The door of the core. It rejects only when nothing was committed and the platform should repeat the event. */
export function openDoor(core: Core): (platform: Platform) => OnEvent {
  const mayAct = openQuota();
  return (platform) => async (event) => {
    if (isAct(event) && !mayAct(`${event.team ?? ''} ${event.from.id}`, core.world.now())) return tooFast() as never;
    try {
      return (await commit(core, (tx, nudges) => runTurn(core, tx, nudges, { event, platform }))) as never;
    } catch (error) {
      if (error instanceof Refusal) return refused(event, error.text) as never;
      return explain(core, event, error) as never;
    }
  };
}

const isAct = (
  event: Incoming,
): event is Extract<Incoming, { kind: 'command' | 'press' | 'choose' | 'submit' | 'pick' }> =>
  ['command', 'press', 'choose', 'submit', 'pick'].includes(event.kind);

/** Looking only: a repeat is answered again. */
const isLook = (event: Incoming): boolean => event.kind === 'home' || event.kind === 'complete';

/** A refusal in the shape this event can be answered with. */
function refused(event: Incoming, text: Text): AnyAnswer {
  if (isAct(event)) return { kind: 'say', text };
  if (event.kind === 'home') return { kind: 'show', message: { blocks: [{ kind: 'text', text }] } };
  return event.kind === 'complete' ? { kind: 'offer', options: [] } : NOTHING;
}

const tooFast = (): AnyAnswer => ({
  kind: 'say',
  text: t`That was more than ${QUOTA_A_MINUTE} actions in a minute. Nothing was lost; take a breath and go on in a moment.`,
});

function explain(core: Core, event: Incoming, cause: unknown): AnyAnswer {
  const failed = new TurnFailed(core.world.newId().slice(-8), cause);
  core.log.error('turn failed', { id: failed.id, event: event.kind, team: event.team, error: cause });
  if (!isAct(event)) throw failed;
  return {
    kind: 'say',
    text: t`Something went wrong on our side (${failed.id}), and nothing was changed. Please try again.`,
  };
}

interface Arrived {
  readonly event: Incoming;
  readonly platform: Platform;
}

async function runTurn(core: Core, tx: Tx, nudges: Nudges, { event, platform }: Arrived): Promise<AnyAnswer> {
  const now = core.world.now();
  if (!isLook(event) && !(await isFirst(tx, event.id, now))) return NOTHING;
  if (event.kind === 'installed') await welcomeTeam(core, tx, event, platform);
  const team = await teamOf(tx, event);
  if (event.kind === 'removed' && event.what.kind === 'team') {
    if (team !== undefined) await (event.what.why === 'uninstalled' ? wipeTeam : freezeTeam)(tx, team, now);
    return NOTHING;
  }
  const begin = team && (await beginTurn(core, tx, nudges, team));
  if (!begin) return event.kind === 'complete' ? { kind: 'offer', options: [] } : NOTHING;
  // Who deletes is often not told, and has done nothing that counts as taking part.
  const isDeletion = event.kind === 'reply' && event.change === 'deleted';
  if ('from' in event && !isDeletion) await touchPerson(tx, team, event.from, now);
  if (event.kind === 'echo') {
    await confirmEcho(core, tx, nudges, team, event);
    return NOTHING;
  }
  if (event.kind === 'deaf') {
    await rereadSoon(tx, team);
    return NOTHING;
  }
  const answer = await route(core, await placed(tx, team, event), begin);
  mustFit(answer);
  // A form that stays open changed nothing, and comes again under the same id.
  if (answer.kind === 'reject') await tx.deleteFrom('inbox').where('id', '=', event.id).execute();
  return answer;
}

function mustFit(answer: AnyAnswer): void {
  const problems =
    answer.kind === 'ask' ? formOverLimits(answer.form) : answer.kind === 'show' ? overLimits(answer.message) : [];
  if (problems.length > 0) throw new RangeError(`an answer no platform would show: ${problems.join('; ')}`);
}

/** Notes the event in this transaction; false when it was noted before. */
async function isFirst(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const noted = await tx
    .insertInto('inbox')
    .values({ id, at })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return noted !== undefined;
}

async function welcomeTeam(core: Core, tx: Tx, event: Of<'installed'>, platform: Platform): Promise<void> {
  if (event.team === undefined) return;
  const known = await findTeam(tx, event.team);
  if (known) return saveTeam(tx, { ...known, name: event.name, gone: null });
  await saveTeam(tx, {
    id: event.team,
    platform,
    name: event.name,
    seed: core.world.newId(),
    last_admin: null,
    retention_days: 180,
    created: core.world.now(),
    gone: null,
  });
}

/** Open threads count as unread again, so the next catch-up starts with them. */
async function rereadSoon(tx: Tx, team: TeamId): Promise<void> {
  await tx.updateTable('threads').set({ read_at: null }).where('team', '=', team).where('closed', '=', 0).execute();
}
