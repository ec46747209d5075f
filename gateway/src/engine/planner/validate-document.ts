import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { countSelections } from './count-selections.ts';
import { withCode } from './invalid-operation-error.ts';
import { type OperationLimits, tooCostly, tooManySelections } from './operation-limits.ts';

/** What graphql-js says when comparing the document's fields with each other (GraphQL §5.3.2) takes too long. */
const aborted = 'Validation aborted.';

/**
 * Validates a document (GraphQL §5); gives its errors, a hundred at most. One that selects too much is refused before: some
 * rules compare every selection with every other.
 */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  { maxSelections }: OperationLimits,
): readonly GraphQLError[] {
  const { selections, definition } = countSelections(document);
  if (selections > maxSelections) return [tooManySelections(maxSelections, definition)];
  const errors = validate(schema, document);
  if (errors.some(({ message }) => message === aborted)) return [tooManyComparisons()];
  return errors.map(withCode('GRAPHQL_VALIDATION_FAILED'));
}

const tooManyComparisons = (): GraphQLError =>
  tooCostly(
    'Too many fields of the document have the same name in the answer and would have to be compared with each other.',
    '文档中应答名称相同、须逐一比较的字段过多。',
  );
