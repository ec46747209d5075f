const needsOf = Symbol('columns that a resolver reads from its parent row');

/** Marks a resolver with the columns it reads, so that a page asks the database for those and no others. */
export function withNeeds<F extends object>(resolver: F, needs: readonly string[]): F {
  return Object.defineProperty(resolver, needsOf, { value: needs });
}

/** The columns a resolver reads from its parent row; undefined when it does not say. */
export function needsOfResolver(resolver: object | undefined): readonly string[] | undefined {
  return resolver === undefined ? undefined : (Reflect.get(resolver, needsOf) as readonly string[] | undefined);
}
