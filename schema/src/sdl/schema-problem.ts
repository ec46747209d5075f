import { getLocation } from 'graphql';
import type { ASTNode } from 'graphql';

/** Something wrong in authored SDL, and where. */
export interface SchemaProblem {
  readonly message: string;
  /** `subgraphs/institutions/schema/places.graphql:12`, when a place is known. */
  readonly place?: string;
}

/** Thrown when SDL cannot be used; carries every problem that was found, not only the first. */
export class SchemaProblems extends Error {
  readonly problems: readonly SchemaProblem[];

  constructor(problems: readonly SchemaProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'SchemaProblems';
    this.problems = problems;
  }
}

/** Builds a problem that points at the file and line of a syntax node. */
export function problemAt(node: ASTNode | undefined, message: string): SchemaProblem {
  const place = placeOf(node);
  return place === undefined ? { message } : { message, place };
}

/** `file:line` of a syntax node, or undefined for generated syntax. */
export function placeOf(node: ASTNode | undefined): string | undefined {
  const loc = node?.loc;
  if (loc === undefined) return undefined;
  return `${loc.source.name}:${getLocation(loc.source, loc.start).line}`;
}

/** One line for people: `file:line  message`. */
export function describeProblem(problem: SchemaProblem): string {
  return problem.place === undefined ? problem.message : `${problem.place}  ${problem.message}`;
}

/** Throws all problems together when there are any. */
export function throwProblems(problems: readonly SchemaProblem[]): void {
  if (problems.length > 0) throw new SchemaProblems(problems);
}
