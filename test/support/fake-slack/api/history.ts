/** conversations.history and conversations.replies: what was said, page by page. */
import { messageAt } from '../lookup.ts';
import type { FakeChannel, FakeMessage } from '../types.ts';
import { messageObject, repliesTo, tombstone, type Json } from '../wire.ts';
import {
  flagOf,
  needMember,
  needScope,
  needText,
  pageOf,
  Refusal,
  scopeFor,
  textOf,
  type Call,
  type Methods,
} from './call.ts';

const ARGS = ['channel', 'cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'];
const HISTORY_LIMITS = { usual: 100, most: 999 };
const REPLY_LIMITS = { usual: 1000, most: 1000 };

const isStamp = (text: string): boolean => /^\d+(?:\.\d{1,6})?$/.test(text);

/** Within `oldest` and `latest`, both left out unless `inclusive`. */
function withinBounds(call: Call): (ts: string) => boolean {
  const oldest = textOf(call, 'oldest');
  const latest = textOf(call, 'latest');
  if (oldest !== undefined && !isStamp(oldest)) throw new Refusal('invalid_ts_oldest');
  if (latest !== undefined && !isStamp(latest)) throw new Refusal('invalid_ts_latest');
  const inclusive = flagOf(call, 'inclusive');
  return (ts) => {
    const at = Number(ts);
    const after = oldest === undefined || at > Number(oldest) || (inclusive && at === Number(oldest));
    const before = latest === undefined || at < Number(latest) || (inclusive && at === Number(latest));
    return after && before;
  };
}

const leavesTrace = (channel: FakeChannel, message: FakeMessage): boolean =>
  message.ephemeralTo === undefined && (!message.deleted || repliesTo(channel, message.ts).length > 0);

function write(call: Call, channel: FakeChannel, message: FakeMessage): Json {
  if (message.deleted) return tombstone(channel, message);
  return messageObject(call.workspace, channel, message, flagOf(call, 'include_all_metadata') ? 'whole' : 'type');
}

function readable(call: Call): FakeChannel {
  const channel = needMember(call, needText(call, 'channel', 'channel_not_found'));
  needScope(call, scopeFor(channel.kind, 'history'));
  return channel;
}

const paged = (messages: readonly Json[], next: string): Json => ({
  messages,
  has_more: next !== '',
  ...(next !== '' && { response_metadata: { next_cursor: next } }),
});

const history: Methods[string] = {
  token: 'bot',
  args: ARGS,
  run: (call) => {
    const channel = readable(call);
    const isWithin = withinBounds(call);
    const shown = channel.messages.filter(
      (message) =>
        (message.threadTs === undefined || message.threadTs === message.ts || message.broadcast === true) &&
        leavesTrace(channel, message) &&
        isWithin(message.ts),
    );
    const { page, next } = pageOf(call, shown.toReversed(), HISTORY_LIMITS);
    const messages = page.map((message) => write(call, channel, message));
    return { ...paged(messages, next), pin_count: 0 };
  },
};

/** The root stands first on every page. */
const replies: Methods[string] = {
  token: 'bot',
  args: [...ARGS, 'ts'],
  run: (call) => {
    const channel = readable(call);
    const ts = needText(call, 'ts');
    const root = messageAt(channel, ts);
    if (!root || !leavesTrace(channel, root)) throw new Refusal('thread_not_found');
    const under = repliesTo(channel, ts).filter(({ ts: at }) => withinBounds(call)(at));
    const { page, next } = pageOf(call, under, REPLY_LIMITS);
    return paged(
      [root, ...page].map((message) => write(call, channel, message)),
      next,
    );
  },
};

export const HISTORY: Methods = { 'conversations.history': history, 'conversations.replies': replies };
