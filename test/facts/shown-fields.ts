import type { ExecutionEvent } from '@hutong/kit';
import {
  getNamedType,
  getOperationAST,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type SelectionSetNode,
} from 'graphql';

/** A field that an answer showed, and the field of Query or Mutation it was asked through: schema coordinates. */
export interface ShownField {
  /** `Mutation.createReferral`, `Query.institutions`. */
  readonly operation: string;
  /** `Institution.isPrimaryCare`; with the value, where that is a code or of an enum: `Referral.direction=UP`. */
  readonly field: string;
}

/**
 * What an operation showed: every field with a value in its answer. Nothing of an answer with errors or of a refused
 * mutation, and no field that was asked for but is null or an empty list everywhere.
 */
export function shownFields(event: ExecutionEvent): readonly ShownField[] {
  const { schema, document, operationName, result } = event;
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root || result.errors !== undefined) return [];
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const data = Object(result.data);
  return operation.selectionSet.selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD || isRefused(data[responseKey(selection)])) return [];
    const shown = createShown(fragments, (name) => schema.getType(name));
    shown.look(root, { ...operation.selectionSet, selections: [selection] }, data);
    const through = `${root.name}.${selection.name.value}`;
    return [...shown.fields].map((field) => ({ operation: through, field }));
  });
}

function isRefused(payload: unknown): boolean {
  return Object(payload).ok === false;
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

interface Shown {
  readonly fields: ReadonlySet<string>;
  /** Notes the fields of a value that show something; says whether there was one. */
  look(type: GraphQLNamedType | undefined, selected: SelectionSetNode | undefined, value: unknown): boolean;
}

function createShown(
  fragments: readonly FragmentDefinitionNode[],
  typeNamed: (name: string) => GraphQLNamedType | undefined,
): Shown {
  const fields = new Set<string>();

  const lookAt = (type: GraphQLNamedType | undefined, field: FieldNode, parent: unknown): boolean => {
    const definition = fieldOf(type, field.name.value);
    const value: unknown = Object(parent)[responseKey(field)];
    if (!definition || !look(getNamedType(definition.type), field.selectionSet, value)) return false;
    const coordinate = `${type?.name}.${field.name.value}`;
    fields.add(coordinate);
    for (const code of codesOf(definition, value)) fields.add(`${coordinate}=${code}`);
    return true;
  };

  const look: Shown['look'] = (type, selected, value) => {
    if (value === null || value === undefined) return false;
    if (Array.isArray(value)) return value.filter((item) => look(type, selected, item)).length > 0;
    if (selected === undefined) return true;
    const showing = selected.selections.filter((selection) => {
      if (selection.kind === Kind.FIELD) return lookAt(type, selection, value);
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : fragments.find(({ name }) => name.value === selection.name.value);
      const condition = fragment?.typeCondition;
      return look(condition ? typeNamed(condition.name.value) : type, fragment?.selectionSet, value);
    });
    return showing.length > 0;
  };

  return { fields, look };
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** The values of a field that is of an enum, or coded and asked for its `code`. */
function codesOf(field: GraphQLField<unknown, unknown>, value: unknown): readonly string[] {
  const type = getNamedType(field.type);
  const values = [value].flat();
  const codes = type.name === 'Coded' ? values.map((coded) => Object(coded).code) : isEnumType(type) ? values : [];
  return codes.filter((code) => typeof code === 'string');
}
