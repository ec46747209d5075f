import type { FastifyRequest } from 'fastify';
import { type DocumentNode, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../../pipeline.ts';

/** A request of which Apollo Server has read the like before. */
export interface UsualRequest {
  readonly operation: Omit<Operation, 'schema'>;
  /** Media type of the answer. */
  readonly contentType: string;
}

/** What Apollo Server made of requests: the same is made of the next ones without it. */
export interface UsualRequests {
  /** Reads a request, where everything about it is known; `undefined` where Apollo Server has to see it. */
  find(request: FastifyRequest): UsualRequest | undefined;
  /** Keeps how Apollo Server read the text of a request that it answered with data, and the media type it chose. */
  remember(request: FastifyRequest, document: DocumentNode, contentType: string): void;
}

/** Texts kept at most, and their characters: a document takes some 100 bytes of memory per character. */
const texts = { max: 2_000, maxSize: 300_000 } as const;

/** Accept headers kept at most; clients have few, and longer ones are none of theirs. */
const headers = { max: 100, longest: 400 } as const;

/**
 * Makes a memory of what is usual: a POST whose text was asked before, whose accept header was seen before, and which has
 * nothing beside its variables and the operation's name (GraphQL over HTTP §5.4). What is not, be it a mistake or an
 * extension, is for Apollo Server.
 */
export function createUsualRequests(): UsualRequests {
  const documents = new LRUCache<string, DocumentNode>({
    ...texts,
    sizeCalculation: (_document, text) => text.length,
  });
  const contentTypes = new LRUCache<string, string>({ max: headers.max });
  return {
    find({ method, body, headers: { accept = '' } }) {
      if (method !== 'POST' || !isObject(body)) return undefined;
      const { query, operationName, variables, extensions } = body;
      if (typeof query !== 'string' || (extensions !== undefined && extensions !== null)) return undefined;
      if (!isAbsentOr(isText, operationName) || !isAbsentOr(isObject, variables)) return undefined;
      const document = documents.get(query);
      const contentType = contentTypes.get(accept);
      if (document === undefined || contentType === undefined) return undefined;
      const definition = getOperationAST(document, operationName);
      if (!definition) return undefined;
      const named = definition.name ? { operationName: definition.name.value } : {};
      return { operation: { document, variables: variables ?? {}, ...named }, contentType };
    },
    remember({ method, body, headers: { accept = '' } }, document, contentType) {
      if (method !== 'POST' || !isObject(body) || typeof body['query'] !== 'string') return;
      documents.set(body['query'], document);
      if (accept.length <= headers.longest) contentTypes.set(accept, contentType);
    },
  };
}

function isAbsentOr<T>(isWanted: (value: unknown) => value is T, value: unknown): value is T | null | undefined {
  return value === undefined || value === null || isWanted(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
