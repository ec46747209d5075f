import { channel } from 'node:diagnostics_channel';
import { isErrorCode, toClientError } from '@hutong/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

export { catalogueError, errorCatalogue, isErrorCode } from '@hutong/schema';

/** Published on `hutong:error` for every fault whose cause the caller is not told; same channel as the subgraphs'. */
export interface FaultEvent {
  readonly requestId?: string;
  readonly subgraph: string;
  readonly cause: unknown;
}

const faults = channel('hutong:error');

/** Tells the log of a fault. */
export function publishFault(event: FaultEvent): void {
  faults.publish(event);
}

/** How far the sources of the graph are trusted to word errors for callers. */
export interface ErrorPolicy {
  /** True for somebody else's graph: its subgraphs' own codes and messages pass. Ours use the catalogue. */
  readonly passForeignErrors: boolean;
}

/** Codes that accuse the sender of a subgraph request: there the sender is the gateway, so the fault is internal. */
const gatewayFaults: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'ROUTE_NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** Turns an error of an operation into what the caller may see; keeps where it happened (GraphQL §7.1.2). */
export function presentError(error: unknown, policy: ErrorPolicy): GraphQLFormattedError {
  const place = placeOf(error);
  const subgraph = subgraphOf(error);
  const named = subgraph === undefined ? {} : { subgraph };
  if (error instanceof GraphQLError && subgraph !== undefined) {
    const { code } = error.extensions;
    if (policy.passForeignErrors && !isEngineCode(code)) {
      return { message: error.message, ...place, extensions: withoutTraces(error.extensions) };
    }
    if (typeof code === 'string' && gatewayFaults.has(code)) {
      const internal = toClientError(undefined);
      return { message: internal.message, ...place, extensions: { ...internal.extensions, ...named } };
    }
  }
  const { message, extensions } = toClientError(error);
  return { message, ...place, extensions: { ...extensions, ...named } };
}

/** Tells whether only the log can say what happened: the caller is not told, and no subgraph has logged it already. */
export function isUnexplained(error: unknown, presented: GraphQLFormattedError): boolean {
  if (presented.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return false;
  const loggedThere = error instanceof GraphQLError && error.extensions['code'] === 'INTERNAL_SERVER_ERROR';
  return subgraphOf(error) === undefined || !loggedThere;
}

/** The subgraph an error comes from, if it comes from one. */
export function subgraphOf(error: unknown): string | undefined {
  const name = error instanceof GraphQLError ? error.extensions['subgraph'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** An answer that refuses the whole request, for doors and errors outside GraphQL. */
export function refusal(error: unknown, requestId: string): { readonly errors: readonly GraphQLFormattedError[] } {
  const { message, extensions } = toClientError(error);
  return { errors: [{ message, extensions: { ...extensions, requestId } }] };
}

function placeOf(error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  return {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  };
}

function isEngineCode(code: unknown): boolean {
  return isErrorCode(code) && (code.startsWith('SUBGRAPH_') || code.startsWith('REQUEST_'));
}

function withoutTraces(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { stacktrace: _stack, exception: _exception, ...rest } = extensions;
  return { code: 'INTERNAL_SERVER_ERROR', ...rest };
}
