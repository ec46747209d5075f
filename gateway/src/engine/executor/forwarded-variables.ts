import type { PreparedOperation } from '../planner/prepared-operation.ts';

/** What the variables of a subgraph's request are taken from. */
interface ClientVariables {
  readonly compiled: { readonly prepared: PreparedOperation };
  /** What the client sent. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The client's variables a fetch uses, as JSON; a variable the client left out stays out, so that defaults apply. */
export function forwarded(run: ClientVariables, names: readonly string[]): string[] {
  const members: string[] = [];
  for (const name of names) {
    const value = run.variables[clientVariable(run, name)];
    if (value !== undefined) members.push(asMember([name, value]));
  }
  return members;
}

/** The client's name of a variable. */
export function clientVariable({ compiled }: Pick<ClientVariables, 'compiled'>, name: string): string {
  return compiled.prepared.operation.renamedVariables.get(name) ?? name;
}

/** A member of a JSON object; names of variables need no escaping. */
export const asMember = ([name, value]: readonly [string, unknown]): string => `"${name}":${JSON.stringify(value)}`;

/** A member of it that is a list of texts. */
export const listMember = (name: string, items: readonly string[]): string => `"${name}":[${items.join(',')}]`;
