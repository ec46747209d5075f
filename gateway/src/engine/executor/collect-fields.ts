import type { FieldNode } from 'graphql';
import type { ClientField, ClientFragment, ClientSelection, DeferredFragment } from '../planner/client-operation.ts';
import type { InclusionCondition } from '../planner/inclusion-conditions.ts';
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

/** Fields of an object that come later. */
export interface DeferredFields {
  readonly fragment: DeferredFragment;
  readonly selections: readonly ClientSelection[];
}

/**
 * Fragments of an object of a type whose fields come later: those that `collectFields` leaves out. An interface stands
 * for itself where nobody has said yet which object type it is: then they are all that may apply, each with the type
 * conditions that will decide whether it does.
 */
export function collectDeferred(
  selections: readonly ClientSelection[],
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): readonly DeferredFields[] {
  return selections.flatMap((selection): readonly DeferredFields[] => {
    if (selection.kind === 'Field' || !isThere(selection, variables)) return [];
    const { typeCondition, deferred, selections: inner } = selection;
    const isCertain = typeCondition === undefined || types.includes(typeCondition, typeName);
    if (!isCertain && !types.overlap(typeCondition, typeName)) return [];
    const found =
      deferred && isDeferred(selection, variables)
        ? [{ fragment: deferred, selections: inner }]
        : collectDeferred(inner, typeName, types, variables);
    if (isCertain) return found;
    return found.map(({ fragment, selections: later }) => ({
      fragment,
      selections: [{ ...selection, deferred: undefined, selections: later }],
    }));
  });
}

function applies(
  { conditions, typeCondition }: ClientFragment,
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): boolean {
  if (typeCondition !== undefined && !types.includes(typeCondition, typeName)) return false;
  return isThere({ conditions }, variables);
}

/** Whether `@skip` and `@include` leave a selection in. */
function isThere({ conditions }: Pick<ClientSelection, 'conditions'>, variables: TrueVariables): boolean {
  return conditions.every((condition) => isMet(condition, (variable) => variables.has(variable)));
}

function isDeferred({ deferred }: ClientFragment, variables: TrueVariables): boolean {
  return deferred !== undefined && (deferred.variable === undefined || variables.has(deferred.variable));
}

/** Whether what is asked of an interface, and does not come later, depends on the object type behind it. */
export function needsObjectType(
  selections: readonly ClientSelection[],
  interfaceName: string,
  types: PossibleTypes,
  variables: TrueVariables,
): boolean {
  return selections.some((selection) => {
    if (!isThere(selection, variables)) return false;
    if (selection.kind === 'Field') return selection.name === '__typename';
    if (isDeferred(selection, variables)) return false;
    const { typeCondition } = selection;
    if (typeCondition !== undefined && !types.includes(typeCondition, interfaceName)) {
      return hasFields(selection.selections, variables);
    }
    return needsObjectType(selection.selections, interfaceName, types, variables);
  });
}

function hasFields(selections: readonly ClientSelection[], variables: TrueVariables): boolean {
  return selections.some((selection) => {
    if (!isThere(selection, variables)) return false;
    if (selection.kind === 'Field') return true;
    return !isDeferred(selection, variables) && hasFields(selection.selections, variables);
  });
}

function collect(
  selections: readonly ClientSelection[],
  typeName: string,
  types: PossibleTypes,
  variables: TrueVariables,
  into: Map<string, ClientField[]>,
): void {
  for (const selection of selections) {
    if (!isThere(selection, variables)) continue;
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

/** Whether a condition is met, where these variables are true. */
export function isMet({ wanted, value }: InclusionCondition, isTrue: (variable: string) => boolean): boolean {
  return (typeof value === 'boolean' ? value : isTrue(value.variable)) === wanted;
}
