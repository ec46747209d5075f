import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import type { AbortListeners } from './abort-listeners.ts';
import { inTurns, type Slices } from './in-turns.ts';
import { largeBytes, readLargeJson } from './large-json.ts';
import { SubgraphFailure, requestEnded, unavailable } from './subgraph-failure.ts';
import { type SubgraphRequest, type SubgraphResponse, bodyOf } from './transport.ts';

/** The way to one subgraph. */
export interface Exchange {
  readonly subgraph: string;
  readonly pool: Pool;
  /** The address as observers may know it: without what stands after a question mark. */
  readonly place: { readonly url: string; readonly host: string; readonly port: number };
  readonly path: string;
  readonly responseTimeout: number;
  readonly maxResponseBytes: number;
  readonly listeners: AbortListeners;
}

/** One request on that way. */
export interface Sending {
  readonly request: SubgraphRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What came back. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** There where the request's `scan` could read the text; then it is not parsed. */
  readonly scanned: SubgraphResponse | undefined;
  /** Parsed; `undefined` when it is no JSON. */
  readonly body: unknown;
  /** The text holds no backslash (`SubgraphResponse.isPlain`). */
  readonly isPlain: boolean;
  readonly isLarge: boolean;
  readonly bytes: number;
}

/** Sends a request and reads its answer. Rejects with `SubgraphFailure`. */
export async function exchange(line: Exchange, sending: Sending): Promise<HttpAnswer> {
  const text = bodyOf(sending.request);
  const pieces = text.length > longBytes ? await inTurns(encodeInSlices(text)) : undefined;
  if (sending.signal.aborted) throw requestEnded(line.subgraph, sending.signal);
  const headers = headersOf(sending, pieces);
  const body = pieces ? Readable.from(pieces, { objectMode: false }) : text;
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(line, sending, { resolve, reject });
    line.pool.dispatch({ method: 'POST', path: line.path, headers, body }, reader);
  });
}

/** The bytes of a long text in pieces; no piece ends inside a character. */
function* encodeInSlices(text: string): Slices<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  for (let start = 0; start < text.length;) {
    const cut = start + longBytes;
    const end = isHighSurrogate(text.charCodeAt(cut - 1)) ? cut - 1 : cut;
    pieces.push(Buffer.from(text.slice(start, end)));
    start = end;
    yield;
  }
  return pieces;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function headersOf({ headers }: Sending, pieces: readonly Buffer[] | undefined): Record<string, string> {
  const bytes = pieces?.reduce((sum, { length }) => sum + length, 0);
  return {
    ...headers,
    ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
  };
}

interface Settling {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (failure: SubgraphFailure) => void;
}

/**
 * Reads one answer as undici hands it over (`dispatch`: a third of what `fetch` costs). The promise is settled once: by the last byte,
 * a fault, the clock or the end of the client's request, whichever comes first.
 */
class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #line: Exchange;
  readonly #scan: SubgraphRequest['scan'];
  readonly #settling: Settling;
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  readonly #chunks: Buffer[] = [];
  /** Room for all of an answer that says how long it is, where that is long. */
  #whole: Buffer | undefined;
  #size = 0;
  #statusCode = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #isSettled = false;

  constructor(line: Exchange, { signal, request }: Sending, settling: Settling) {
    this.#line = line;
    this.#scan = request.scan;
    this.#settling = settling;
    this.#timer = setTimeout(() => this.#cut(this.#late()), line.responseTimeout);
    this.#unlisten = line.listeners.listen(signal, () => this.#cut(requestEnded(line.subgraph, signal)));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) controller.abort(new Error('The answer is not waited for any more.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    { 'content-length': length }: IncomingHttpHeaders,
  ): void {
    this.#statusCode = statusCode;
    // What is put together as it comes need not be at the end.
    const size = Number(length);
    const isTaken = size > longBytes && size <= this.#line.maxResponseBytes;
    this.#whole = isTaken ? Buffer.allocUnsafeSlow(size) : undefined;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#whole) chunk.copy(this.#whole, this.#size);
    else this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > this.#line.maxResponseBytes) this.#cut(this.#tooLarge());
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    if (this.#size > longBytes) {
      this.#readLong().catch((error: Error) => this.#cut(toFailure(this.#line.subgraph, error)));
      return;
    }
    const bytes = this.#takeBytes();
    const scanned = this.#statusCode === 200 ? this.#scan?.atOnce(bytes) : undefined;
    const text = scanned ? '' : bytes.toString();
    this.#resolve(scanned, scanned ? undefined : parseJson(text), !text.includes('\\'), false);
  }

  #takeBytes(): Buffer {
    const [only] = this.#chunks;
    if (this.#whole) return this.#whole.subarray(0, this.#size);
    return this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#size);
  }

  /** The client's request may end while this goes on; then nobody reads the rest. */
  async #readLong(): Promise<void> {
    const bytes = this.#takeBytes();
    this.#chunks.length = 0;
    this.#whole = undefined;
    const scan = this.#statusCode === 200 ? this.#scan : undefined;
    const scanned = scan && (await inTurns(scan.inSlices(bytes)));
    if (this.#isSettled) return;
    if (scanned) return this.#resolve(scanned, undefined, true, true);
    const isLarge = bytes.length > largeBytes;
    const body = isLarge ? await readLargeJson(bytes, () => !this.#isSettled) : parseJson(bytes.toString());
    this.#resolve(undefined, body, !bytes.includes('\\'), isLarge);
  }

  #resolve(scanned: HttpAnswer['scanned'], body: unknown, isPlain: boolean, isLarge: boolean): void {
    if (!this.#settle()) return;
    this.#settling.resolve({ scanned, body, isPlain, isLarge, statusCode: this.#statusCode, bytes: this.#size });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settle()) this.#settling.reject(toFailure(this.#line.subgraph, error));
  }

  #cut(failure: SubgraphFailure): void {
    if (!this.#settle()) return;
    this.#settling.reject(failure);
    this.#controller?.abort(failure);
  }

  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#unlisten();
    return true;
  }

  #late(): SubgraphFailure {
    const { subgraph } = this.#line;
    const message = `Subgraph "${subgraph}" did not answer in time.`;
    return new SubgraphFailure(subgraph, 'SUBGRAPH_TIMEOUT', message, { isOutage: true });
  }

  #tooLarge(): SubgraphFailure {
    const { subgraph, maxResponseBytes } = this.#line;
    const message = `What subgraph "${subgraph}" answered is larger than ${maxResponseBytes} bytes.`;
    return new SubgraphFailure(subgraph, 'SUBGRAPH_INVALID_RESPONSE', message);
  }
}

/** A longer answer is looked through in slices, and a longer request is encoded so, for others to have their turn. */
const longBytes = 512 * 1024;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFailure(subgraph: string, error: Error): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  return unavailable(subgraph, { cause: error, isRetryable: true, isOutage: true });
}
