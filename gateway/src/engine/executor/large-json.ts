import { setImmediate as nextTurn } from 'node:timers/promises';
import { JSONParser } from '@streamparser/json';

/** Bytes read before others have a turn. */
const sliceBytes = 262_144;

/**
 * Reads a JSON text that would hold up everybody if it were read at once: slower, but in slices. Gives `undefined` when it
 * is no JSON, or when nobody wants it any more. The chunks are given back as they are read.
 */
export async function readLargeJson(chunks: Uint8Array[], isWanted: () => boolean): Promise<unknown> {
  let value: unknown;
  const parser = new JSONParser({ paths: ['$'], keepStack: false, stringBufferSize: 65_536 });
  parser.onValue = (parsed) => {
    value = parsed.value;
  };
  let fault: Error | undefined;
  parser.onError = (error) => {
    fault = error;
  };
  let read = 0;
  for (const [index, chunk] of chunks.entries()) {
    parser.write(chunk);
    chunks[index] = nothing;
    if (fault || !isWanted()) return undefined;
    read += chunk.length;
    if (read < sliceBytes) continue;
    read = 0;
    await nextTurn();
  }
  return parser.isEnded ? value : undefined;
}

const nothing = new Uint8Array();
