import { type FieldNode, GraphQLError } from 'graphql';
import type { ClientOperation, DeferredFragment } from '../planner/client-operation.ts';
import type { Slices as CompletionSlices } from './in-turns.ts';
import { type ResponsePath, continueClientPath, toClientPath } from './client-path.ts';
import { type Place, isAnsweredNull, pathOfPlace } from './place.ts';
import { type ErrorReport, type LocatedError, type ResponseState, errorsBehind } from './response-state.ts';

/** The value stands in the text. */
export const WRITTEN = 0;
/** Nothing is written: it is a null whose error is reported, or one that a subgraph said. */
export const FAILED = 1;
/** Nothing is written: a null where none may stand, so the parent becomes null (GraphQL §6.4.4). */
export const PROPAGATE = 2;

/** What completing a value came to. */
export type Completed = typeof WRITTEN | typeof FAILED | typeof PROPAGATE;

/** The same, with a pause now and then in which others have their turn. */
export type Slices = CompletionSlices<Completed>;

/** Completes something at once, or, for what is large, in slices. */
export interface Completer<Arguments extends readonly unknown[]> {
  (completion: Completion, ...value: Arguments): Completed;
  /** Absent where there is never much to write. */
  readonly inSlices?: (completion: Completion, ...value: Arguments) => Slices;
}

/** Both ways to complete one thing. */
export function inBothWays<Arguments extends readonly unknown[]>(
  complete: (completion: Completion, ...value: Arguments) => Completed,
  inSlices: (completion: Completion, ...value: Arguments) => Slices,
): Completer<Arguments> {
  return Object.assign(complete, { inSlices });
}

/** Completes in slices what can be. */
export function* sliced<Arguments extends readonly unknown[]>(
  complete: Completer<Arguments>,
  completion: Completion,
  ...value: Arguments
): Slices {
  return complete.inSlices ? yield* complete.inSlices(completion, ...value) : complete(completion, ...value);
}

/** One pass over the answers: the text so far, the way to the field at hand, and the errors found so far. */
export interface Completion {
  readonly operation: ClientOperation;
  readonly state: ResponseState;
  /** Pieces of JSON text. */
  readonly out: string[];
  /** There were so many that some had to be joined. */
  isLarge: boolean;
  /** Strings of the answers may be written between quotes as they are. */
  readonly isPlain: boolean;
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  /** What of the objects in the text comes later. */
  readonly deferred: DeferredObject[];
  readonly reported: Set<ErrorReport>;
  /** Answers `__schema` and `__type`. */
  readonly introspect: (nodes: readonly FieldNode[], responseName: string) => unknown;
}

/** An object that is written, and whose fields of one fragment come later. */
export interface DeferredObject {
  readonly fragment: DeferredFragment;
  readonly path: ResponsePath;
  /** Writes those fields, as an object. */
  readonly complete: (completion: Completion) => Completed;
}

/** Takes back what was written since, for a null may not stand in it: neither has it fields that come later. */
export function undo({ deferred, out, path }: Completion, start: number): typeof FAILED {
  out.length = start;
  if (deferred.length === 0) return FAILED;
  const kept = deferred.filter((object) => !path.every((step, index) => object.path[index] === step));
  deferred.splice(0, deferred.length, ...kept);
  return FAILED;
}

/** Reports the errors behind a null, once each; whether there were any. */
export function reportAll(completion: Completion, errors: readonly LocatedError[]): boolean {
  if (errors.length === 0) return false;
  const { operation, path } = completion;
  const seen = new Set<ErrorReport>();
  for (const { report, rest } of errors) {
    if (seen.has(report)) continue;
    seen.add(report);
    completion.reported.add(report);
    pushError(completion, report, continueClientPath(operation.selections, [...path], rest));
  }
  return true;
}

/** Reports that a subgraph's answer does not fit the field at hand. */
export function reportInvalid(completion: Completion, subgraph: string | undefined, message: string): void {
  const extensions = { code: 'SUBGRAPH_INVALID_RESPONSE', ...(subgraph === undefined ? {} : { subgraph }) };
  pushError(completion, { message, extensions }, [...completion.path]);
}

/**
 * Explains the null of a placed field: by the errors behind it; not at all if a subgraph said null; else by an error of
 * its own. Gives whether there is an error.
 */
export function explainNullAtPlace(completion: Completion, place: Place, key: string, fieldName: string): boolean {
  const indexes = trailingIndexes(completion.path);
  if (reportAll(completion, errorsBehind(completion.state, place, key, indexes))) return true;
  if (isAnsweredNull(place, key, indexes)) return false;
  reportInvalid(completion, undefined, `No subgraph gave a value for ${fieldName}.`);
  return true;
}

function trailingIndexes(path: ResponsePath): readonly number[] {
  const indexes: number[] = [];
  for (const step of path.toReversed()) {
    if (typeof step === 'string') break;
    indexes.unshift(step);
  }
  return indexes;
}

/**
 * Reports the errors that explain no null: those without a path, those whose path goes astray, and those beside a value
 * the client asked for. So many of them were reported before.
 */
export function reportLoose(completion: Completion, known = 0): void {
  const { operation, reported, state } = completion;
  for (const { report, at } of state.loose.slice(known)) {
    if (!at && !reported.has(report)) pushError(completion, report, []);
    if (at) {
      const keys = [...pathOfPlace(at.place), ...at.path];
      const path = toClientPath(operation.selections, keys);
      if (at.isAstray || path.length === keys.length) pushError(completion, report, path);
    }
    reported.add(report);
  }
}

function pushError({ errors }: Completion, { message, extensions }: ErrorReport, path: ResponsePath): void {
  errors.push(new GraphQLError(message, { extensions, ...(path.length > 0 ? { path } : {}) }));
}
