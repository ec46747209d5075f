import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { joinChunks, readHead, type MessageHead } from './http-reading.ts';

/** One kept connection to the gateway. */
export interface Connection {
  /** Asks, and calls back with whether the answer's bytes are the expected ones, as far as they came in. */
  ask(request: Buffer, expected: Buffer, done: (difference: string | undefined) => void): void;
  /** Asks and gives the bytes of the answer. */
  fetch(request: Buffer): Promise<Buffer>;
  close(): void;
}

/** What is being waited for. */
interface Waiting {
  readonly expected: Buffer | undefined;
  readonly done: (difference: string | undefined, body: Buffer) => void;
}

/** An HTTP/1.1 POST of a GraphQL request, ready to be written. */
export function encodeRequest(port: number, body: string): Buffer {
  const head = [
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Opens a connection. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting: Waiting | undefined;
  readAnswers(socket, (failure, body) => {
    const { expected, done } = waiting ?? {};
    waiting = undefined;
    done?.(failure ?? (expected === undefined || body.equals(expected) ? undefined : differ(body, expected)), body);
  });
  return {
    ask(request, expected, done) {
      waiting = { expected, done };
      socket.write(request);
    },
    fetch: (request) =>
      new Promise((resolve, reject) => {
        const done = (failure: string | undefined, body: Buffer): void =>
          failure === undefined ? resolve(body) : reject(new Error(failure));
        waiting = { expected: undefined, done };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Calls for every answer: with what is wrong with it, if anything, and its body. */
function readAnswers(socket: Socket, onAnswer: (failure: string | undefined, body: Buffer) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  let head: MessageHead | undefined;
  socket.on('error', (error) => onAnswer(`The connection broke: ${error.message}`, Buffer.alloc(0)));
  socket.on('close', () => onAnswer('The connection was closed.', Buffer.alloc(0)));
  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    size += chunk.length;
    head ??= readHead(Buffer.concat(parts), 0);
    if (head === undefined || !isWhole(head, size, parts)) return;
    const body = bodyOf(head, parts);
    const isWell = head.text.startsWith('http/1.1 200');
    const failure = isWell ? undefined : `${head.text}\n\n${body.toString()}`;
    parts = [];
    size = 0;
    head = undefined;
    onAnswer(failure, body);
  });
}

function isWhole({ bodyStart, length }: MessageHead, size: number, parts: readonly Buffer[]): boolean {
  if (length !== undefined) return size >= bodyStart + length;
  return Buffer.concat(parts.slice(-2)).subarray(-lastChunk.length).equals(lastChunk);
}

const lastChunk = Buffer.from('0\r\n\r\n');

function bodyOf({ bodyStart, length }: MessageHead, parts: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = parts;
  const body = (parts.length === 1 ? first : Buffer.concat(parts)).subarray(bodyStart);
  return length === undefined ? joinChunks(body) : body;
}

function differ(body: Buffer, expected: Buffer): string {
  let at = 0;
  while (at < body.length && body[at] === expected[at]) at += 1;
  const around = (text: Buffer): string => text.subarray(Math.max(0, at - 60), at + 60).toString();
  return `The answer differs at byte ${at}:\n  is     …${around(body)}…\n  before …${around(expected)}…`;
}
