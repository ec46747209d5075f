import type { Caller } from '@hutong/schema';

/** What is known about a request before its dialect is read; made once, by the server, for every door. */
export interface RequestContext {
  readonly requestId: string;
  /** Absent where the graph declares no policy (`--supergraph FILE`). */
  readonly caller: Caller | undefined;
  /** ISO 8601 instant of the business clock (architecture.md §4), the same for the whole request. */
  readonly businessTime: string;
  /** Headers of the caller that subgraphs get too, by name in small letters. */
  readonly forwardedHeaders?: Readonly<Record<string, string>>;
  /** Headers by which the caller says what trace the request belongs to, where traces are made. */
  readonly traceHeaders?: Readonly<Record<string, string>>;
  /** Aborts when the caller is gone or the time for the whole operation is over. */
  readonly signal: AbortSignal;
}

/** Who asks, as headers say it. */
export type Asker = Pick<RequestContext, 'caller' | 'forwardedHeaders' | 'traceHeaders'>;

/** What is known about a subscription: it may live long, so only each of its events has a time. */
export interface StreamContext extends Omit<RequestContext, 'businessTime'> {
  /** The instant of the business clock when an event is answered. */
  readonly businessTime: () => string;
  /** Milliseconds that other subgraphs may take for one event. */
  readonly eventTimeout: number;
}

/** A signal with a deadline, which must be ended when the request is over. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The caller is gone: cancels what is still running. */
  cancel(): void;
  end(): void;
}

/** Starts the clock of one request; the signal's reason is a `TimeoutError` or an `AbortError`, as of `AbortSignal.timeout`. */
export function startDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException('The request took too long.', 'TimeoutError')),
    milliseconds,
  );
  timer.unref();
  return {
    signal: controller.signal,
    cancel: () => controller.abort(new DOMException('The caller is gone.', 'AbortError')),
    end: () => clearTimeout(timer),
  };
}
