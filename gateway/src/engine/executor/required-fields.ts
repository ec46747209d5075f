import type { InclusionCondition } from '../planner/inclusion-conditions.ts';
import type { RequiredSelection } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { ValueType } from '../supergraph/value-types.ts';
import { isJsonObject } from './json.ts';
import type { Position } from './response-layout.ts';

/** What is known of the types of required fields. */
export type RequiredTypes = Pick<Supergraph, 'possibleTypes' | 'valueTypes'>;

/** Fields required of an object of one type. */
export interface RequiredField {
  readonly key: string;
  readonly inner: Shape | undefined;
  /** Of its value; `undefined` where it is not known. */
  readonly type: ValueType | undefined;
  /**
   * Conditions under which somebody was asked for it, one of these lists wholly. Where none holds, the client's `@skip` or
   * `@include` left it out with the field that requires it, or it is required of another type only: planners put all such
   * fields into one fetch.
   */
  readonly askedUnder: readonly (readonly InclusionCondition[])[];
}

/** Required fields by `__typename`; by the empty name those required whatever the type. */
export type Shape = (typeName: string) => readonly RequiredField[];

/** Compiles what a fetch, or a field of it, requires of the objects at a position. */
export function compileRequiredFields(
  selections: readonly RequiredSelection[],
  required: RequiredTypes,
  position: Position | undefined,
  declaredType = '',
): Shape {
  const { possibleTypes: types, valueTypes } = required;
  const byType = new Map<string, readonly RequiredField[]>();
  return (typeName) => {
    const known = byType.get(typeName);
    if (known) return known;
    const collected = new Map<string, CollectedField>();
    collectFields(selections, typeName, types, collected);
    const fields = [...collected].map(([key, { name, inner }]): RequiredField => {
      const childIndex = position?.childIndexes.get(key);
      const child = childIndex === undefined ? undefined : position?.children[childIndex];
      const askedUnder = position === undefined ? always : conditionsOfAsking(position, key, typeName, types);
      const type = valueTypes(typeName === '' ? declaredType : typeName, name);
      return {
        key,
        askedUnder,
        type,
        inner: inner && compileRequiredFields(inner, required, child, declaredTypeOf(type)),
      };
    });
    byType.set(typeName, fields);
    return fields;
  };
}

/** A required field, and everything that is required below it. */
interface CollectedField {
  readonly name: string;
  readonly inner: readonly RequiredSelection[] | undefined;
}

function declaredTypeOf(type: ValueType | undefined): string | undefined {
  switch (type?.kind) {
    case 'List':
      return declaredTypeOf(type.item);
    case 'Object':
      return type.name;
    case 'Leaf':
    case undefined:
      return undefined;
  }
}

/** Under one condition list that is empty. */
export const always: RequiredField['askedUnder'] = [[]];

function conditionsOfAsking(
  position: Position,
  key: string,
  typeName: string,
  types: PossibleTypes,
): RequiredField['askedUnder'] {
  const mayBe = (condition: string): boolean => typeName === '' || types.includes(condition, typeName);
  const askings = position.askedByKey.get(key) ?? [];
  return askings.filter((asking) => asking.types.every(mayBe)).map(({ conditions }) => conditions);
}

function collectFields(
  selections: readonly RequiredSelection[],
  typeName: string,
  types: PossibleTypes,
  into: Map<string, CollectedField>,
): void {
  for (const selection of selections) {
    switch (selection.kind) {
      case 'Field': {
        const { key, name, selections: inner } = selection;
        into.set(key, { name, inner: inner && [...(into.get(key)?.inner ?? []), ...inner] });
        break;
      }
      case 'Fragment':
        if (selection.typeCondition === undefined || types.includes(selection.typeCondition, typeName)) {
          collectFields(selection.selections, typeName, types, into);
        }
        break;
    }
  }
}

/** Whether a value that is not null may stand where this type is. */
export function fits(value: unknown, type: ValueType | undefined): boolean {
  switch (type?.kind) {
    case 'List':
      return Array.isArray(value);
    case 'Object':
      return isJsonObject(value);
    case 'Leaf':
      return type.isValue(value);
    case undefined:
      return true;
  }
}

/** A list's field as its items are read. */
export function itemOf(field: RequiredField): RequiredField {
  return field.type?.kind === 'List' ? { ...field, type: field.type.item } : field;
}
