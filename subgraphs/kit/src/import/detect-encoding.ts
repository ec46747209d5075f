import { isAscii, isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

/** Encodings of files from Chinese offices: UTF-8, what Excel calls Unicode text, and GB 18030 with GBK inside it. */
export type FileEncoding = 'utf-8' | 'utf-16le' | 'gb18030';

const chunkSize = 1024 * 1024;
const lineFeed = 10;

/**
 * The encoding of a file: by its byte order mark; else UTF-8 when all of it is UTF-8, or all but a few broken lines, for read as
 * GB 18030 the good ones would be taken with false characters; else GB 18030. Read up to the first bytes that are no UTF-8, as a name
 * that betrays GBK may stand in the last row; a gigabyte takes about a second.
 */
export async function detectEncoding(path: string): Promise<FileEncoding> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(chunkSize + 3);
    let carried = 0;
    let hasUtf8 = false;
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(buffer, carried, chunkSize);
      const marked = first ? byteOrderMark(buffer.subarray(0, bytesRead)) : undefined;
      if (marked !== undefined) return marked;
      const filled = buffer.subarray(0, carried + bytesRead);
      const cut = bytesRead === 0 ? filled.length : completeLength(filled);
      const whole = filled.subarray(0, cut);
      if (!isUtf8(whole)) return hasUtf8 || isMostlyUtf8(whole) ? 'utf-8' : 'gb18030';
      if (bytesRead === 0) return 'utf-8';
      hasUtf8 ||= !isAscii(whole);
      carried = filled.copy(buffer, 0, cut);
    }
  } finally {
    await file.close();
  }
}

function byteOrderMark(start: Buffer): FileEncoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : undefined;
}

/** Whether more lines with Chinese are UTF-8 than are not; a line of GBK hardly ever is. */
function isMostlyUtf8(bytes: Buffer): boolean {
  let balance = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (!isAscii(line)) balance += isUtf8(line) ? 1 : -1;
    start = end + 1;
  }
  return balance > 0;
}

/** Length without a character that the end of the chunk may have cut. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
