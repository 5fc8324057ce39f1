/** Seals small texts for rest on disk: AES-256-GCM, bound to what they are about, and naming the key that opens them. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

export interface Cipher {
  /** `v1.<key id>.<base64url>`: the same text sealed twice looks different. */
  seal(text: string, about: string): string;
  /** Throws with what to do when another key sealed it, when it was changed, and when it is about something else. */
  open(sealed: string, about: string): string;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.(?<by>[0-9a-f]{8})\.(?<body>[\w-]+)$/;

/** `key`: 32 bytes in hex, as `loadKey` answers. */
export function makeCipher(key: Secret): Cipher {
  const bytes = Buffer.from(key.reveal(), 'hex');
  if (bytes.length !== 32) throw new TypeError('An encryption key has 32 bytes.');
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const inner = Buffer.from(hkdfSync('sha256', bytes, '', 'greenroom sealed texts', 32));
  const bound = (about: string): Buffer => Buffer.from(JSON.stringify([VERSION, id, about]));
  return {
    seal(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', inner, iv).setAAD(bound(about));
      const body = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${VERSION}.${id}.${Buffer.concat(body).toString('base64url')}`;
    },
    open(sealed, about) {
      const { by, body = '' } = SEALED.exec(sealed)?.groups ?? {};
      if (by === undefined) throw new Error(`What is kept as ${about} is damaged: it is no sealed text.`);
      if (by !== id) throw new Error(otherKey(about, by, id));
      const whole = Buffer.from(body, 'base64url');
      // One way to write it only: the last letter has bits that say nothing.
      if (whole.length < IV_BYTES + TAG_BYTES || whole.toString('base64url') !== body) throw new Error(tampered(about));
      return opened(inner, whole, bound(about)) ?? fail(about);
    },
  };
}

function opened(key: Buffer, whole: Buffer, bound: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, whole.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(whole.subarray(-TAG_BYTES));
  try {
    return decipher.update(whole.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

function fail(about: string): never {
  throw new Error(tampered(about));
}

const tampered = (about: string): string =>
  `What is kept as ${about} was changed, or was sealed for something else; it is not used.`;

const otherKey = (about: string, by: string, id: string): string =>
  `What is kept as ${about} was sealed with another key: put back GREENROOM_KEY, or the file "key" in DATA_DIR, ` +
  `whose id is ${by} (the key in use has ${id}).`;

/** 256 bits of chance that fit into an address or a cookie. */
export const randomToken = (): string => randomBytes(32).toString('base64url');
