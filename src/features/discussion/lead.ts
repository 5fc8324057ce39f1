/** Leading: whose turn it is, taking it, passing it on, and the guide that goes to the lead alone. */
import type { PersonId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { mustFind, refreshCard } from './find.ts';
import { findLead, noteAsked, setWilling, willingLeads } from './lead-queries.ts';
import { changeDiscussion, type Discussion } from './queries.ts';
import { guidePost, nextLead } from './rules.ts';
import { leadCard, leadGuide } from './views.ts';

/** Who leads next, noted as asked; nobody when all were asked or none has offered. */
export async function chooseLead(
  turn: Turn,
  discussion: Discussion,
  except: PersonId | null = null,
): Promise<Pick<Discussion, 'lead' | 'leads'>> {
  const next = nextLead(await willingLeads(turn.tx, turn.team.id, turn.now), discussion.opened, except);
  if (!next) return { lead: null, leads: discussion.leads };
  await noteAsked(turn.tx, turn.team.id, next.person, turn.now);
  return { lead: next.person, leads: discussion.leads + 1 };
}

export async function sendGuide(turn: Turn, discussion: Discussion, wasAsked: boolean): Promise<void> {
  if (discussion.lead === null) return;
  const scenario = turn.bank.scenarios.find(({ id }) => id === discussion.scenario);
  await turn.send(
    {
      kind: 'post',
      name: guidePost(discussion.id, discussion.leads),
      to: { in: 'dm', person: discussion.lead },
      message: leadGuide(discussion, scenario, wasAsked),
    },
    { expires: discussion.closes },
  );
}

/** To the next who offered, else to whoever presses the button. */
export async function passOn(turn: Turn, discussion: Discussion, from: PersonId | null): Promise<Discussion> {
  const next: Discussion = { ...discussion, ...(await chooseLead(turn, discussion, from)) };
  await changeDiscussion(turn.tx, discussion, { lead: next.lead, leads: next.leads, lead_left: next.lead_left });
  await refreshCard(turn, next);
  await sendGuide(turn, next, true);
  return next;
}

export const takeLead: Handler<'press'> = async (event, turn) => {
  const found = await mustFind(turn, event.on.subject);
  if (found.lead === event.from.id)
    return { kind: 'say', text: t`You lead this one. The guide is in your direct messages.` };
  if (found.state !== 'open') throw new Refusal(t`This discussion has closed.`);
  if (found.lead !== null)
    throw new Refusal(t`Somebody was quicker: this one has a lead. Your thoughts in the thread are as welcome.`);
  const set = { lead: event.from.id, leads: found.leads + 1, lead_left: 0 } as const;
  const discussion: Discussion = { ...found, ...set };
  await changeDiscussion(turn.tx, found, set);
  await noteAsked(turn.tx, turn.team.id, event.from.id, turn.now);
  await refreshCard(turn, discussion);
  await sendGuide(turn, discussion, false);
  return { kind: 'say', text: t`You lead this one, thank you. A guide comes to you by direct message.` };
};

export const passLead: Handler<'press'> = async (event, turn) => {
  const discussion = await mustFind(turn, event.on.subject);
  if (discussion.state !== 'open')
    return { kind: 'say', text: t`This discussion has closed, so there is nothing left to lead.` };
  if (discussion.lead !== event.from.id) return { kind: 'say', text: t`You do not lead this one any more.` };
  const { lead } = await passOn(turn, discussion, event.from.id);
  const where = lead === null ? t`Anybody in the channel can take it now.` : t`Somebody else is asked now.`;
  return { kind: 'say', text: [...t`That is fine. `, ...where] };
};

/** `mentor lead`: without a word, one's own state and a button. */
export const volunteer: Handler<'command'> = async (event, turn) => {
  const word = (event.args['turns'] ?? '').toLowerCase();
  if (word === 'on' || word === 'off') return setTurns(turn, event.from.id, word === 'on');
  const own = await findLead(turn.tx, turn.team.id, event.from.id);
  return {
    kind: 'show',
    message: leadCard(own?.willing === 1, (await willingLeads(turn.tx, turn.team.id, turn.now)).length),
  };
};

export const changeTurns: Handler<'press'> = async (event, turn) =>
  setTurns(turn, event.from.id, event.on.subject === 'on');

async function setTurns(turn: Turn, person: PersonId, isWilling: boolean) {
  const { tx, team, now } = turn;
  await setWilling(tx, { team: team.id, person, willing: isWilling ? 1 : 0, since: now, last_asked: null });
  return { kind: 'show', message: leadCard(isWilling, (await willingLeads(tx, team.id, now)).length) } as const;
}
