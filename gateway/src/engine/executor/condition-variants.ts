import type { TrueVariables } from './collect-fields.ts';

/** Variants kept: one for every combination of the variables in use. */
const maxVariants = 64;

/** What is made once for every combination of an operation's `@skip` and `@include` variables, when it first occurs. */
export function createConditionVariants<T>(
  conditionVariables: readonly string[],
  make: (variables: TrueVariables) => T,
): (coerced: Readonly<Record<string, unknown>>) => T {
  const variants = new Map<string, { readonly made: T }>();
  return (coerced) => {
    const trueVariables = conditionVariables.filter((name) => coerced[name] === true);
    const key = trueVariables.join(' ');
    const known = variants.get(key);
    if (known) return known.made;
    const made = make(new Set(trueVariables));
    if (variants.size >= maxVariants) variants.clear();
    variants.set(key, { made });
    return made;
  };
}
