/** After everything: what stands in the database against what people know. */
import Database from 'better-sqlite3';
import type { Message } from '../../src/chat/message.ts';
import { read } from '../support/words.ts';
import type { Ledger, Told } from './ledger.ts';

export interface Audit {
  readonly integrity: unknown;
  readonly answers: number;
  readonly posts: number;
  /** Authors who read their feedback. */
  readonly results: number;
  /** Each line says what is wrong; empty when all is well. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly astray: readonly string[];
}

type Rows = (sql: string) => readonly Record<string, string | number | null>[];

export function audit(path: string, ledger: Ledger): Audit {
  const db = new Database(path, { readonly: true });
  try {
    const rows: Rows = (sql) => db.prepare<[], Record<string, string | number | null>>(sql).all();
    return {
      integrity: [db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')],
      answers: ledger.answers.size,
      posts: rows(`select ref from local_messages where author = 'greenroom' and only is null`).length,
      results: rows('select answer from results').length,
      lost: [...lostAnswers(rows, ledger), ...lostWords(rows, ledger), ...lostTold(rows, ledger)],
      doubled: [...doubledAnswers(rows, ledger), ...doubledPosts(rows), ...doubledWords(rows, ledger)],
      astray: astray(rows),
    };
  } finally {
    db.close();
  }
}

const answersIn = (rows: Rows) =>
  rows(
    `select p.ref as root, a.person, a.text, a.source, a.ref, a.id from answers a join rounds r on r.id = a.round
     join posts p on p.name = 'daily:' || r.schedule || ':' || r.local_date`,
  );

function lostAnswers(rows: Rows, { answers }: Ledger): string[] {
  const kept = new Map(answersIn(rows).map((row) => [`${row['root']} ${row['person']}`, row]));
  const shown = new Map(
    rows(`select name, body from local_messages where deleted = 0`).map((row) => [row['name'], row]),
  );
  return [...answers].flatMap(([key, standing]) => {
    const row = kept.get(key);
    if (row?.['text'] !== standing.text || row['source'] !== standing.source)
      return [`${key}: ${JSON.stringify(standing)} is ${JSON.stringify(row)}`];
    if (standing.source === 'thread') return row['ref'] === standing.ref ? [] : [`${key}: from another message`];
    const post = String(shown.get(`daily:answer:${row['id']}`)?.['body']);
    return post.includes(standing.text) ? [] : [`${key}: not shown in the thread: ${post}`];
  });
}

/** Every message somebody wrote stands as they left it. */
function lostWords(rows: Rows, { said }: Ledger): string[] {
  const kept = new Map(
    rows(`select ref, body, deleted from local_messages where kind = 'text'`).map((row) => [row['ref'], row]),
  );
  return [...said].flatMap(([ref, { text, isDeleted }]) => {
    const row = kept.get(ref);
    const isThere = row?.['deleted'] === 0 && (JSON.parse(String(row['body'])) as { text: string }).text === text;
    return isDeleted
      ? row?.['deleted'] === 1
        ? []
        : [`${ref} came back`]
      : isThere
        ? []
        : [`${ref}: ${text} is gone`];
  });
}

/** Reviews, ratings of one's own answer, and what people want to change next time. */
function lostTold(rows: Rows, { told }: Ledger): string[] {
  const kept = new Map<string, string | number | null | undefined>([
    ...rows(`select id, keep, change from reviews where state = 'done'`).map(
      (row) => [`review ${row['id']}`, marksIn(row)] as const,
    ),
    ...rows(`select answer, scores from self_ratings`).map((row) => [`self ${row['answer']}`, stepsIn(row)] as const),
    ...rows(`select answer, next_time from results`).map((row) => [`next ${row['answer']}`, row['next_time']] as const),
  ]);
  return [...told].flatMap(([key, one]) =>
    isAsTold(one, kept.get(key)) ? [] : [`${key}: ${JSON.stringify(one)} is ${kept.get(key)}`],
  );
}

const isAsTold = ({ certain, maybe }: Told, now: string | number | null | undefined): boolean =>
  certain === undefined && (now === undefined || now === null) ? true : [certain, ...maybe].includes(String(now));

/** The one mark both halves of a comment carry. */
function marksIn({ keep, change }: Record<string, string | number | null>): string {
  const marks = new Set([...`${keep} ${change}`.matchAll(/mark-\d+/g)].map(([mark]) => mark));
  return [...marks].join(' and ');
}

function stepsIn({ scores }: Record<string, string | number | null>): string {
  const { setup, action, result, reach } = JSON.parse(String(scores)) as Record<string, number>;
  return [setup, action, result, reach].join('');
}

/** Answers nobody gave. */
function doubledAnswers(rows: Rows, { answers }: Ledger): string[] {
  return answersIn(rows)
    .filter((row) => !answers.has(`${row['root']} ${row['person']}`))
    .map((row) => `an answer of ${row['person']} nobody gave: ${row['text']}`);
}

/** The same post of ours twice: by its name, or by what it was posted with. Two requests that closed were edited to say the same. */
function doubledPosts(rows: Rows): string[] {
  const ours = `author = 'greenroom' and only is null`;
  return [
    ...rows(`select name as what from local_messages where ${ours} group by name having count(*) > 1`),
    ...rows(
      `select place || ' ' || body as what from local_messages where ${ours} and deleted = 0 and edited is null group by place, body having count(*) > 1`,
    ),
    ...rows(
      `select schedule || ' ' || local_date as what from rounds group by schedule, local_date having count(*) > 1`,
    ),
  ].map(({ what }) => String(what));
}

/** One message for each thing said, however often it was sent again. */
function doubledWords(rows: Rows, { said }: Ledger): string[] {
  return rows(`select ref, body from local_messages where kind = 'text'`)
    .filter(({ ref }) => !said.has(String(ref)))
    .map(({ ref, body }) => `${ref} ${body} was sent once too often`);
}

/** Posts that never arrived or nobody remembers, questions missed, cards that count wrong, results and requests without their message. */
function astray(rows: Rows): string[] {
  const of = (what: string, sql: string): string[] => rows(sql).map((row) => `${what}: ${JSON.stringify(row)}`);
  return [
    ...of(
      'not sent',
      `select name, kind, state, reason from outbox where state <> 'sent' and reason is not 'taken back before it was sent'`,
    ),
    ...of(
      'not there',
      `select p.name from posts p left join local_messages m on m.ref = p.ref and m.name = p.name where m.ref is null`,
    ),
    ...of(
      'not linked',
      `select name from local_messages where name is not null and name not in (select name from posts)`,
    ),
    ...of('missed', `select schedule, local_date, reason from rounds where state not in ('open', 'closed')`),
    ...of(
      'no digest',
      `select id from rounds where state = 'closed' and 'daily:digest:' || id not in (select name from posts)`,
    ),
    ...of('no request', `select id from reviews where 'feedback:ask:' || id not in (select name from posts)`),
    ...of('no result', `select answer from results where 'feedback:result:' || answer not in (select name from posts)`),
    ...of(
      'result without a row',
      `select name from posts where name like 'feedback:result:%' and substr(name, 17) not in (select answer from results)`,
    ),
    ...miscounted(rows),
  ];
}

function miscounted(rows: Rows): string[] {
  const cards = rows(
    `select m.body, (select count(*) from answers a where a.round = r.id) as n from rounds r
     join local_messages m on m.name = 'daily:' || r.schedule || ':' || r.local_date`,
  );
  return cards
    .map(({ body, n }) => ({ n, said: read((JSON.parse(String(body)) as { message: Message }).message) }))
    .filter(({ n, said }) => Number(/(\d+) answers?(?: so far\.|\. Late)/.exec(said)?.[1] ?? 0) !== n)
    .map(({ n, said }) => `${n} answers, and the card says ${said}`);
}
