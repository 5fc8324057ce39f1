/** Every format of a mock on every chat, and what one side sees never reaching the other: real SDKs, fake platforms. */
import { afterEach, describe, it } from 'vitest';
import { loadBank } from '../../../src/bank/load.ts';
import { discordStage } from './discord.ts';
import { localStage } from './local.ts';
import { playSolo, playTogether } from './script.ts';
import { slackStage } from './slack.ts';
import type { Stage } from './stage.ts';

const FORMATS = [
  { level: 'mid', probes: 2 },
  { level: 'senior', probes: 2 },
  { level: 'staff', probes: 3 },
  { level: 'principal', probes: 3 },
] as const;
/** All of them in the long run; else one of each kind, as these chats let a post a second through. */
const [alone, together] = process.env['LONG'] ? [FORMATS, FORMATS] : [[FORMATS[1]], [FORMATS[2]]];

describe.each([
  ['the local chat', localStage],
  ['Slack', slackStage],
  ['Discord', discordStage],
] as const)('on %s', (_, open) => {
  let stage: Stage;
  afterEach(() => stage.close());

  it.each(alone)('a mock alone at $level level ends in a scorecard and a transcript', async (played) => {
    stage = await open();
    await playSolo(stage, played);
  });

  it.each(together)('a mock with a partner at $level level keeps each side’s cards to itself', async (played) => {
    stage = await open();
    const { questions } = await loadBank('content');
    const signs = questions
      .filter(({ level }) => level === played.level)
      .flatMap(({ good, redFlags }) => [...good, ...redFlags]);
    await playTogether(stage, played, signs);
  });
});
