/** The end: the lead is asked for a summary, the thread gets its last post, and later only the numbers stay. */
import type { Turn } from '../../core/feature.ts';
import { wasSent } from '../../store/posts.ts';
import { aroundOf, isGone, refreshCard } from './find.ts';
import { changeDiscussion, type Discussion, findDiscussion, foldReplies } from './queries.ts';
import { cardPost, closePost, endOf, summaryPost } from './rules.ts';
import { closeMessage, summaryMessage, summaryRequest } from './summary-views.ts';

export async function askForSummary(subject: string, turn: Turn): Promise<void> {
  const discussion = await findDiscussion(turn.tx, turn.team.id, subject);
  if (discussion?.state !== 'open' || discussion.lead === null || discussion.summary_at !== null) return;
  await turn.send(
    {
      kind: 'post',
      name: `discussion:ask:${discussion.id}:${discussion.leads}`,
      to: { in: 'dm', person: discussion.lead },
      message: summaryRequest(discussion),
    },
    { expires: endOf(discussion) },
  );
}

export async function closeDue(subject: string, turn: Turn): Promise<void> {
  const discussion = await findDiscussion(turn.tx, turn.team.id, subject);
  if (discussion?.state === 'open') await closeDiscussion(turn, discussion);
}

export async function closeDiscussion(turn: Turn, open: Discussion): Promise<void> {
  const set = { state: 'closed', closed: turn.now } as const;
  const discussion: Discussion = { ...open, ...set };
  await changeDiscussion(turn.tx, open, set);
  for (const wake of ['nudge', 'ask', 'close']) await turn.unwake(wake, open.id);
  await turn.wake('over', open.id, endOf(open));
  await sayEnd(turn, discussion);
  await refreshCard(turn, discussion);
}

/** The last post of the thread: the summary if there is one, else the count alone. */
async function sayEnd(turn: Turn, discussion: Discussion): Promise<void> {
  if (discussion.summary_at !== null) return showSummary(turn, discussion);
  if (isGone(discussion)) return;
  await turn.send({
    kind: 'post',
    name: closePost(discussion.id),
    to: { in: 'thread', under: cardPost(discussion.id) },
    message: closeMessage(discussion, await aroundOf(turn, discussion)),
  });
}

/** Posts the summary, or changes it where it stands. */
export async function showSummary(turn: Turn, discussion: Discussion): Promise<void> {
  if (isGone(discussion)) return;
  const name = summaryPost(discussion.id);
  const message = summaryMessage(discussion, await aroundOf(turn, discussion));
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
  else await turn.send({ kind: 'post', name, to: { in: 'thread', under: cardPost(discussion.id) }, message });
}

/** What the end says, once more: the numbers have changed, or somebody has left. */
export async function refreshEnd(turn: Turn, discussion: Discussion): Promise<void> {
  await refreshCard(turn, discussion);
  if (isGone(discussion)) return;
  const around = await aroundOf(turn, discussion);
  const ends = [
    [summaryPost(discussion.id), summaryMessage(discussion, around)],
    [closePost(discussion.id), closeMessage(discussion, around)],
  ] as const;
  for (const [name, message] of ends)
    if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
}

/** A week after the close the numbers are final, and nobody needs to know any more whom they are made of. */
export async function forgetWho(subject: string, turn: Turn): Promise<void> {
  const discussion = await findDiscussion(turn.tx, turn.team.id, subject);
  if (discussion && discussion.state !== 'open') await foldReplies(turn.tx, discussion);
}
