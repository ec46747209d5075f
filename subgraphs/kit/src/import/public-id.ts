import { randomFillSync } from 'node:crypto';
import { crockfordText } from '../ids.ts';

const length = 12;

/** Makes new public ids: prefix, `_`, 12 random characters (60 bits), as `rs_0ABCDEFGHJKM`; random bytes are drawn 1024 ids at a time. */
export function publicIdSource(prefix: string): () => string {
  const pool = new Uint8Array(length * 1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += length;
    return `${prefix}_${crockfordText(pool.subarray(used - length, used))}`;
  };
}
