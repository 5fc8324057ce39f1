/** After everything: what the platform shows and what the database holds, against what people were told. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Act, Office } from './office.ts';

export interface ChatAudit {
  readonly acts: number;
  readonly posts: number;
  /** Acknowledged, or standing in the thread, and not taken in. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Outbox rows that came to no good end, and posts that are not there. */
  readonly unsent: readonly string[];
}

export function auditChat({ place, folder, acts }: Office): ChatAudit {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  try {
    const answers = rows<{ text: string }>('select text from answers').map(({ text }) => text);
    const posted = place.posted();
    const certain = lastCertain(acts);
    return {
      acts: certain.length,
      posts: posted.length,
      lost: certain
        .filter(({ mark }) => !answers.some((text) => text.includes(mark)))
        .map((act) => JSON.stringify(act)),
      doubled: [
        ...posted.filter((mark, i) => posted.indexOf(mark) !== i),
        ...rows<{ person: string }>('select person from answers group by round, person having count(*) > 1').map(
          ({ person }) => `two answers of ${person}`,
        ),
      ],
      unsent: [
        ...rows<object>(
          `select name, kind, state, reason from outbox where state <> 'sent' and reason is not 'taken back before it was sent'`,
        ).map((row) => JSON.stringify(row)),
        ...rows<{ name: string; ref: string }>('select name, ref from posts')
          .filter(({ ref }) => !place.isThere(ref))
          .map(({ name }) => `${name} is not there`),
      ],
    };
  } finally {
    db.close();
  }
}

/** A form that was taken replaces what the same person said before. */
function lastCertain(acts: readonly Act[]): Act[] {
  const last = new Map<string, Act>();
  for (const act of acts) if (act.certain) last.set(`${act.root} ${act.who}`, act);
  return [...last.values()];
}
