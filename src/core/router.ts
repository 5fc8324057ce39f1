/** Which feature hears an event: by command, by action, by the name of the post, by who listens in a place. */
import type { Command as CommandEvent, Complete, Incoming, Of, Removed } from '../chat/incoming.ts';
import type { Action } from '../chat/message.ts';
import type { AnswerTo } from '../chat/outgoing.ts';
import { t } from '../chat/text.ts';
import { setLastAdmin } from '../store/teams.ts';
import { nameAt } from '../store/posts.ts';
import type { Core } from './core.ts';
import type { Command, Feature, Turn } from './feature.ts';
import { helpMessage } from './help.ts';
import { routeReply } from './replies.ts';
import { type Begin, CORE } from './turn.ts';

type Answered = AnswerTo[Incoming['kind']];
const NOTHING = { kind: 'nothing' } as const;
export async function route(
  core: Core,
  event: Exclude<Incoming, Of<'echo' | 'deaf'>>,
  begin: Begin,
): Promise<Answered> {
  switch (event.kind) {
    case 'command':
      return routeCommand(core, event, begin);
    case 'complete':
      return offer(core, event, begin);
    case 'press':
      return act(core, event.on, begin, (feature) => feature.presses?.[event.on.name], event);
    case 'choose':
      return act(core, event.on, begin, (feature) => feature.choices?.[event.on.name], event);
    case 'submit':
      return act(core, event.on, begin, (feature) => feature.forms?.[event.on.name], event);
    case 'pick':
      return act(core, event.on, begin, (feature) => feature.picks?.[event.on.name]?.run, event);
    case 'reply':
      await routeReply(core, event, begin);
      return NOTHING;
    case 'home':
      return routeHome(core, event, begin);
    case 'installed':
      await begin(CORE).tell({ kind: 'installed', ...(event.start ? { start: event.start } : {}) });
      return NOTHING;
    case 'removed':
      await routeRemoved(event, begin(CORE));
      return NOTHING;
    default:
      return NOTHING;
  }
}

type Run<E> = (event: E, turn: Turn) => Promise<Answered>;

async function act<E extends Of<'press' | 'choose' | 'submit' | 'pick'>>(
  core: Core,
  on: Action,
  begin: Begin,
  find: (feature: Feature) => Run<E> | undefined,
  event: E,
): Promise<Answered> {
  const feature = core.features.find(({ name }) => name === on.feature);
  const run = feature && find(feature);
  if (!run) return { kind: 'say', text: t`That button is from an older version and does nothing any more.` };
  return run(event, begin(feature));
}

const owner = (core: Core, command: string): readonly [Feature, Command] | undefined => {
  for (const feature of core.features) {
    const found = feature.commands?.[command];
    if (found) return [feature, found];
  }
  return undefined;
};

async function routeCommand(core: Core, event: CommandEvent, begin: Begin): Promise<Answered> {
  const found = owner(core, event.command);
  if (!found) return { kind: 'show', message: helpMessage(core, event.args['text']) };
  const [feature, command] = found;
  const turn = begin(feature);
  if (command.admin && event.from.admin) await setLastAdmin(turn.tx, turn.team.id, event.from.id);
  return command.run(event, turn);
}

async function offer(core: Core, event: Complete, begin: Begin): Promise<AnswerTo['complete']> {
  const found = owner(core, event.command);
  const options = await found?.[1].complete?.(event, begin(found[0]));
  return { kind: 'offer', options: (options ?? []).slice(0, 25) };
}

async function routeHome(core: Core, event: Of<'home'>, begin: Begin): Promise<AnswerTo['home']> {
  const feature = core.features.find(({ home }) => home !== undefined);
  return feature?.home ? feature.home(event, begin(feature)) : { kind: 'show', message: helpMessage(core) };
}

async function routeRemoved({ what }: Removed, turn: Turn): Promise<void> {
  if (what.kind === 'team') return;
  if (what.kind === 'channel') return turn.tell({ kind: 'channel-removed', channel: what.channel });
  const name = await nameAt(turn.tx, turn.team.id, what.ref);
  if (name) await turn.tell({ kind: 'post-removed', name });
}
