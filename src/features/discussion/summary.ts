/** Writing the summary, before the close or up to a week after it. */
import type { PersonId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { cleanText } from '../../store/text.ts';
import { closeDiscussion, refreshEnd, showSummary } from './close.ts';
import { mustFind } from './find.ts';
import { changeDiscussion, type Discussion } from './queries.ts';
import { endOf, folded, maySummarise } from './rules.ts';
import { LONGEST, summaryForm, summaryKept } from './summary-views.ts';

/** Why this person may not write it now; undefined when they may. */
function whyNot(discussion: Discussion, person: PersonId, turn: Turn): string | undefined {
  if (turn.now > endOf(discussion)) return 'It is more than a week since the close, so the thread stays as it is.';
  if (!maySummarise(discussion, person))
    return 'The summary is for the lead to write. What you miss in it is welcome in the thread.';
  const isTaken = discussion.summary_by !== null && discussion.summary_by !== person;
  return isTaken && discussion.lead !== person
    ? 'Somebody has written it meanwhile. Add to it in the thread.'
    : undefined;
}

export const openSummary: Handler<'press'> = async (event, turn) => {
  const discussion = await mustFind(turn, event.on.subject);
  const problem = whyNot(discussion, event.from.id, turn);
  if (problem !== undefined) throw new Refusal(t`${problem}`);
  return { kind: 'ask', form: summaryForm(discussion, turn.words.practice) };
};

export const saveSummary: Handler<'submit'> = async (event, turn) => {
  const found = await mustFind(turn, event.on.subject);
  const problem = whyNot(found, event.from.id, turn);
  if (problem !== undefined) return { kind: 'reject', field: 'agreed', problem };
  const typed = (name: string): string => cleanText(event.values[name] ?? '').trim();
  const words = { agreed: typed('agreed'), open: typed('open'), remember: typed('remember') };
  for (const name of ['agreed', 'open', 'remember'] as const) {
    const over = words[name].length - LONGEST[name];
    if (over > 0)
      return {
        kind: 'reject',
        field: name,
        problem: `Shorten it by ${over} characters, so that it fits into the thread.`,
      };
  }
  if (words.agreed === '')
    return { kind: 'reject', field: 'agreed', problem: 'Write one sentence, even if it is “nothing yet”.' };
  if (words.remember === '')
    return { kind: 'reject', field: 'remember', problem: 'One line: it is what people find first.' };
  const set = {
    agreed: words.agreed,
    open_points: words.open,
    remember: words.remember,
    search: ` ${folded([found.title, found.skills, words.agreed, words.open, words.remember].join(' '))} `,
    summary_by: event.from.id,
    summary_at: turn.now,
    summary_left: 0,
  } as const;
  await changeDiscussion(turn.tx, found, set);
  return keep(turn, { ...found, ...set });
};

async function keep(turn: Turn, discussion: Discussion) {
  if (discussion.state === 'open') return { kind: 'show', message: summaryKept(discussion) } as const;
  await showSummary(turn, discussion);
  await refreshEnd(turn, discussion);
  return {
    kind: 'say',
    text: t`It stands in the thread now, and \`/${turn.words.practice} mentor notes\` finds it. Thank you.`,
  } as const;
}

/** The lead has written the summary, and there is no need to wait. */
export const closeNow: Handler<'press'> = async (event, turn) => {
  const discussion = await mustFind(turn, event.on.subject);
  if (discussion.state !== 'open') return { kind: 'say', text: t`The thread is closed already.` };
  if (discussion.lead !== event.from.id) throw new Refusal(t`Only its lead can close a discussion before its time.`);
  await closeDiscussion(turn, discussion);
  return { kind: 'say', text: t`Closed. The summary is the last post of the thread.` };
};
