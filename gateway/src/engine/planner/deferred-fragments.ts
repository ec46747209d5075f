import { type ArgumentNode, type InlineFragmentNode, Kind } from 'graphql';
import type { DeferredFragment } from './client-operation.ts';

/** Reads `@defer` of a fragment; `undefined` where there is none, or where it never holds. */
export function readDefer({ directives = [] }: InlineFragmentNode, id: string): DeferredFragment | undefined {
  const defer = directives.find(({ name }) => name.value === 'defer');
  if (!defer) return undefined;
  const valueOf = (name: string) => defer.arguments?.find((given) => given.name.value === name)?.value;
  const [label, condition] = [valueOf('label'), valueOf('if')];
  if (condition?.kind === Kind.BOOLEAN && !condition.value) return undefined;
  return {
    id,
    label: label?.kind === Kind.STRING ? label.value : undefined,
    variable: condition?.kind === Kind.VARIABLE ? condition.name.value : undefined,
  };
}

/** The fragment as it is planned: its `@defer` with the id in place of the client's label, or without one. */
export function withDefer(node: InlineFragmentNode, deferred: DeferredFragment | undefined): InlineFragmentNode {
  const directives = (node.directives ?? []).filter(({ name }) => name.value !== 'defer');
  if (!deferred) return { ...node, directives };
  const argumentNodes: ArgumentNode[] = [argument('label', { kind: Kind.STRING, value: deferred.id })];
  if (deferred.variable !== undefined) {
    argumentNodes.push(argument('if', { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: deferred.variable } }));
  }
  const defer = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' }, arguments: argumentNodes } as const;
  return { ...node, directives: [...directives, defer] };
}

function argument(name: string, value: ArgumentNode['value']): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value };
}
