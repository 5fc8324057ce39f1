/** A channel that questions go to: whether we are in it. */
import type { WebClient } from '@slack/web-api';
import type { ChannelId } from '../../../src/chat/ids.ts';
import { codeOf } from '../failure.ts';
import { type Found, bad, byCode, failed, plain, well } from './words.ts';

export interface Asked {
  readonly client: WebClient;
  readonly channel: ChannelId;
  /** What we are called there, without the @. */
  readonly handle: string;
  /** The root command, without the slash. */
  readonly command: string;
}

/** Undefined when a scope is missing to tell, which is a finding of its own. */
export async function lookAtChannel({ client, channel, handle, command }: Asked): Promise<Found | undefined> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const name = `#${plain(found?.name ?? channel)}`;
    if (found?.is_archived === true)
      return bad(`${name} is archived, and questions go there`, `unarchive it, or choose another: /${command} setup`);
    if (found?.is_member === false)
      return bad(`not in ${name}, where questions go`, `type /invite @${handle} in ${name}`);
    return well(`in ${name}, where questions go`);
  } catch (error) {
    if (codeOf(error) === 'missing_scope') return undefined;
    const unseen = bad(
      `channel ${channel}, where questions go, cannot be seen: it is private without @${handle}, or gone`,
      `type /invite @${handle} there, or choose another: /${command} setup`,
    );
    return failed(error, `channel ${channel}`, byCode(['channel_not_found', unseen]));
  }
}
