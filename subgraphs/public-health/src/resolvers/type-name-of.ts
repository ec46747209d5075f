/** Which of the named types a value says it is; values of unions carry their `__typename`. */
export function typeNameOf<const Name extends string>(names: readonly Name[], value: object): Name {
  const said: unknown = Reflect.get(value, '__typename');
  const found = names.find((name) => name === said);
  if (found === undefined) throw new TypeError(`a value of a union says it is ${String(said)}`);
  return found;
}
