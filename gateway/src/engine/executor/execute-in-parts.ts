import type { GraphQLError } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { ResponsePath } from './client-path.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { type Completion, type DeferredObject, WRITTEN, reportLoose } from './completion.ts';
import { type DeferredParts, createDeferredParts } from './deferred-parts.ts';
import { coerceVariables } from './execute-operation.ts';
import { OperationResult } from './operation-result.ts';
import { createResponseState } from './response-state.ts';
import { runPlan } from './run-plan.ts';
import type { RequestScope, Transport } from './transport.ts';

/** An answer whose deferred fragments come later. */
export interface ResultInParts {
  readonly first: OperationResult;
  /** What will come when `first` has: each hangs on an object of it. */
  readonly pending: readonly PendingPart[];
  /** The parts as they are ready, several at once where they are ready at once. Read only once. */
  readonly later: AsyncIterable<readonly ResultPart[]>;
}

/** A fragment of one object that is to come. */
export interface PendingPart {
  readonly path: ResponsePath;
  /** The client's name for the fragment. */
  readonly label: string | undefined;
}

/** What has come of it. */
export interface ResultPart {
  readonly part: PendingPart;
  /** The fragment's fields as pieces of JSON text; `undefined` where a null among them may not be: they all are null. */
  readonly text: readonly string[] | undefined;
  readonly errors: readonly GraphQLError[];
  /** What will come for objects of this part. */
  readonly pending: readonly PendingPart[];
}

/**
 * Runs an operation whose deferred fragments the client takes one by one. A part has its own errors; a null that may not
 * be goes no further up than to the part.
 */
export async function executeInParts(
  supergraph: Supergraph,
  transport: Transport,
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  scope: RequestScope,
): Promise<ResultInParts> {
  const { coerced, errors } = coerceVariables(supergraph, compiled, variables);
  if (errors) return { first: new OperationResult(undefined, errors), pending: [], later: nothing() };
  const state = createResponseState(compiled, supergraph.possibleTypes, coerced);
  const deferredParts = createDeferredParts();
  await runPlan({ compiled, state, transport, scope, variables, coerced, deferredParts });
  const { result, completion } = await compiled.shaper(state, { raw: variables, coerced });
  const pending = completion.deferred.map(announce);
  return {
    first: result,
    pending: pending.map(({ part }) => part),
    later: readParts(completion, pending, deferredParts),
  };
}

/** An object that waits for the fetches of its fragment. */
interface Announced {
  readonly object: DeferredObject;
  readonly part: PendingPart;
}

function announce(object: DeferredObject): Announced {
  return { object, part: { path: object.path, label: object.fragment.label } };
}

async function* nothing(): AsyncGenerator<readonly ResultPart[]> {
  // No part.
}

async function* readParts(
  first: Completion,
  announced: readonly Announced[],
  deferredParts: DeferredParts,
): AsyncGenerator<readonly ResultPart[]> {
  const waiting = new Map<string, Announced[]>();
  const ended = new Map<string, Promise<string>>();
  const wait = (one: Announced): void => {
    const { id } = one.object.fragment;
    const group = waiting.get(id);
    if (group) group.push(one);
    else waiting.set(id, [one]);
    if (!ended.has(id))
      ended.set(
        id,
        deferredParts.ended(id).then(() => id),
      );
  };
  let shownErrors = first.state.loose.length;
  announced.forEach(wait);
  while (waiting.size > 0) {
    const id = await Promise.race([...ended].flatMap(([key, end]) => (waiting.has(key) ? [end] : [])));
    const group = waiting.get(id) ?? [];
    waiting.delete(id);
    const parts: ResultPart[] = [];
    for (const one of group) {
      const { result, inner } = writePart(first, one, shownErrors);
      shownErrors = first.state.loose.length;
      inner.forEach(wait);
      parts.push(result);
    }
    yield parts;
  }
}

/** Writes the fields of one object; what it holds may be deferred again. */
function writePart(
  first: Completion,
  { object, part }: Announced,
  shownErrors: number,
): { readonly result: ResultPart; readonly inner: readonly Announced[] } {
  const { state } = first;
  const path = [...object.path];
  const completion: Completion = {
    ...first,
    out: [],
    isPlain: state.isPlain,
    path,
    errors: [],
    deferred: [],
  };
  const completed = object.complete(completion);
  reportLoose(completion, shownErrors);
  const inner = completed === WRITTEN ? completion.deferred.map(announce) : [];
  return {
    result: {
      part,
      text: completed === WRITTEN ? completion.out : undefined,
      errors: completion.errors,
      pending: inner.map((one) => one.part),
    },
    inner,
  };
}
