import type { CompiledOperation } from './compile-operation.ts';
import type { DeferredParts } from './deferred-parts.ts';
import type { EarlierAnswers } from './earlier-answers.ts';
import type { ResponseState } from './response-state.ts';
import type { RequestScope, Transport } from './transport.ts';

/** One execution of a plan. */
export interface PlanRun {
  readonly compiled: CompiledOperation;
  readonly state: ResponseState;
  readonly transport: Transport;
  readonly scope: RequestScope;
  /** What the client sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same with defaults, coerced: what conditions are decided by. */
  readonly coerced: Readonly<Record<string, unknown>>;
  /** There where deferred parts are waited for one by one. */
  readonly deferredParts?: DeferredParts;
  /** What an attempt to run the operation another way got: it is not asked for again. */
  readonly earlier?: EarlierAnswers;
}
