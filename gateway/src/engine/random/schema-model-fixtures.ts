import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type SelectionSetNode,
  type TypeNode,
  parse,
} from 'graphql';
import { fieldSetOf } from '../world-fixtures.ts';

/** What subgraphs' SDL says together: the fields of every object type, and what values each subgraph knows. */
export interface SchemaModel {
  /** Fields by object type; those contributed to an interface (`@interfaceObject`) are in its implementations. */
  readonly fields: ReadonlyMap<string, readonly SchemaField[]>;
  /** Names of key fields by entity type. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Implementations by interface, of all subgraphs. */
  readonly implementations: ReadonlyMap<string, readonly string[]>;
  /** Values of an enum, or object types that an output type stands for, that all of these subgraphs know. */
  choices(typeName: string, subgraphs: readonly number[]): readonly string[];
  kindOf(typeName: string): SchemaKind;
}

export type SchemaKind = 'scalar' | 'enum' | 'object';

/** A field and who resolves it. */
export interface SchemaField {
  readonly type: string;
  readonly name: string;
  /** As each subgraph that resolves it declares it; these differ at most in where null may be. */
  readonly declared: readonly TypeNode[];
  readonly subgraphs: readonly number[];
  /** What the field is computed from. */
  readonly requires: SelectionSetNode | undefined;
}

/** Reads the SDL of all subgraphs of a graph. */
export function schemaModelOf(sdl: readonly string[]): SchemaModel {
  const documents = sdl.map((text) => parse(text));
  const implementations = implementationsOf(documents);
  const enumValues = documents.map(enumValuesOf);
  const unions = documents.map(unionMembersOf);
  const localImplementations = documents.map((document) => implementationsOf([document]));
  const isEnum = (name: string): boolean => enumValues.some((values) => values.has(name));
  const fields = fieldsOf(documents, implementations);

  function choices(name: string, subgraphs: readonly number[]): readonly string[] {
    const known = subgraphs.map(
      (subgraph) =>
        enumValues[subgraph]?.get(name) ??
        unions[subgraph]?.get(name) ??
        localImplementations[subgraph]?.get(name) ??
        implementations.get(name) ?? [name],
    );
    return (known[0] ?? []).filter((choice) => known.every((others) => others.includes(choice)));
  }

  return {
    fields,
    keys: keysOf(documents, implementations),
    implementations,
    choices,
    kindOf(name) {
      if (isEnum(name)) return 'enum';
      const isComposite = fields.has(name) || implementations.has(name) || unions.some((members) => members.has(name));
      return isComposite ? 'object' : 'scalar';
    },
  };
}

type Implementations = ReadonlyMap<string, readonly string[]>;

function implementationsOf(documents: readonly DocumentNode[]): Implementations {
  const found = new Map<string, string[]>();
  for (const definition of documents.flatMap((document) => document.definitions)) {
    if (!isObjectType(definition)) continue;
    for (const { name } of definition.interfaces ?? []) {
      const types = found.get(name.value) ?? [];
      if (!types.includes(definition.name.value)) types.push(definition.name.value);
      found.set(name.value, types);
    }
  }
  return found;
}

function enumValuesOf(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? [[definition.name.value, (definition.values ?? []).map(({ name }) => name.value)] as const]
        : [],
    ),
  );
}

function unionMembersOf(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.UNION_TYPE_DEFINITION
        ? [[definition.name.value, (definition.types ?? []).map(({ name }) => name.value)] as const]
        : [],
    ),
  );
}

function fieldsOf(documents: readonly DocumentNode[], implementations: Implementations): SchemaModel['fields'] {
  const found = new Map<string, Map<string, SchemaField>>();
  for (const [subgraph, { definitions }] of documents.entries()) {
    for (const definition of definitions.filter(isObjectType)) {
      for (const type of implementations.get(definition.name.value) ?? [definition.name.value]) {
        const fields = found.get(type) ?? new Map<string, SchemaField>();
        found.set(type, fields);
        for (const field of definition.fields ?? []) {
          if (directiveOf(field, 'external')) continue;
          fields.set(field.name.value, resolvedBy(subgraph, type, field, fields.get(field.name.value)));
        }
      }
    }
  }
  return new Map([...found].map(([type, fields]) => [type, [...fields.values()]]));
}

function resolvedBy(
  subgraph: number,
  type: string,
  field: FieldDefinitionNode,
  known: SchemaField | undefined,
): SchemaField {
  const requires = directiveOf(field, 'requires');
  return {
    type,
    name: field.name.value,
    declared: [...(known?.declared ?? []), field.type],
    subgraphs: [...(known?.subgraphs ?? []), subgraph],
    requires: known?.requires ?? (requires ? fieldsNamedBy(requires) : undefined),
  };
}

function keysOf(documents: readonly DocumentNode[], implementations: Implementations): SchemaModel['keys'] {
  const found = new Map<string, Set<string>>();
  for (const definition of documents.flatMap((document) => document.definitions).filter(isObjectType)) {
    const keys = (definition.directives ?? []).filter(({ name }) => name.value === 'key').map(fieldsNamedBy);
    if (keys.length === 0) continue;
    const names = keys.flatMap(({ selections }) =>
      selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : [])),
    );
    for (const type of implementations.get(definition.name.value) ?? [definition.name.value]) {
      found.set(type, new Set([...(found.get(type) ?? []), ...names]));
    }
  }
  return found;
}

function isObjectType(definition: DefinitionNode) {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
}

function directiveOf({ directives = [] }: FieldDefinitionNode, name: string): DirectiveNode | undefined {
  return directives.find((directive) => directive.name.value === name);
}

/** The fields that `@key` or `@requires` names. */
function fieldsNamedBy({ arguments: given }: DirectiveNode): SelectionSetNode {
  const value = given?.find(({ name }) => name.value === 'fields')?.value;
  return fieldSetOf(value?.kind === Kind.STRING ? value.value : '__typename');
}
