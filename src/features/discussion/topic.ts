/** `mentor topic`: a discussion here and now, from the bank or in one's own words. */
import type { Scenario } from '../../bank/scenario.ts';
import type { ChannelId } from '../../chat/ids.ts';
import type { Complete } from '../../chat/incoming.ts';
import type { Option } from '../../chat/message.ts';
import { cut, plain, t, type Text, time } from '../../chat/text.ts';
import { HOUR, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { plusWorkingDays } from '../../schedule/recurrence.ts';
import { localTime } from '../../schedule/zone.ts';
import { cleanText } from '../../store/text.ts';
import { rhythmIn } from './find.ts';
import { openDiscussion, ownTopicOf, type Topic, topicOf } from './open.ts';
import { discussedSoFar, openIn } from './queries.ts';
import { folded, nextScenario, ownTopic, scenariosFor, WINDOW_DAYS } from './rules.ts';

/** A card that could not be posted by then is not posted at all, in ms. */
const LATE_MS = HOUR;
/** What fits on a card. */
const LONGEST = 1_500;
const OFFERED = 25;

export const startTopic: Handler<'command'> = async (event, turn) => {
  if (event.place.in !== 'channel')
    throw new Refusal(
      t`A discussion needs a channel: type \`/${turn.words.practice} mentor topic\` in the one where it should be.`,
    );
  const { channel } = event.place;
  const open = await openIn(turn.tx, turn.team.id, channel);
  if (open)
    throw new Refusal(
      t`“${cut(open.title, 100)}” is still open here, until ${time(open.closes, open.zone)}. One at a time is easier to follow.`,
    );
  const topic = await topicFor(turn, channel, cleanText(event.args['text'] ?? '').trim());
  const own = (await turn.person(event.from.id))?.zone ?? event.from.zone;
  const rhythm = await rhythmIn(turn, channel, own ?? undefined);
  const discussion = await openDiscussion(
    turn,
    topic,
    {
      channel,
      rhythm,
      date: localTime(turn.now, rhythm.zone).date,
      closes: plusWorkingDays(rhythm, turn.now, WINDOW_DAYS),
      plan: null,
      starter: event.from.id,
    },
    plus(turn.now, LATE_MS),
  );
  return { kind: 'say', text: started(topic, discussion !== undefined && discussion.lead !== null) };
};

function started(topic: Topic, hasLead: boolean): Text {
  const lead = hasLead ? t`Its lead gets a guide.` : t`Whoever presses **I’ll lead** gets a guide.`;
  const source = topic.scenario === '' ? t`as your own topic` : t`from the bank`;
  return [...t`“`, plain(cut(topic.title, 100)), ...t`” is on its way to the channel, `, ...source, ...t`. `, ...lead];
}

async function topicFor(turn: Turn, channel: ChannelId, text: string): Promise<Topic> {
  const reviewed = turn.bank.scenarios.filter(({ status }) => status === 'reviewed');
  const next = await nextIn(turn, channel, text === '' ? reviewed : scenariosFor(text, reviewed));
  if (next) return topicOf(next);
  if (text === '')
    throw new Refusal(
      t`There are no scenarios in the question folder. Write your own topic after the command, as in \`/${turn.words.practice} mentor topic how we say no\`.`,
    );
  const own = ownTopic(text);
  if (own === '' || folded(own) === '')
    throw new Refusal(t`Write a few words about the topic, or nothing at all for the next one from the bank.`);
  if (own.length > LONGEST)
    throw new Refusal(
      t`That is longer than a card takes (${own.length} characters, ${LONGEST} fit). Shorten it; the thread has room for the rest.`,
    );
  return ownTopicOf(own);
}

/** What this channel has not had yet, else what it had longest ago. */
export async function nextIn(
  turn: Turn,
  channel: ChannelId,
  among: readonly Scenario[],
): Promise<Scenario | undefined> {
  const used = (await discussedSoFar(turn.tx, turn.team.id)).filter((one) => one.channel === channel);
  return nextScenario(among, used, turn.team.seed);
}

/** Titles while somebody is typing. */
export async function offerTopics({ typed }: Complete, turn: Turn): Promise<readonly Option[]> {
  const wanted = folded(typed);
  return turn.bank.scenarios
    .filter(
      ({ status, title, skills }) => status === 'reviewed' && folded(`${title} ${skills.join(' ')}`).includes(wanted),
    )
    .slice(0, OFFERED)
    .map(({ id, title }) => ({ value: id, label: cut(title, 75) }));
}
