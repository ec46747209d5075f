import { type DocumentNode, Kind, type TypeNode } from 'graphql';

/** What a value may be that is not null; an object's type is the one its field declares. */
export type ValueType =
  | { readonly kind: 'List'; readonly item: ValueType }
  | { readonly kind: 'Object'; readonly name: string }
  | { readonly kind: 'Leaf'; readonly isValue: (value: unknown) => boolean };

/** The type of a field by the name of its object or interface type; `undefined` where it is not known. */
export type ValueTypes = (typeName: string, fieldName: string) => ValueType | undefined;

/** Reads the types of all fields of these names, the inaccessible ones included. */
export function readValueTypes(document: DocumentNode, fieldNames: ReadonlySet<string>): ValueTypes {
  const leaves = readLeafTypes(document);
  const byField = new Map<string, ValueType>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, type } of definition.fields ?? []) {
      if (fieldNames.has(name.value)) byField.set(`${definition.name.value}.${name.value}`, valueType(type, leaves));
    }
  }
  return (typeName, fieldName) => byField.get(`${typeName}.${fieldName}`);
}

function valueType(type: TypeNode, leaves: ReadonlyMap<string, ValueType>): ValueType {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return valueType(type.type, leaves);
    case Kind.LIST_TYPE:
      return { kind: 'List', item: valueType(type.type, leaves) };
    case Kind.NAMED_TYPE:
      return leaves.get(type.name.value) ?? { kind: 'Object', name: type.name.value };
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';

/** Of a custom scalar nothing is known. */
function readLeafTypes({ definitions }: DocumentNode): ReadonlyMap<string, ValueType> {
  const leaves = new Map<string, ValueType>();
  const add = (name: string, isValue: (value: unknown) => boolean): void => {
    leaves.set(name, { kind: 'Leaf', isValue });
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) add(definition.name.value, isText);
    if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) add(definition.name.value, () => true);
  }
  add('ID', (value) => isText(value) || isNumber(value));
  add('String', isText);
  add('Int', isNumber);
  add('Float', isNumber);
  add('Boolean', (value) => typeof value === 'boolean');
  return leaves;
}
