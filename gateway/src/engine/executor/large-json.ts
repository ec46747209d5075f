import { setImmediate as nextTurn } from 'node:timers/promises';
import { JSONParser } from '@streamparser/json';

/** Bytes read before others have a turn. */
const sliceBytes = 262_144;

/** A longer text is read in slices: at once it would hold up everybody for a tenth of a second, or seconds. */
export const largeBytes = 4 * 1024 * 1024;

/**
 * Reads a JSON text that would hold up everybody if it were read at once: slower, but in slices. Gives `undefined` when it
 * is no JSON, or when nobody wants it any more.
 */
export async function readLargeJson(bytes: Buffer, isWanted: () => boolean): Promise<unknown> {
  let value: unknown;
  const parser = new JSONParser({ paths: ['$'], keepStack: false, stringBufferSize: 65_536 });
  parser.onValue = (parsed) => {
    value = parsed.value;
  };
  let fault: Error | undefined;
  parser.onError = (error) => {
    fault = error;
  };
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    parser.write(bytes.subarray(start, start + sliceBytes));
    if (fault || !isWanted()) return undefined;
    await nextTurn();
  }
  return parser.isEnded ? value : undefined;
}
