import type { FastifyRequest } from 'fastify';
import { GraphQLError, Kind, getOperationAST, parse, type DocumentNode, type OperationTypeNode } from 'graphql';
import { catalogueError } from '../../../errors.ts';
import { readExplainMode, type ExplainMode } from '../../../pipeline.ts';
import type { DocumentLimits } from '../refuse-nesting.ts';

/** An operation a client may want as a stream, read but not validated. */
export interface StreamRequest {
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly explain: ExplainMode | undefined;
  /** Absent where the document does not say which operation is meant: the pipeline refuses it. */
  readonly kind: OperationTypeNode | undefined;
  /** Why the text is no GraphQL; then the document is empty. */
  readonly refused: GraphQLError | undefined;
}

/** What GraphQL over HTTP calls the parameters of a request (§5.3, §5.4). */
export interface GraphqlParameters {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** The parameters of a POST's body, or of a GET's query string. */
export function parametersOf({ method, body, query }: FastifyRequest): GraphqlParameters {
  if (method !== 'GET') return toObject(body);
  const { variables, extensions, ...rest } = toObject(query);
  return { ...rest, variables: parseParameter(variables), extensions: parseParameter(extensions) };
}

/** Reads the parameters of an operation; throws BAD_REQUEST. */
export function readStreamRequest(
  { query, operationName, variables, extensions }: GraphqlParameters,
  { maxTokens }: DocumentLimits,
): StreamRequest {
  const isNamed = operationName === undefined || operationName === null || typeof operationName === 'string';
  const isGiven = variables === undefined || variables === null || isObject(variables);
  if (typeof query !== 'string' || !isNamed || !isGiven) throw catalogueError('BAD_REQUEST');
  const read = parseDocument(query, maxTokens);
  const document = read instanceof GraphQLError ? emptyDocument : read;
  return {
    document,
    ...(typeof operationName === 'string' ? { operationName } : {}),
    variables: isObject(variables) ? variables : {},
    explain: readExplainMode(extensions),
    kind: getOperationAST(document, operationName)?.operation,
    refused: read instanceof GraphQLError ? read : undefined,
  };
}

const emptyDocument: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

function parseDocument(query: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, nodes, source, positions } = error;
    return new GraphQLError(message, {
      nodes: nodes ?? null,
      source: source ?? null,
      positions: positions ?? null,
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
  }
}

/** In a query string, objects are JSON text. */
function parseParameter(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    throw catalogueError('BAD_REQUEST');
  }
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
