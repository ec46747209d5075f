const headEnd = Buffer.from('\r\n\r\n');

/** The head of an HTTP message, and where its body begins. */
export interface MessageHead {
  /** In small letters. */
  readonly text: string;
  readonly bodyStart: number;
  /** Undefined for a body in chunks. */
  readonly length: number | undefined;
}

/** Reads the head of an HTTP/1.1 message that begins at `start`; undefined when it is not there whole. */
export function readHead(bytes: Buffer, start: number): MessageHead | undefined {
  const end = bytes.indexOf(headEnd, start);
  if (end === -1) return undefined;
  const text = bytes.toString('latin1', start, end).toLowerCase();
  return { text, bodyStart: end + headEnd.length, length: readLength(text) };
}

function readLength(head: string): number | undefined {
  const name = '\r\ncontent-length:';
  const at = head.indexOf(name);
  return at === -1 ? undefined : Number.parseInt(head.slice(at + name.length), 10);
}

/** The body of chunks that are there whole. */
export function joinChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
