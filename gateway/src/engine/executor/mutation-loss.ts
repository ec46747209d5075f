import { OperationTypeNode, isNonNullType } from 'graphql';
import type { ClientOperation, ClientSelection } from '../planner/client-operation.ts';
import type { FetchNode } from '../planner/query-plan.ts';
import type { Place } from './place.ts';

/** Whether a mutation that may not be null is, once a fetch of mutations is over: then no later one runs (GraphQL §6.4.4). */
export type MutationLoss = (fetch: FetchNode, root: Place, slot: number) => boolean;

/** Reads which mutations of an operation may not be null. */
export function createMutationLoss({ kind, rootType, selections }: ClientOperation): MutationLoss {
  if (kind !== OperationTypeNode.MUTATION) return () => false;
  const fields = rootType.getFields();
  const required = new Set(
    alwaysAsked(selections).flatMap(({ name, key }) => (isNonNullType(fields[name]?.type) ? [key] : [])),
  );
  return ({ operationKind, answers }, root, slot) => {
    if (operationKind !== OperationTypeNode.MUTATION) return false;
    const answer = root.slots[slot];
    return [...answers.keys()].some((key) => required.has(key) && (answer?.[key] ?? null) === null);
  };
}

function alwaysAsked(
  selections: readonly ClientSelection[],
): readonly { readonly name: string; readonly key: string }[] {
  return selections.flatMap((selection) => {
    if (selection.conditions.length > 0) return [];
    return selection.kind === 'Fragment' ? alwaysAsked(selection.selections) : [selection];
  });
}
