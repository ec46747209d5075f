import { type DocumentNode, Kind } from 'graphql';

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
export function readPossibleTypes(document: DocumentNode): PossibleTypes {
  const byCondition = new Map<string, Set<string>>();
  const possibleOf = (condition: string): Set<string> => {
    const known = byCondition.get(condition) ?? new Set();
    byCondition.set(condition, known);
    return known;
  };
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.UNION_TYPE_DEFINITION:
        for (const member of definition.types ?? []) possibleOf(definition.name.value).add(member.name.value);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) possibleOf(definition.name.value);
        for (const { name } of definition.interfaces ?? []) possibleOf(name.value).add(definition.name.value);
        break;
      default:
    }
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
