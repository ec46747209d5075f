import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';

/**
 * Keys of personal identifiers (class I, domain.md §2.0): AES-256-GCM under the newest data key, older ones still read, and one
 * HMAC-SHA-256 key for lookup. A sealed value is: key id (1 byte), nonce (12, random), tag (16), ciphertext.
 */
export interface KeyRing {
  /** Id of the key that seals. */
  readonly currentKeyId: number;
  readonly seal: (text: string) => Buffer;
  /** Throws UnreadableValue when the key is unknown or the bytes were changed. */
  readonly open: (sealed: Uint8Array) => string;
  /** Same text, same hash: for equality lookup of sealed columns, 43 characters of base64url. */
  readonly keyedHash: (text: string) => string;
  /** The value under the current key; undefined when it already is. */
  readonly reseal: (sealed: Uint8Array) => Buffer | undefined;
}

/** What a key ring is made of. */
export interface KeyRingKeys {
  /** 32 bytes each by id 1…255; the first seals. */
  readonly dataKeys: readonly { readonly id: number; readonly key: Buffer }[];
  /** 32 bytes; never rotates, for the hashes are stored. */
  readonly hashKey: Buffer;
}

/** A sealed value that no key of the ring opens. */
export class UnreadableValue extends Error {
  constructor(reason: string) {
    super(`an encrypted value cannot be read: ${reason}`);
    this.name = 'UnreadableValue';
  }
}

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const headerLength = 1 + nonceLength + 16;

/** Makes the functions that seal and open with these keys. */
export function createKeyRing(keys: KeyRingKeys): KeyRing {
  const dataKeys = keys.dataKeys.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
  const hashKey = createSecretKey(keys.hashKey);
  const byId = new Map(dataKeys.map(({ id, key }) => [id, key]));
  const current = firstOf(dataKeys);
  const nextNonce = nonceSource();

  function seal(text: string): Buffer {
    return sealWith(current, nextNonce(), text);
  }

  function open(sealed: Uint8Array): string {
    if (sealed.length < headerLength) throw new UnreadableValue('it is too short');
    const key = byId.get(sealed[0] ?? 0);
    if (key === undefined) throw new UnreadableValue(`its key ${sealed[0]} is not in the key ring`);
    return openWith(key, sealed);
  }

  return {
    currentKeyId: current.id,
    seal,
    open,
    keyedHash: (text) => createHmac('sha256', hashKey).update(text).digest('base64url'),
    reseal: (sealed) => (sealed[0] === current.id ? undefined : seal(open(sealed))),
  };
}

function firstOf<T>(keys: readonly T[]): T {
  const [first] = keys;
  if (first === undefined) throw new TypeError('a key ring needs a data key');
  return first;
}

function sealWith({ id, key }: { id: number; key: KeyObject }, nonce: Uint8Array, text: string): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(Uint8Array.of(id));
  const body = cipher.update(text, 'utf8');
  cipher.final();
  return Buffer.concat([Uint8Array.of(id), nonce, cipher.getAuthTag(), body]);
}

function openWith(key: KeyObject, sealed: Uint8Array): string {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, 1 + nonceLength));
  decipher.setAAD(sealed.subarray(0, 1));
  decipher.setAuthTag(sealed.subarray(1 + nonceLength, headerLength));
  const body = decipher.update(sealed.subarray(headerLength));
  try {
    decipher.final();
  } catch {
    throw new UnreadableValue('it was changed, or the key is another one of the same id');
  }
  return body.toString('utf8');
}

/** Random nonces, drawn from the system 1024 at a time: one draw per value would halve the speed. */
function nonceSource(): () => Uint8Array {
  const pool = new Uint8Array(nonceLength * 1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += nonceLength;
    return pool.subarray(used - nonceLength, used);
  };
}
