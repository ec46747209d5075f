import { type FieldNode, GraphQLError } from 'graphql';
import type { ClientOperation } from '../planner/client-operation.ts';
import { type ResponsePath, continueClientPath, toClientPath } from './client-path.ts';
import { type Place, isAnsweredNull, pathOfPlace } from './place.ts';
import { type ErrorReport, type LocatedError, type ResponseState, errorsBehind } from './response-state.ts';

/** A null whose error is reported. */
export const FAILED = Symbol('null with its error');
/** A null where none may stand: the parent becomes null (GraphQL §6.4.4). */
export const PROPAGATE = Symbol('null for the parent');

/** One pass over the answers: the way to the field at hand, and the errors found so far. */
export interface Completion {
  readonly operation: ClientOperation;
  readonly state: ResponseState;
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  readonly reported: Set<ErrorReport>;
  /** Answers `__schema` and `__type`. */
  readonly introspect: (nodes: readonly FieldNode[], responseName: string) => unknown;
}

/** Reports the errors behind a null, once each; `FAILED` if there were any. */
export function reportAll(completion: Completion, errors: readonly LocatedError[]): typeof FAILED | null {
  if (errors.length === 0) return null;
  const { operation, path } = completion;
  const seen = new Set<ErrorReport>();
  for (const { report, rest } of errors) {
    if (seen.has(report)) continue;
    seen.add(report);
    completion.reported.add(report);
    pushError(completion, report, continueClientPath(operation.selections, [...path], rest));
  }
  return FAILED;
}

/** Reports that a subgraph's answer does not fit the field at hand. */
export function reportInvalid(completion: Completion, subgraph: string | undefined, message: string): typeof FAILED {
  const extensions = { code: 'SUBGRAPH_INVALID_RESPONSE', ...(subgraph === undefined ? {} : { subgraph }) };
  pushError(completion, { message, extensions }, [...completion.path]);
  return FAILED;
}

/** The null of a placed field: with the errors behind it, alone if a subgraph said null, else with an error of its own. */
export function nullAtPlace(
  completion: Completion,
  place: Place,
  key: string,
  fieldName: string,
): typeof FAILED | null {
  const indexes = trailingIndexes(completion.path);
  const reported = reportAll(completion, errorsBehind(completion.state, place, key, indexes));
  if (reported !== null || isAnsweredNull(place, key, indexes)) return reported;
  return reportInvalid(completion, undefined, `No subgraph gave a value for ${fieldName}.`);
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
 * the client asked for.
 */
export function reportLoose(completion: Completion): void {
  const { operation, reported, state } = completion;
  for (const { report, at } of state.loose) {
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
