import { Kind } from 'graphql';
import type {
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  TypeDefinitionNode,
  TypeNode,
} from 'graphql';
import { keyFieldsOf } from '../generate/entity-facts.ts';
import { hasDirective } from '../sdl/generate-types.ts';
import { problemAt } from '../sdl/schema-problem.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import type { AuthoredSchemas } from './authored-schemas.ts';

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * Types that name a resident and belong to none: a household is of all its members, a complaint of whom it is about, a
 * fund alert of the provider. Their fields that name one carry a class all the same.
 */
const ofNobody = new Set(['Household', 'HouseholdMember', 'Complaint', 'FundAlert']);

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A class that a subgraph gives a field: `Claim.totalAmount` → `F`. */
export interface PersonalField {
  readonly coordinate: string;
  readonly dataClass: string;
  readonly field: FieldDefinitionNode;
}

/**
 * Holds the personal-data classes against domain.md §2.0: every field of a type whose rows belong to a resident has a
 * class, so has every root field that returns such rows, subgraphs agree on it, and a field that may be refused is
 * nullable (architecture.md §5).
 */
export function checkPersonalData(schemas: AuthoredSchemas): readonly SchemaProblem[] {
  const types = [...schemas.values()].flatMap((schema) => [...schema.types.values()].filter(isFielded));
  const owned = ownedTypes(types);
  return [
    ...types.flatMap((type) => unmarkedTypes(type, owned)),
    ...types.flatMap((type) => unclassifiedFields(type, owned)),
    ...types.flatMap(nonNullFields),
    ...unclassifiedQueries(types, owned),
    ...disagreements(personalFields(schemas)),
  ];
}

/** Every field that carries @personal in some subgraph. */
export function personalFields(schemas: AuthoredSchemas): readonly PersonalField[] {
  const types = [...schemas.values()].flatMap((schema) => [...schema.types.values()].filter(isFielded));
  return types.flatMap((type) =>
    ownFields(type).flatMap((field) => {
      const dataClass = classOf(field);
      return dataClass === undefined ? [] : [{ coordinate: coordinate(type, field), dataClass, field }];
    }),
  );
}

function isFielded(type: TypeDefinitionNode): type is Fielded {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** Fields that the subgraph resolves; the class of an external one is its owner's affair. */
function ownFields(type: Fielded): readonly FieldDefinitionNode[] {
  return (type.fields ?? []).filter((field) => !hasDirective(field, 'external'));
}

/** Types whose rows belong to a resident, and residents themselves. */
function ownedTypes(types: readonly Fielded[]): ReadonlySet<string> {
  const marked = types.filter((type) => hasDirective(type, 'residentOwned'));
  return new Set(['Resident', ...marked.map(({ name }) => name.value)]);
}

function unmarkedTypes(type: Fielded, owned: ReadonlySet<string>): readonly SchemaProblem[] {
  const isEntity = hasDirective(type, 'key');
  if (!isEntity || hasDirective(type, 'residentOwned') || !namesResident(type, owned)) return [];
  return [problemAt(type, `${type.name.value} has a resident: mark it @residentOwned, so that its rows are guarded.`)];
}

function unclassifiedFields(type: Fielded, owned: ReadonlySet<string>): readonly SchemaProblem[] {
  if (!hasDirective(type, 'residentOwned') && !namesResident(type, owned)) return [];
  return ownFields(type)
    .filter((field) => classOf(field) === undefined)
    .map((field) =>
      problemAt(field, `${coordinate(type, field)} belongs to a resident and has no @personal(class: N|Q|I|H|F).`),
    );
}

/** Refers to one resident or to a row of one, whatever the field's name: whose the row is, or somebody it names. */
function namesResident(type: Fielded, owned: ReadonlySet<string>): boolean {
  if (rootTypes.has(type.name.value) || type.name.value.endsWith('Edge') || ofNobody.has(type.name.value)) return false;
  return (type.fields ?? []).some((field) => isReferenceTo(field.type, owned));
}

/** Root fields whose rows belong to a resident, without the class of those rows. */
function unclassifiedQueries(types: readonly Fielded[], owned: ReadonlySet<string>): readonly SchemaProblem[] {
  return types
    .filter((type) => rootTypes.has(type.name.value))
    .flatMap((type) => ownFields(type).map((field) => ({ type, field })))
    .filter(({ field }) => owned.has(rowTypeOf(field.type)) && ['N', undefined].includes(classOf(field)))
    .map(({ type, field }) =>
      problemAt(field, `${coordinate(type, field)} returns rows of a resident and has no @personal(class: Q|I|H|F).`),
    );
}

/** The type of the rows behind a list or a connection. */
function rowTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value.replace(/Connection$/, '') : rowTypeOf(type.type);
}

function isReferenceTo(type: TypeNode, names: ReadonlySet<string>): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isReferenceTo(type.type, names);
  return type.kind === Kind.NAMED_TYPE && names.has(type.name.value);
}

function nonNullFields(type: Fielded): readonly SchemaProblem[] {
  const keys = keyFieldsOf(type);
  return ownFields(type)
    .filter((field) => !['N', undefined].includes(classOf(field)) && !keys.includes(field.name.value))
    .filter((field) => hasNonNull(field.type))
    .map((field) =>
      problemAt(
        field,
        `${coordinate(type, field)} may be refused (class ${classOf(field) ?? ''}): neither it nor its items can be "!".`,
      ),
    );
}

function hasNonNull(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE || (type.kind === Kind.LIST_TYPE && hasNonNull(type.type));
}

function disagreements(fields: readonly PersonalField[]): readonly SchemaProblem[] {
  const first = new Map<string, PersonalField>();
  for (const personal of fields) if (!first.has(personal.coordinate)) first.set(personal.coordinate, personal);
  return fields
    .filter(({ coordinate: name, dataClass }) => first.get(name)?.dataClass !== dataClass)
    .map(({ coordinate: name, dataClass, field }) =>
      problemAt(
        field,
        `${name} is of class ${dataClass} here and ${first.get(name)?.dataClass ?? ''} in another subgraph.`,
      ),
    );
}

function classOf(field: FieldDefinitionNode): string | undefined {
  const directive = field.directives?.find(({ name }) => name.value === 'personal');
  const value = directive?.arguments?.find(({ name }) => name.value === 'class')?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function coordinate(type: Fielded, field: FieldDefinitionNode): string {
  return `${type.name.value}.${field.name.value}`;
}
