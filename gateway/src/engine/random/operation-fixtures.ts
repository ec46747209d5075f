import { type Arbitrary, array, boolean, constant, integer, nat, oneof, record } from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from 'graphql';

/**
 * A random operation as plain values: numbers choose among what the schema has at hand, so that every value is an
 * operation of every schema, and a failing one shrinks to a small one.
 */
export interface OperationSpec {
  readonly selections: readonly SelectionSpec[];
  readonly variables: VariablesSpec;
}

/** What one selection is. */
export interface SelectionSpec {
  /**
   * 0–3: a field with fields below it, if there is one; 4–6: any field; 7, 8: a fragment on a possible type; 9: on the
   * type itself; 10: a named one; 11: `__typename`.
   */
  readonly kind: number;
  readonly pick: number;
  /** Among the ways to give the field's arguments. */
  readonly given: number;
  /** 1: an alias of its own; 2: the name of another field. */
  readonly alias: number;
  readonly condition: number | null;
  readonly inner: readonly SelectionSpec[];
}

export interface VariablesSpec {
  readonly yes: boolean;
  readonly also: boolean;
  readonly no: number;
}

/** How large operations become. */
export interface OperationSize {
  /** Fields in each other, and fragments between them. */
  readonly depth: number;
  /** Selections beside each other. */
  readonly width: number;
  /** Fields of one type among which is chosen. */
  readonly fields: number;
}

function selectionSpecs(size: OperationSize, depth: number): Arbitrary<SelectionSpec> {
  return record({
    kind: nat(11),
    pick: nat(size.fields),
    given: nat(5),
    alias: nat(5),
    condition: orSimply<number | null>(null, 4, nat(3), 1),
    inner: depth === size.depth ? constant([]) : orSimply([], 1, innerSpecs(size, depth + 1), 9),
  });
}

const innerSpecs = (size: OperationSize, depth: number): Arbitrary<readonly SelectionSpec[]> =>
  array(selectionSpecs(size, depth), { minLength: 1, maxLength: size.width });

/** One value so many times of so many others; what fails shrinks to it at once. */
function orSimply<T>(value: T, times: number, others: Arbitrary<T>, timesOthers: number): Arbitrary<T> {
  const simple = { arbitrary: constant(value), weight: times };
  return oneof({ withCrossShrink: true }, simple, { arbitrary: others, weight: timesOthers });
}

/** Any operation of this size. */
export function operationSpecsOf(size: OperationSize): Arbitrary<OperationSpec> {
  return record({
    selections: array(selectionSpecs(size, 1), { minLength: 1, maxLength: size.width }),
    variables: record({ yes: boolean(), also: boolean(), no: integer({ min: 0, max: 3 }) }),
  });
}

/** Any operation of a small graph. */
export const operationSpecs: Arbitrary<OperationSpec> = operationSpecsOf({ depth: 6, width: 3, fields: 40 });

/** An operation of a schema: what a spec means there. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Arguments, written out, that make sense for a field; by `Type.field` or by field. */
export type GivenArguments = Readonly<Record<string, readonly string[]>>;

/**
 * The operation a spec means for a schema. Where fields with names of others conflict, with names of their own;
 * `undefined` where they conflict even so.
 */
export function operationOf(
  schema: GraphQLSchema,
  spec: OperationSpec,
  given: GivenArguments = {},
): RandomOperation | undefined {
  return [true, false]
    .map((borrowsNames) => writeOperation(createWriter(schema, given, borrowsNames), schema.getQueryType(), spec))
    .find(({ query }) => validate(schema, parse(query)).length === 0);
}

function writeOperation(
  writer: ReturnType<typeof createWriter>,
  query: GraphQLObjectType | null | undefined,
  { selections, variables }: OperationSpec,
): RandomOperation {
  const body = query ? writer.selectionSet(query, selections) : '{ __typename }';
  const text = [body, ...writer.fragments].join(' ');
  const used = declarations.filter(([name]) => new RegExp(`\\$${name}\\b`).test(text));
  const declared = used.length === 0 ? 'query' : `query (${used.map(([, declaration]) => declaration).join(', ')})`;
  return { query: `${declared} ${text}`, variables: Object.fromEntries(used.map(([name]) => [name, variables[name]])) };
}

const declarations: readonly (readonly [name: keyof VariablesSpec, declaration: string])[] = [
  ['yes', '$yes: Boolean!'],
  ['also', '$also: Boolean! = true'],
  ['no', '$no: Int! = 2'],
];

const conditions = ['@include(if: $yes)', '@skip(if: $yes)', '@include(if: $also)', '@skip(if: $also)'];

function createWriter(schema: GraphQLSchema, given: GivenArguments, borrowsNames: boolean) {
  const fragments: string[] = [];
  let aliases = 0;

  function selectionSet(type: GraphQLNamedType, selections: readonly SelectionSpec[]): string {
    const parts = selections.map((selection) => selectionText(type, selection));
    return parts.length === 0 ? '{ __typename }' : `{ ${parts.join(' ')} }`;
  }

  function selectionText(type: GraphQLNamedType, selection: SelectionSpec): string {
    const { kind, pick, inner } = selection;
    const condition = selection.condition === null ? '' : ` ${conditions[selection.condition] ?? ''}`;
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    if (kind === 11 || (fields.length === 0 && !isAbstractType(type))) return `__typename${condition}`;
    if (kind === 10) {
      const name = `F${fragments.length}`;
      fragments.push('');
      fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} ${selectionSet(type, inner)}`;
      return `...${name}${condition}`;
    }
    if (kind === 9) return `...${condition} ${selectionSet(type, inner)}`;
    if (isAbstractType(type) && (kind > 6 || fields.length === 0)) {
      const possible = [...schema.getPossibleTypes(type), ...interfacesOver(schema, type)];
      const chosen = possible[pick % possible.length] ?? type;
      return `... on ${chosen.name}${condition} ${selectionSet(chosen, inner)}`;
    }
    const composite = kind < 4 ? fields.filter((one) => isCompositeType(getNamedType(one.type))) : [];
    const choices = composite.length === 0 ? fields : composite;
    const field = choices[pick % choices.length];
    return field ? fieldText(type, field, selection, condition) : '__typename';
  }

  function fieldText(
    type: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    { given: choice, alias, pick, inner }: SelectionSpec,
    condition: string,
  ): string {
    const ways = given[`${type.name}.${field.name}`] ?? given[field.name] ?? waysToGive(field.args);
    const way = choice % ways.length;
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${selectionSet(named, inner)}` : '';
    return `${aliasOf(type, field, { alias, pick, way })}${field.name}${ways[way] ?? ''}${condition}${below}`;
  }

  /** Fields with other arguments than the first way have other names, so that they do not conflict. */
  function aliasOf(
    type: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    { alias, pick, way }: { readonly alias: number; readonly pick: number; readonly way: number },
  ): string {
    aliases += 1;
    const others = isObjectType(type) ? Object.keys(type.getFields()) : [];
    if (alias === 2 && borrowsNames && others.length > 1) return `${others[(pick + 1) % others.length] ?? 'x'}: `;
    if (alias === 1 || alias === 2) return `x${aliases}: `;
    return way === 0 ? '' : `${field.name}_${way}: `;
  }

  return { selectionSet, fragments };
}

/** Interfaces that some objects of an abstract type have too. */
function interfacesOver(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (!isAbstractType(type)) return [];
  return schema.getPossibleTypes(type).flatMap((possible) => possible.getInterfaces());
}

/** Without arguments if that is allowed, with a literal, with a variable. */
function waysToGive(args: readonly GraphQLArgument[]): readonly string[] {
  const [argument] = args;
  if (!argument) return [''];
  const optional = isNonNullType(argument.type) && argument.defaultValue === undefined ? [] : [''];
  return [...optional, `(${argument.name}: 1)`, `(${argument.name}: $no)`, `(${argument.name}: 0)`];
}
