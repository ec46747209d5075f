import type { Caller } from '@hutong/schema';
import { catalogueError } from '../../errors.ts';
import type { Persona } from '../personas.ts';

/** Header by which a demo request says which persona is asking. */
export const personaHeader = 'x-hutong-persona';

/** Headers of a request, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Says who is asking; throws UNAUTHENTICATED. No caller: the graph declares no policy, everybody may ask. */
export type Authentication = (headers: RequestHeaders) => Caller | undefined;

/** Authentication of a graph that needs none (`--supergraph FILE`). */
export const openAuthentication: Authentication = () => undefined;

/** Authentication by demo personas; a request that names nobody is the first one's. */
export function createDemoAuthentication(personas: readonly Persona[]): Authentication {
  const callers = new Map(personas.map(({ id, caller }) => [id, caller]));
  return (headers) => {
    const named = headers[personaHeader] ?? personas[0]?.id;
    const caller = typeof named === 'string' ? callers.get(named.trim()) : undefined;
    if (caller !== undefined) return caller;
    const known = [...callers.keys()].join(', ');
    throw catalogueError('UNAUTHENTICATED', {
      message: `No such persona. The header ${personaHeader} takes one of: ${known}.`,
      messageZh: `没有该演示身份。请求头 ${personaHeader} 可填：${known}。`,
    });
  };
}
