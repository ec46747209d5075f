import { type Arbitrary, array, nat } from 'fast-check';
import type { Disturbance } from '../fixtures.ts';
import { SubgraphFailure } from '../index.ts';
import { astrayMessage } from './oracle-fixtures.ts';

/** Choices of a disturbance, used one after the other, again from the first when there are no more; fewer is milder. */
export const disturbanceSpecs: Arbitrary<readonly number[]> = array(nat(100), { minLength: 1, maxLength: 30 });

/** Gives a number below the bound. */
type Choose = (bound: number) => number;

/** Spoils some answers: no answer, errors alone, or a value replaced by null with its error. */
export function disturbanceOf(choices: readonly number[]): Disturbance {
  let used = 0;
  const choose: Choose = (bound) => {
    const choice = choices[used % choices.length] ?? 0;
    used += 1;
    return choice % bound;
  };
  return async (subgraph, _, answer) => {
    const kind = choose(6);
    if (kind === 4) throw new SubgraphFailure(subgraph, 'SUBGRAPH_TIMEOUT', `Subgraph "${subgraph}" did not answer.`);
    if (kind === 5) return { data: null, errors: [{ message: 'All lost' }] };
    const response = await answer();
    return kind < 2 ? response : Object.assign(response, { errors: spoil(response.data, choose) });
  };
}

/** Spoils one value: it becomes null and an error says so, well or badly; or, without an error, what it cannot be. */
function spoil(data: unknown, choose: Choose): unknown {
  const path: (string | number)[] = [];
  let at: unknown = data;
  while (typeof at === 'object' && at !== null) {
    const keys: readonly (string | number)[] = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
    const key = keys[choose(keys.length)];
    if (key === undefined) break;
    path.push(key);
    const inner: unknown = Reflect.get(at, key);
    const isLeaf = typeof inner !== 'object' || inner === null;
    if (path.length > 1 && key !== '__typename' && (isLeaf || choose(4) === 0)) {
      const isNonsense = !isLeaf && choose(2) === 1;
      Reflect.set(at, key, isNonsense ? ['a', 5, false, [[{}]]][choose(4)] : null);
      return isNonsense ? [] : errorsAt(path, choose);
    }
    at = inner;
  }
  return [];
}

/** An error at a path, in forms that are legal and in forms that are not. */
function errorsAt(path: readonly (string | number)[], choose: Choose): unknown {
  const astray = [...path.slice(0, -1), 'nowhere'];
  const forms: readonly unknown[] = [
    [{ message: 'Spoilt', path }],
    [{ message: astrayMessage, path: astray }],
    [{ message: astrayMessage, path: 5 }],
    [{ message: astrayMessage, path: {} }],
    { message: astrayMessage },
  ];
  return forms[choose(forms.length)];
}
