/** Starts the PostgreSQL that the tests use, under a supervisor that ends it when this process is gone, however it went. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PostgresRunning {
  /** A connection address with the right to create databases. */
  readonly url: string;
  stop(): Promise<void>;
}

/** `TEST_DATABASE_URL` if set, else the server that npm brought. Throws with the reason when neither is there. */
export async function startPostgres(): Promise<PostgresRunning> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  const supervisor = spawn(process.execPath, [fileURLToPath(new URL('./postgres-supervisor.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(supervisor, 'exit');
  let said = '';
  supervisor.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  for await (const line of createInterface({ input: supervisor.stdout })) {
    return {
      url: (JSON.parse(line) as { url: string }).url,
      async stop() {
        supervisor.stdin.end();
        await ended;
      },
    };
  }
  throw new Error(`PostgreSQL did not start: ${said.trim() || 'the supervisor said nothing'}`);
}
