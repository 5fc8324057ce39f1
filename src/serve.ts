/** One HTTP server on one port: health for whoever watches, the rest for the platform that owns the address. */
import { serve as listen, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Log } from './chat/world.ts';
import type { Health } from './store/store.ts';

export interface Site {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Whether events can be taken in and kept. */
  ready(): Health;
  /** Undefined for an address that is not its own. */
  readonly http: ((request: Request) => Promise<Response | undefined>) | undefined;
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Rejects with the system's error when the port is taken. */
export async function openSite(site: Site): Promise<Listening> {
  const server = await listening(routes(site), site);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : site.port;
  const shown = site.host.includes(':') ? `[${site.host}]` : site.host;
  return {
    url: `http://${shown}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function routes({ ready, http, log }: Site): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', (c) => {
    const health = ready();
    return c.json(health, health.ok ? 200 : 503);
  });
  app.all('*', async (c) => (await http?.(c.req.raw)) ?? c.text('Nothing lives here.\n', 404));
  app.onError((error, c) => {
    log.error('a request failed', { path: c.req.path, error });
    return c.text('Something went wrong on our side; it is in the log.\n', 500);
  });
  return app;
}

const listening = (app: Hono, { host, port }: Site): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, hostname: host, port }, () => resolve(server));
    server.once('error', reject);
  });
