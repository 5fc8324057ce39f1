/** What a text shows, as a card for its author. */
import { buttons, capital, lines, small, text } from '../../chat/card.ts';
import type { Message } from '../../chat/message.ts';
import { cut, plain, t, type Text } from '../../chat/text.ts';
import { MIRROR_CLAIM, type MirrorLine } from '../../mirror/mirror.ts';
import { on } from './words.ts';

const LABELS: Readonly<Record<MirrorLine['about'], string>> = {
  length: 'Length',
  language: 'Language',
  'set-up': 'Set-up',
  event: 'Event',
  outcome: 'Outcome',
  voice: 'I and we',
  hedges: 'Softening',
};

/** `about` names the text, such as `answer:<id>`. */
export function mirrorCard(about: string, title: string, shown: readonly MirrorLine[]): Message {
  const isCounted = shown.some((line) => line.about === 'hedges');
  const isRead = shown.some((line) => line.about === 'voice');
  return {
    title: 'What this text shows',
    blocks: [
      small(t`Only you see this, and nothing of it is kept.`),
      text(t`“${cut(title, 200)}”`),
      text(lines(shown.map(lineOf))),
      small([plain(MIRROR_CLAIM)]),
      ...(isRead && !isCounted ? [buttons({ label: 'Count softening words too', on: on('mirror', `+${about}`) })] : []),
    ],
  };
}

const lineOf = ({ about, shown, hint }: MirrorLine): Text => [
  { kind: 'markdown', value: '- ' },
  { kind: 'bold', value: LABELS[about] },
  plain(`  ${shown}.${hint === undefined ? '' : ` ${capital(hint)}${hint.endsWith('?') ? '' : '.'}`}`),
];
