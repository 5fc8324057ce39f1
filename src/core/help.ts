/** Help, built from what the features answer to, so it cannot fall behind them. */
import type { Block, Message } from '../chat/message.ts';
import type { CommandSpec, Surface } from '../chat/surface.ts';
import { markdown, t, type Text } from '../chat/text.ts';
import type { Core } from './core.ts';

/** All that people can say to us, in the order of the features. */
export function surfaceOf(core: Pick<Core, 'features' | 'words'>): Surface {
  return {
    root: core.words.practice,
    commands: [
      ...core.features.flatMap((feature) =>
        Object.entries(feature.commands ?? {}).map(
          ([name, { summary, args, admin, alias, examples }]): CommandSpec => ({
            name,
            summary,
            args,
            examples,
            ...(admin ? { admin } : {}),
            ...(alias === undefined ? {} : { alias: core.words[alias] }),
          }),
        ),
      ),
      { name: 'help', summary: 'What you can say here', args: [], examples: ['help'] },
    ],
    shortcuts: core.features.flatMap((feature) =>
      Object.entries(feature.picks ?? {}).map(([name, { label }]) => ({
        label,
        on: { feature: feature.name, name, subject: '' },
      })),
    ),
  };
}

/** `unknown` is what somebody typed that we do not know. */
export function helpMessage(core: Pick<Core, 'features' | 'words'>, unknown?: string): Message {
  const { root, commands } = surfaceOf(core);
  const line = ({ name, summary, examples }: CommandSpec): string =>
    `- \`/${root} ${examples[0] ?? name}\` — ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  const first: Text =
    unknown === undefined
      ? t`A question a day, answers in its thread, feedback from peers.`
      : t`I do not know “${unknown}”. This is what I answer to:`;
  const blocks: Block[] = [
    { kind: 'text', text: first },
    {
      kind: 'text',
      text: markdown(
        commands
          .filter(({ name }) => name !== 'help')
          .map(line)
          .join('\n'),
      ),
    },
    { kind: 'small', text: t`Answers and feedback stay in this team. There is no ranking and no manager view.` },
  ];
  return { title: 'What you can say to Greenroom', blocks };
}
