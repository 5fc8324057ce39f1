/**
 * A real PostgreSQL for tests: `TEST_DATABASE_URL` if set, else the server npm brought, else a loud line
 * (`REQUIRE_POSTGRES=1` fails instead). One server a run, one database a test file.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { knock, leaveOut } from './door.ts';

export interface FreshDatabase {
  /** Address of an empty database. */
  readonly url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

let asked: Promise<string | undefined> | undefined;

/** The server's address, or undefined where there is none and nobody insists. Starts it at the first call of a run. */
export function postgresUrl(): Promise<string | undefined> {
  return (asked ??= knock<{ url: string }>('postgres').then((found) => {
    if ('url' in found) return found.url;
    leaveOut('PostgreSQL', 'REQUIRE_POSTGRES', found.missing);
    return undefined;
  }));
}

async function onServer(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An empty database of its own. Throws where there is no server: ask {@link postgresUrl} first where that may be. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await postgresUrl();
  if (server === undefined) throw new Error('no PostgreSQL here');
  const name = `greenroom_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name} template template0 strategy file_copy`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}
