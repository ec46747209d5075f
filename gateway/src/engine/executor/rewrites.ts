import type { Rewrite, RewriteStep } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';

type MutableObject = Record<string, unknown>;

const isMutableObject = (value: unknown): value is MutableObject => typeof value === 'object' && value !== null;

/**
 * Applies a fetch's rewrites to a representation we made, or to an answer as it arrives, before anything has read it:
 * the one moment an answer is changed.
 */
export function applyRewrites(types: PossibleTypes, rewrites: readonly Rewrite[], value: unknown): void {
  for (const rewrite of rewrites) applyAt(types, rewrite.path, 0, value, (object) => applyRewrite(rewrite, object));
}

function applyRewrite(rewrite: Rewrite, object: MutableObject): void {
  switch (rewrite.kind) {
    case 'SetValue':
      object[rewrite.key] = rewrite.value;
      break;
    case 'RenameKey':
      if (!Object.hasOwn(object, rewrite.key)) return;
      object[rewrite.to] = object[rewrite.key];
      delete object[rewrite.key];
      break;
  }
}

function applyAt(
  types: PossibleTypes,
  path: readonly RewriteStep[],
  depth: number,
  value: unknown,
  apply: (object: MutableObject) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(types, path, depth, item, apply);
    return;
  }
  if (!isMutableObject(value)) return;
  const step = path[depth];
  if (!step) {
    apply(value);
  } else if (step.kind === 'Field') {
    applyAt(types, path, depth + 1, value[step.key], apply);
  } else if (mayBe(types, step.condition, value['__typename'])) {
    applyAt(types, path, depth + 1, value, apply);
  }
}

const mayBe = (types: PossibleTypes, condition: string, typeName: unknown): boolean =>
  typeof typeName !== 'string' || types.includes(condition, typeName);
