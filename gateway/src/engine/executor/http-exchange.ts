import type { Dispatcher, Pool } from 'undici';
import type { AbortListeners } from './abort-listeners.ts';
import { readLargeJson } from './large-json.ts';
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
export function exchange(line: Exchange, sending: Sending): Promise<HttpAnswer> {
  if (sending.signal.aborted) return Promise.reject(requestEnded(line.subgraph, sending.signal));
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(line, sending, { resolve, reject });
    line.pool.dispatch(
      { method: 'POST', path: line.path, headers: headersOf(sending), body: bodyOf(sending.request) },
      reader,
    );
  });
}

function headersOf({ headers }: Sending): Record<string, string> {
  return {
    ...headers,
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

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#statusCode = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size > this.#line.maxResponseBytes) this.#cut(this.#tooLarge());
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    if (this.#size > largeBytes) {
      void this.#readLarge();
      return;
    }
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#size);
    const scanned = this.#statusCode === 200 ? this.#scan?.(bytes) : undefined;
    const text = scanned ? '' : bytes.toString();
    this.#resolve(scanned, scanned ? undefined : parseJson(text), !text.includes('\\'), false);
  }

  /** The client's request may end while this goes on; then nobody reads the rest. */
  async #readLarge(): Promise<void> {
    const isPlain = !this.#chunks.some((chunk) => chunk.includes('\\'));
    const body = await readLargeJson(this.#chunks, () => !this.#isSettled);
    this.#resolve(undefined, body, isPlain, true);
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

/** A larger answer is read in slices: at once it would hold up everybody for a tenth of a second, or seconds. */
const largeBytes = 4 * 1024 * 1024;

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
