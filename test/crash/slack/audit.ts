/** After everything: what Slack shows and what the database holds, against what people were told. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Office } from './office.ts';

export interface SlackAudit {
  readonly acts: number;
  readonly posts: number;
  /** Acknowledged, or standing on Slack, and not taken in. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Outbox rows that never came to a good end. */
  readonly unsent: readonly string[];
}

export async function auditSlack({ fake, workspace, channel, folder, acts }: Office): Promise<SlackAudit> {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  try {
    const answers = rows<{ text: string }>('select text from answers').map(({ text }) => text);
    const named = fake
      .posted(workspace.id)
      .flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload['name'])] : []));
    const certain = lastCertain(acts);
    return {
      acts: certain.length,
      posts: named.length,
      lost: certain
        .filter(({ mark }) => !answers.some((text) => text.includes(mark)))
        .map((act) => JSON.stringify(act)),
      doubled: [
        ...named.filter((name, i) => named.indexOf(name) !== i),
        ...rows<{ person: string }>('select person from answers group by round, person having count(*) > 1').map(
          ({ person }) => `two answers of ${person}`,
        ),
      ],
      unsent: [
        ...rows<{ name: string; state: string; reason: string }>(
          `select name, state, reason from outbox where state <> 'sent' and reason is not 'taken back before it was sent'`,
        ).map((row) => JSON.stringify(row)),
        ...rows<{ name: string; ref: string }>('select name, ref from posts')
          .filter(({ ref }) => ref.startsWith(channel.id) && !channel.messages.some(({ ts }) => ref.endsWith(ts)))
          .map(({ name }) => `${name} is not there`),
      ],
    };
  } finally {
    db.close();
  }
}

/** A form that was taken replaces what the same person said before. */
function lastCertain(acts: Office['acts']): Office['acts'] {
  const last = new Map<string, Office['acts'][number]>();
  for (const act of acts) if (act.certain) last.set(`${act.root} ${act.who}`, act);
  return [...last.values()];
}
