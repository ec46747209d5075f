import { type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';

/** Which names satisfy a type condition. */
export interface PossibleTypes {
  /**
   * Whether an object whose `__typename` is `typeName` satisfies `... on condition`. `typeName` may be the name of an
   * interface: that is what a subgraph with an `@interfaceObject` answers.
   */
  includes(condition: string, typeName: string): boolean;
  isAbstract(typeName: string): boolean;
  /** Whether an object can satisfy both conditions. */
  overlap(one: string, other: string): boolean;
}

/** Reads the possible types of every interface and union of a schema. */
export function readPossibleTypes(schema: GraphQLSchema): PossibleTypes {
  const byCondition = new Map<string, ReadonlySet<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type)) continue;
    const names = schema.getPossibleTypes(type).map(({ name }) => name);
    const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces.map(({ name }) => name) : [];
    byCondition.set(type.name, new Set([...names, ...interfaces]));
  }
  const includes = (condition: string, typeName: string): boolean =>
    condition === typeName || (byCondition.get(condition)?.has(typeName) ?? false);
  return {
    includes,
    isAbstract: (typeName) => byCondition.has(typeName),
    overlap: (one, other) =>
      includes(one, other) || [...(byCondition.get(one) ?? [])].some((typeName) => includes(other, typeName)),
  };
}
