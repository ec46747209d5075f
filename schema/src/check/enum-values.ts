import { Kind } from 'graphql';
import type { EnumTypeDefinitionNode } from 'graphql';
import type { EnumSet } from '../enum-sets.ts';
import { problemAt } from '../sdl/schema-problem.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import { valueSet } from '../value-sets.ts';
import type { AuthoredSchemas } from './authored-schemas.ts';

/**
 * Holds enums against their value sets (domain.md §5): same constants, and an enum whose description names a set
 * (`VS-05`) is in the table.
 */
export function checkEnumValues(
  schemas: AuthoredSchemas,
  enumSets: Readonly<Record<string, EnumSet>>,
): readonly SchemaProblem[] {
  const enums = [...schemas.values()].flatMap(({ types }) => [...types.values()].filter(isEnum));
  return enums.flatMap((type) => {
    const entry = enumSets[type.name.value];
    return entry === undefined ? undeclaredSet(type) : differences(type, entry);
  });
}

function isEnum(type: { readonly kind: Kind }): type is EnumTypeDefinitionNode {
  return type.kind === Kind.ENUM_TYPE_DEFINITION;
}

function undeclaredSet(type: EnumTypeDefinitionNode): readonly SchemaProblem[] {
  const [named] = /VS-\d+b?/.exec(type.description?.value ?? '') ?? [];
  if (named === undefined) return [];
  return [problemAt(type, `${type.name.value} says it is ${named}: add it to schema/src/enum-sets.ts.`)];
}

function differences(type: EnumTypeDefinitionNode, { set, besides = [] }: EnumSet): readonly SchemaProblem[] {
  const name = type.name.value;
  const values = new Set((type.values ?? []).map((value) => value.name.value));
  const constants = valueSet(set).values.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
  const allowed = new Set([...constants, ...besides]);
  const extra = (type.values ?? []).filter((value) => !allowed.has(value.name.value));
  const missing = [...allowed].filter((constant) => !values.has(constant));
  return [
    ...extra.map((value) => problemAt(value, `${name}.${value.name.value} is not in value set ${set}.`)),
    ...missing.map((constant) => problemAt(type, `${name} lacks ${constant} of value set ${set}.`)),
  ];
}
