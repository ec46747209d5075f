import { valueSet } from '@hutong/schema';

/** The English constant of a code in a value set; throws for a code that the set does not have. */
export function constantOf(setId: string, code: string): string {
  const found = valueSet(setId).values.find((value) => value.code === code);
  if (found?.constant === undefined) throw new TypeError(`${setId} has no constant for code ${code}`);
  return found.constant;
}

/** A text as one of the constants of an enum; throws for any other. */
export function oneOf<const Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new TypeError(`"${text}" is none of ${names.join(', ')}`);
  return found;
}

/** The constant that a Chinese name stands for; throws for a name that is not listed. */
export function named<Constant extends string>(names: Readonly<Record<string, Constant>>, name: string): Constant {
  const found = names[name];
  if (found === undefined) throw new TypeError(`"${name}" is none of ${Object.keys(names).join(', ')}`);
  return found;
}
