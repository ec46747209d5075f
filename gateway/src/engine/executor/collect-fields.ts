import type { FieldNode } from 'graphql';
import type { ClientField, ClientFragment, ClientSelection, InclusionCondition } from '../planner/client-operation.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';

/** One field of a response object: everything the operation asks under one response name. */
export interface CollectedField {
  readonly field: ClientField;
  readonly selections: readonly ClientSelection[];
  readonly nodes: readonly FieldNode[];
}

/** The variables of `@skip` and `@include` that are true. */
export type TrueVariables = ReadonlySet<string>;

/** Fields of an object of a type, in order (GraphQL §6.3.2 CollectFields). */
export function collectFields(
  selections: readonly ClientSelection[],
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): readonly CollectedField[] {
  const grouped = new Map<string, ClientField[]>();
  collect(selections, typeName, types, variables, grouped);
  return [...grouped.values()].flatMap((fields) => {
    const [field] = fields;
    if (!field) return [];
    return [
      { field, selections: fields.flatMap((same) => same.selections ?? []), nodes: fields.map(({ node }) => node) },
    ];
  });
}

/** A fragment whose fields come later, and when it was found to be one. */
export type DeferredFields = ClientFragment & { readonly deferred: NonNullable<ClientFragment['deferred']> };

/** Fragments of an object of a type whose fields come later: those that `collectFields` leaves out. */
export function collectDeferred(
  selections: readonly ClientSelection[],
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): readonly DeferredFields[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field' || !applies(selection, typeName, types, variables)) return [];
    return isDeferred(selection, variables)
      ? [selection]
      : collectDeferred(selection.selections, typeName, types, variables);
  });
}

function applies(
  { conditions, typeCondition }: ClientFragment,
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): boolean {
  if (typeCondition !== undefined && !types.includes(typeCondition, typeName)) return false;
  return conditions.every((condition) => holds(condition, variables));
}

function isDeferred(fragment: ClientFragment, variables: TrueVariables): fragment is DeferredFields {
  const { deferred } = fragment;
  return deferred !== undefined && (deferred.variable === undefined || variables.has(deferred.variable));
}

/** Whether what is asked of an interface depends on the object type behind it. */
export function needsObjectType(
  selections: readonly ClientSelection[],
  interfaceName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): boolean {
  return selections.some((selection) => {
    if (!selection.conditions.every((condition) => holds(condition, variables))) return false;
    if (selection.kind === 'Field') return selection.name === '__typename';
    const { typeCondition } = selection;
    if (typeCondition !== undefined && !types.includes(typeCondition, interfaceName)) {
      return hasFields(selection.selections, variables);
    }
    return needsObjectType(selection.selections, interfaceName, types, variables);
  });
}

function hasFields(selections: readonly ClientSelection[], variables: TrueVariables): boolean {
  return selections.some(
    (selection) =>
      selection.conditions.every((condition) => holds(condition, variables)) &&
      (selection.kind === 'Field' || hasFields(selection.selections, variables)),
  );
}

function collect(
  selections: readonly ClientSelection[],
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
  into: Map<string, ClientField[]>,
): void {
  for (const selection of selections) {
    if (!selection.conditions.every((condition) => holds(condition, variables))) continue;
    switch (selection.kind) {
      case 'Field': {
        const known = into.get(selection.responseName);
        if (known) known.push(selection);
        else into.set(selection.responseName, [selection]);
        break;
      }
      case 'Fragment':
        if (applies(selection, typeName, types, variables) && !isDeferred(selection, variables)) {
          collect(selection.selections, typeName, types, variables, into);
        }
        break;
    }
  }
}

function holds({ wanted, value }: InclusionCondition, variables: TrueVariables): boolean {
  return (typeof value === 'boolean' ? value : variables.has(value.variable)) === wanted;
}
