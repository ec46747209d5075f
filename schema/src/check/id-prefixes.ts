import { Kind } from 'graphql';
import type { InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode, TypeDefinitionNode } from 'graphql';
import { keyFieldsOf } from '../generate/entity-facts.ts';
import { problemAt } from '../sdl/schema-problem.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import type { AuthoredSchemas } from './authored-schemas.ts';

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

interface Prefixed {
  readonly type: Fielded;
  readonly prefix: string;
}

/**
 * Holds ids against architecture.md §3: an entity with an `id` says its prefix (`` `rf_…` ``) in the description of the
 * field, in one subgraph at least and nowhere another one, and no two entities share it. The kinds of an interface do.
 */
export function checkIdPrefixes(schemas: AuthoredSchemas): readonly SchemaProblem[] {
  const entities = [...schemas.values()].flatMap(({ types }) => [...types.values()].filter(hasIdKey));
  const said = entities.flatMap(prefixOf);
  const owners = new Map<string, string>();
  const prefixes = new Map<string, string>();
  const problems: SchemaProblem[] = [];
  for (const { type, prefix } of said) {
    const name = familyOf(type);
    const other = owners.get(prefix) ?? name;
    const before = prefixes.get(name) ?? prefix;
    owners.set(prefix, other);
    prefixes.set(name, before);
    if (other !== name)
      problems.push(problemAt(type, `${name} and ${other} both have ids that begin with ${prefix}_.`));
    if (before !== prefix)
      problems.push(problemAt(type, `ids of ${name} begin with ${before}_ in one subgraph, ${prefix}_ here.`));
  }
  const silent = new Map(entities.map((type) => [familyOf(type), type]));
  for (const name of prefixes.keys()) silent.delete(name);
  const unsaid = [...silent].map(([name, type]) =>
    problemAt(type, `${name}.id does not say its prefix: describe it as “\`xx_…\`”.`),
  );
  return [...problems, ...unsaid];
}

function hasIdKey(type: TypeDefinitionNode): type is Fielded {
  const fielded = type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return fielded && keyFieldsOf(type).includes('id') && idOf(type) !== undefined;
}

function idOf(type: Fielded) {
  return type.fields?.find(({ name }) => name.value === 'id');
}

function prefixOf(type: Fielded): readonly Prefixed[] {
  const [, prefix] = /`([a-z]{2})_/.exec(idOf(type)?.description?.value ?? '') ?? [];
  return prefix === undefined ? [] : [{ type, prefix }];
}

/** The interface whose ids a type has, else the type itself. */
function familyOf(type: Fielded): string {
  return type.interfaces?.[0]?.name.value ?? type.name.value;
}
