/** What people do on purpose: commands, clicks, message commands and forms, each answered to its person. */
import type { Instant } from '../../../src/chat/ids.ts';
import type { Choose, Command, Complete, Pick as Picked, Press, Submit } from '../../../src/chat/incoming.ts';
import { between, earliest, plus } from '../../../src/chat/world.ts';
import { answerAct } from '../answer/act.ts';
import { type AnswerDeps, type Asker, tell } from '../answer/asker.ts';
import { openCallback } from '../answer/callback.ts';
import { answerComplete } from '../answer/complete.ts';
import { answerForm, openAgain } from '../answer/form.ts';
import { OLD, say } from '../answer/words.ts';
import { cardIn, draftOfAgain, draftOfForm, readClick, readPick } from '../incoming/act.ts';
import { readCommand, readComplete } from '../incoming/command.ts';
import { type Interaction, readInteraction } from '../incoming/interaction.ts';
import { placeAt, type Spot } from '../incoming/place.ts';
import { idOf, recordOf } from '../incoming/read.ts';
import { takeRoot } from '../incoming/root.ts';
import { valuesOf } from '../render/index.ts';
import type { Stage } from './stage.ts';

/** Discord waits 3 s for a first answer; what came later than that is not worth beginning. */
const TOO_OLD_MS = 3_000;
/** The first answer says that another follows when the core takes longer than this, in ms. */
export const PATIENCE_MS = 2_000;
/** By then, counted from when Discord heard of it, the first answer must be on its way. */
const LEAVES_MS = 2_500;
/** How long the place of an interaction may take to be known, in ms. */
const PLACE_MS = 500;

export async function onInteraction(stage: Stage, raw: unknown): Promise<void> {
  const { world, log } = stage.deps;
  const told = readInteraction(raw);
  if (!told) return log.warn('an interaction with missing parts is dropped');
  const now = world.now();
  if (between(told.at, now) > TOO_OLD_MS)
    return log.warn('an interaction came too late to be answered', { team: told.team, at: told.at });
  const callback = openCallback({ client: stage.client, world, log }, told);
  const spot = await spotOf(stage, told);
  const { data, root } = takeRoot(told.data, spot.id);
  const interaction = { ...told, data };
  const asker: Asker = {
    interaction,
    callback,
    until: leaving(interaction, now),
    ...(root === undefined ? cardIn(told.message, spot) : { card: root }),
  };
  await HEAR[interaction.kind](stage, { asker, spot });
}

const leaving = ({ at }: Interaction, now: Instant): Instant =>
  earliest(plus(now, PATIENCE_MS), plus(at, LEAVES_MS)) ?? now;

async function spotOf({ spots }: Stage, { body, team }: Interaction): Promise<Spot> {
  const id = idOf(body['channel_id']) ?? idOf(recordOf(body['channel'])?.['id']) ?? '';
  if (team === undefined) return { kind: 'dm', id };
  const told = await spots.told(body['channel'], PLACE_MS);
  return told ?? (await spots.of(id, PLACE_MS)) ?? { kind: 'channel', id };
}

interface Heard {
  readonly asker: Asker;
  readonly spot: Spot;
}

const HEAR: Record<Interaction['kind'], (stage: Stage, heard: Heard) => Promise<void>> = {
  command: onCommand,
  complete: onComplete,
  click: onClick,
  pick: onPick,
  submit: onSubmit,
};

/** What every event of an interaction has. */
function actOf({ asker: { interaction, card }, spot }: Heard): Omit<Press, 'kind' | 'on'> {
  const { id, at, from, team } = interaction;
  return {
    id: `discord:${id}`,
    at,
    from,
    place: placeAt(spot, from.id),
    ...(team === undefined ? {} : { team }),
    ...(card === undefined ? {} : { card }),
  };
}

const answering = ({ deps, drafts }: Stage): AnswerDeps => ({ ...deps, drafts });

async function onCommand(stage: Stage, heard: Heard): Promise<void> {
  const asked = readCommand(stage.surface, heard.asker.interaction.data);
  const turn = stage.onEvent<Command>({ ...actOf(heard), kind: 'command', ...asked });
  await answerAct(answering(stage), heard.asker, turn);
}

async function onComplete(stage: Stage, heard: Heard): Promise<void> {
  const typed = readComplete(stage.surface, heard.asker.interaction.data);
  const turn = typed
    ? stage.onEvent<Complete>({ ...actOf(heard), kind: 'complete', ...typed })
    : Promise.resolve({ kind: 'offer', options: [] } as const);
  await answerComplete(stage.deps, heard.asker, turn);
}

async function onClick(stage: Stage, heard: Heard): Promise<void> {
  const { data } = heard.asker.interaction;
  if (draftOfAgain(data) !== undefined) return openAgain(answering(stage), heard.asker);
  const click = readClick(data);
  if (!click) return tell(heard.asker, say(OLD));
  const turn = stage.onEvent<Press | Choose>({ ...actOf(heard), ...click });
  await answerAct(answering(stage), heard.asker, turn);
}

async function onPick(stage: Stage, heard: Heard): Promise<void> {
  const picked = readPick(stage.surface, heard.asker.interaction.data, heard.spot);
  if (!picked) return tell(heard.asker, say(OLD));
  const turn = stage.onEvent<Picked>({ ...actOf(heard), kind: 'pick', ...picked });
  await answerAct(answering(stage), heard.asker, turn);
}

async function onSubmit(stage: Stage, heard: Heard): Promise<void> {
  const { asker } = heard;
  const { data } = asker.interaction;
  const draftId = draftOfForm(data);
  if (draftId === undefined) return tell(asker, say(OLD));
  await answerForm(answering(stage), asker, {
    draftId,
    values: valuesOf(data['components']),
    take(draft) {
      const card = draft.card === undefined ? {} : { card: draft.card };
      return stage.onEvent<Submit>({
        ...actOf(heard),
        ...card,
        kind: 'submit',
        on: draft.form.on,
        values: draft.values,
      });
    },
  });
}
