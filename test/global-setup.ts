/** Once per run: a door the tests knock on for the real PostgreSQL and the real browser; each is started at the first knock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { prepareBrowser } from './support/browser-binary.ts';
import type { BrowserFound } from './support/browser-binary.ts';
import { startPostgres } from './support/postgres-process.ts';
import type { PostgresRunning } from './support/postgres-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the door: `GET /postgres`, `GET /browser`. */
    door: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresRunning> | undefined;
  let browser: Promise<BrowserFound> | undefined;
  const server = createServer((request, response) => {
    const wanted =
      request.url === '/postgres'
        ? (postgres ??= startPostgres()).then((running) => ({ url: running.url }))
        : (browser ??= prepareBrowser());
    wanted
      .catch((error: unknown) => ({ missing: error instanceof Error ? error.message : String(error) }))
      .then((answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('door', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await postgres?.then(
      (running) => running.stop(),
      () => undefined,
    );
  };
}
