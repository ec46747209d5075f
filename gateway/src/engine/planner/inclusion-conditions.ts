import { Kind, type SelectionNode } from 'graphql';

/** `@skip` or `@include`: the selection is there only if the value is `wanted`. */
export interface InclusionCondition {
  readonly wanted: boolean;
  readonly value: boolean | { readonly variable: string };
}

/** What `@skip` and `@include` of a selection say; all of it must hold for the selection to be there. */
export function inclusionConditionsOf({ directives = [] }: SelectionNode): readonly InclusionCondition[] {
  return directives.flatMap(({ name, arguments: given }): readonly InclusionCondition[] => {
    if (name.value !== 'skip' && name.value !== 'include') return [];
    const wanted = name.value === 'include';
    const value = given?.[0]?.value;
    if (value?.kind === Kind.VARIABLE) return [{ wanted, value: { variable: value.name.value } }];
    return value?.kind === Kind.BOOLEAN ? [{ wanted, value: value.value }] : [];
  });
}
