import { randomFillSync } from 'node:crypto';

/** Crockford base-32, the alphabet of every public id (architecture.md §3). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes new public ids: prefix, `_`, 12 random characters (60 bits), as `rs_0ABCDEFGHJKM`. */
export function publicIdSource(prefix: string): () => string {
  const bytes = new Uint8Array(12);
  return () => {
    randomFillSync(bytes);
    let text = `${prefix}_`;
    for (const byte of bytes) text += alphabet.charAt(byte & 31);
    return text;
  };
}
