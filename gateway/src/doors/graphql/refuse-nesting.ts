import { catalogueError } from '../../errors.ts';
import { nestingOf } from './nesting.ts';

/** What a document may be, to be read at all. */
export interface DocumentLimits {
  readonly maxTokens: number;
  /** Brackets of arguments stand between selection sets, so they may stand twice as deep. */
  readonly maxDepth: number;
}

/** Refuses a text so deep that parsing and validating it might exhaust the stack, before either starts. */
export function refuseNesting(sources: readonly unknown[], { maxDepth }: DocumentLimits): void {
  const maxNesting = 2 * maxDepth;
  for (const source of sources) {
    const text: unknown = typeof source === 'object' && source !== null && 'query' in source ? source.query : undefined;
    if (typeof text !== 'string' || nestingOf(text) <= maxNesting) continue;
    throw catalogueError('QUERY_TOO_COSTLY', {
      message: `The brackets of the document stand more than ${maxNesting} levels deep.`,
      messageZh: `文档的括号嵌套超过 ${maxNesting} 层。`,
    });
  }
}
