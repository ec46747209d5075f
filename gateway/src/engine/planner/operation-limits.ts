import { type ASTNode, GraphQLError } from 'graphql';

/** What one operation may ask; planning takes about a millisecond a selection, and its own stack for each level. */
export interface OperationLimits {
  /** Selection sets in each other, fragments among them. */
  readonly maxDepth: number;
  /** Fields and fragments, each where it is used. */
  readonly maxSelections: number;
  /** Requests to subgraphs. */
  readonly maxFetches: number;
}

/** For graphs whose clients are known: only what no honest operation has is refused. */
export const wideLimits: OperationLimits = { maxDepth: 500, maxSelections: 100_000, maxFetches: 100_000 };

/** The refusal of an operation beyond a limit; the code is of the error catalogue. */
export function tooCostly(message: string, messageZh: string, nodes?: ASTNode): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'QUERY_TOO_COSTLY', messageZh } });
}

/** The refusal of an operation that selects more than it may. */
export function tooManySelections(maxSelections: number, node: ASTNode | undefined): GraphQLError {
  return tooCostly(
    `The operation has more than ${maxSelections} selections.`,
    `操作选取的字段超过 ${maxSelections} 个。`,
    node,
  );
}
