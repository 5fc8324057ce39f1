/** Registers with Bolt everything that is heard from Slack: what it becomes for the core, and how its answer goes back. */
import type { App } from '@slack/bolt';
import { CHANNEL_GONE } from './incoming/gone.ts';
import { recordOf } from './incoming/read.ts';
import { type Arrived, onClick, onCommand, onForm, onShortcut } from './listen/acts.ts';
import { onChannelGone, onHomeOpened, onMessage, onTeamGone, onUserChange, type Told } from './listen/events.ts';
import type { Stage } from './listen/stage.ts';

export function listen(app: App, stage: Stage): void {
  listenToActs(app, stage);
  const events: readonly (readonly [readonly string[], (stage: Stage, told: Told) => Promise<void>])[] = [
    [['message'], onMessage],
    [['app_home_opened'], onHomeOpened],
    [CHANNEL_GONE, onChannelGone],
    [['user_change'], onUserChange],
    [['app_uninstalled', 'tokens_revoked'], onTeamGone],
  ];
  for (const [names, hear] of events) for (const name of names) app.event(name, (told) => hear(stage, told));
}

/** Constraints by type alone: payloads are looked at by our own readers, which nothing makes throw. */
function listenToActs(app: App, stage: Stage): void {
  app.command(/^/, (args) => onCommand(stage, arrived(args)));
  app.action({ type: 'block_actions' }, (args) => onClick(stage, arrived(args)));
  app.shortcut({ type: 'message_action' }, (args) => onShortcut(stage, arrived(args)));
  app.view({ type: 'view_submission' }, (args) => onForm(stage, arrived(args)));
  app.view({ type: 'view_closed' }, ({ ack }) => ack());
}

interface BoltArgs {
  readonly body: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  readonly ack: unknown;
}

/** Bolt types what it was told a payload is; what came may be anything. */
const arrived = ({ body, context, ack }: BoltArgs): Arrived => ({
  body: recordOf(body) ?? {},
  context,
  ack: ack as Arrived['ack'],
});
