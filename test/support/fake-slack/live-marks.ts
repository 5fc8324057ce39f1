/** Finds what Slack would bring to life in a message: mentions, broadcasts, links, dates. */
import { recordsIn } from './block-rules.ts';

export interface Message {
  readonly text?: string;
  readonly blocks?: unknown;
}

const MARK = /<[^<>\n]*>/g;
const RICH: ReadonlySet<unknown> = new Set(['user', 'usergroup', 'channel', 'broadcast', 'link', 'team', 'date']);

/** Everything between angle brackets in `text` and in every text that is not plain, and the live parts of rich text. */
export function liveMarks(message: Message): readonly string[] {
  const records = recordsIn(message.blocks);
  const texts = records
    .filter(({ type }) => type === 'mrkdwn' || type === 'markdown')
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const rich = records.filter(({ type }) => RICH.has(type)).map((record) => JSON.stringify(record));
  return [message.text ?? '', ...texts].flatMap((text) => text.match(MARK) ?? []).concat(rich);
}
