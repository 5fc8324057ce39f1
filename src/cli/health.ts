/** Asks whoever listens on our port how it is. */
import { createServer } from 'node:net';

const PATIENCE_MS = 2_500;

export type Health =
  | { readonly kind: 'well' }
  /** Greenroom answers, and something is wrong with it. */
  | { readonly kind: 'unwell'; readonly why: string }
  /** Nobody listens. */
  | { readonly kind: 'silent'; readonly why: string }
  /** Somebody listens who is not Greenroom. */
  | { readonly kind: 'stranger'; readonly why: string };

/** An address to reach a server at that listens on `host`. */
export const addressOf = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

/** `/healthz`: it runs. `/readyz`: it can also take in and keep what people say. */
export async function askHealth(host: string, port: number, path: '/healthz' | '/readyz'): Promise<Health> {
  const url = `http://${addressOf(host)}:${port}${path}`;
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    const said: unknown = await answer.json().catch(() => undefined);
    if (typeof said !== 'object' || said === null || !('ok' in said)) {
      return { kind: 'stranger', why: 'something answers there that is not Greenroom' };
    }
    if (answer.ok && said.ok === true) return { kind: 'well' };
    const why = 'problem' in said && typeof said.problem === 'string' ? said.problem : `it answers ${answer.status}`;
    return { kind: 'unwell', why };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return { kind: 'stranger', why: 'it does not answer in time' };
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    if (code === 'ECONNREFUSED') return { kind: 'silent', why: 'nobody listens there' };
    return { kind: 'stranger', why: code ?? 'what answers there does not speak HTTP' };
  }
}

/** Undefined when we could listen there, else the reason. */
export function whyNotListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
