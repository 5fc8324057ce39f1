/** Whether the commands that Discord offers people are those of this version. */
import type { Surface } from '../../../src/chat/surface.ts';
import { commandsOf } from '../commands.ts';
import { type Ask, type Json, jsonOf, jsonsIn, textIn } from './ask.ts';
import { type Found, unclear, well } from './words.ts';

const MEND = 'start Greenroom, or say `greenroom discord register`';

export async function lookAtCommands(ask: Ask, applicationId: string, surface: Surface): Promise<Found> {
  const answer = await ask(`/applications/${applicationId}/commands`);
  if (answer.kind !== 'said') return unclear(answer, 'the commands');
  const there = jsonsIn(answer.body).map(essence);
  if (there.length === 0) return well('no commands are registered yet; made at the first start');
  const wanted = commandsOf(surface).map((command) => essence(jsonOf(command)));
  const same = JSON.stringify(there.toSorted()) === JSON.stringify(wanted.toSorted());
  const names = commandsOf(surface)
    .filter(({ type }) => type === 1)
    .map(({ name }) => `/${name}`);
  return same
    ? well(`the commands are registered: ${names.join(', ')}`)
    : well('the commands that Discord offers are not those of this version', MEND);
}

/** What people see of a command, without what Discord adds. */
const essence = (command: Json): string => JSON.stringify(partOf(command));

const partOf = (part: Json): unknown => ({
  type: part['type'] ?? 1,
  name: textIn(part, 'name'),
  description: textIn(part, 'description'),
  required: part['required'] === true,
  autocomplete: part['autocomplete'] === true,
  choices: jsonsIn(part['choices']).map((choice) => [choice['name'], choice['value']]),
  options: jsonsIn(part['options']).map(partOf),
});
