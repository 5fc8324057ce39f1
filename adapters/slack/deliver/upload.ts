/** Brings bytes to Slack: asks where to, sends them there. What becomes of them is the caller's last step. */
import { DeliveryError } from '../../../src/chat/chat.ts';
import { CALL_TIMEOUT_MS } from '../api.ts';
import { failureOf } from '../failure.ts';
import { type Trip, within } from './trip.ts';

export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For people who cannot see a picture. */
  readonly alt?: string;
}

/** The id of a file that Slack has and nobody sees yet. Throws a DeliveryError. */
export async function upload({ tenant: { client }, world }: Trip, { filename, bytes, alt }: Upload): Promise<string> {
  const asked = { filename, length: bytes.byteLength, ...(alt === undefined ? {} : { alt_text: alt }) };
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal(asked).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
  if (url === undefined || id === undefined) throw failureOf(undefined, 'prepares');
  if (!isSlacks(url, client.slackApiUrl)) throw lost('not an address of Slack');
  const status = await within(world, CALL_TIMEOUT_MS, async (signal) => {
    const answer = await fetch(url, { method: 'POST', body: bytes, redirect: 'error', signal });
    await answer.arrayBuffer();
    return answer.status;
  }).catch(() => 0);
  if (status !== 200) throw lost(status === 0 ? 'connection lost' : `HTTP ${status}`);
  return id;
}

/** Bytes leave for Slack alone: its hosts over TLS, or the very host the Web API is at. */
export function isSlacks(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin, username } = new URL(url);
  if (username !== '') return false;
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && /(?:^|\.)slack(?:-files|-gov)?\.com$/.test(hostname);
}

const lost = (code: string): DeliveryError =>
  new DeliveryError(`Slack did not take the file [${code}]`, { effect: 'none', retry: { afterMs: 0 } });
