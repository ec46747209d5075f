import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

/** Encodings of files from Chinese offices: UTF-8, what Excel calls Unicode text, and GB 18030 with GBK inside it. */
export type FileEncoding = 'utf-8' | 'utf-16le' | 'gb18030';

const chunkSize = 1024 * 1024;

/**
 * The encoding of a file: by its byte order mark, else UTF-8 when all of it is UTF-8, else GB 18030. Read whole, for a name
 * that betrays GBK may stand in the last row; a gigabyte takes about a second.
 */
export async function detectEncoding(path: string): Promise<FileEncoding> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(chunkSize + 3);
    let carried = 0;
    for (let first = true; ; first = false) {
      const { bytesRead } = await file.read(buffer, carried, chunkSize);
      if (first && buffer[0] === 0xff && buffer[1] === 0xfe && bytesRead >= 2) return 'utf-16le';
      const filled = buffer.subarray(0, carried + bytesRead);
      const cut = bytesRead === 0 ? filled.length : completeLength(filled);
      if (!isUtf8(filled.subarray(0, cut))) return 'gb18030';
      if (bytesRead === 0) return 'utf-8';
      carried = filled.copy(buffer, 0, cut);
    }
  } finally {
    await file.close();
  }
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
