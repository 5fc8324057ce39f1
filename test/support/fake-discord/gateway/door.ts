/** Where the gateway listens: a port of its own that can be shut, so that a connection is refused, and opened again. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { acceptLink, type Hearing, type Link } from '../../fake-slack/web-socket.ts';

export interface Door {
  /** `ws://127.0.0.1:PORT`, the same after it was shut. */
  readonly url: string;
  /** Who is in stays in. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
}

/** Between tries to get the port back. */
const AGAIN_MS = 20;

/** `query` is what the client connected with. */
export type Meet = (link: Link, query: URLSearchParams) => Hearing;

function makeServer(meet: Meet): Server {
  const server = createServer((_, response) => {
    response.writeHead(426, { connection: 'close' }).end();
  });
  server.on('upgrade', (request, socket, head) => {
    const { searchParams } = new URL(request.url ?? '/', 'ws://fake');
    acceptLink(request, socket, head, (link) => meet(link, searchParams));
  });
  return server;
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });

export async function openDoor(meet: Meet): Promise<Door> {
  let server: Server | undefined = makeServer(meet);
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  let wanted = true;

  const shut = (): void => {
    server?.close();
    server?.closeAllConnections();
    server = undefined;
  };
  const open = async (): Promise<void> => {
    if (!wanted || server) return;
    const next = makeServer(meet);
    server = next;
    try {
      await listen(next, port);
      if (server !== next) next.close();
    } catch {
      server = undefined;
      setTimeout(() => void open(), AGAIN_MS).unref();
    }
  };
  return {
    url: `ws://127.0.0.1:${port}`,
    refuse: (refused) => {
      wanted = !refused;
      if (refused) shut();
      else void open();
    },
    close: async () => {
      wanted = false;
      shut();
    },
  };
}
