import type { SlotSessionFact } from '../facts/care.ts';
import type { RegionOptions } from '../facts/region.ts';
import type { PlaceWorld } from '../place-world.ts';
import { type PersonYear, type YearPlan, planYear } from '../years/year-plan.ts';
import { type BlockPlan, planBlock } from './block.ts';
import { BLOCK_SIZE, type PersonPlan, blockRange } from './person.ts';

/** Plans of blocks, made on demand; only the last few are kept, so memory does not grow with the residents. */
export interface BlockStore {
  /** Numbers of all blocks of the place. */
  numbers(): Iterable<number>;
  block(number: number): BlockPlan;
  person(index: number): { readonly block: BlockPlan; readonly person: PersonPlan };
  years(index: number): readonly { readonly year: number; readonly plan: PersonYear }[];
  sessions(number: number): Iterable<SlotSessionFact>;
}

const KEPT_BLOCKS = 3;

/** The store of one place. */
export function createBlockStore(world: PlaceWorld, options: RegionOptions, years: readonly number[]): BlockStore {
  const total = options.residentsPerPlace;
  const block = recent(KEPT_BLOCKS, (number) => planBlock(world, blockRange(number, total), options.scenario));
  const plans = recent(KEPT_BLOCKS, (number) =>
    years.map((year) => planYear(world, block(number), year, options.visitScale, total)),
  );
  const person = (index: number) => {
    const own = block(Math.floor(index / BLOCK_SIZE));
    const found = own.people[index - own.range.start];
    if (found === undefined) throw new RangeError(`The place has no resident ${index}`);
    return { block: own, person: found };
  };
  return {
    numbers: () => Array.from({ length: Math.ceil(total / BLOCK_SIZE) }, (_, number) => number),
    block,
    person,
    years: (index) => {
      const number = Math.floor(index / BLOCK_SIZE);
      return plans(number).flatMap((plan: YearPlan) => {
        const own = plan.people[index - number * BLOCK_SIZE];
        return own === undefined ? [] : [{ year: plan.year, plan: own }];
      });
    },
    sessions: (number) => plans(number).flatMap((plan) => plan.sessions),
  };
}

/** Keeps the values of the last few numbers asked for. */
function recent<Value>(size: number, make: (number: number) => Value): (number: number) => Value {
  const kept = new Map<number, Value>();
  return (number) => {
    const known = kept.get(number);
    if (known !== undefined) return known;
    const value = make(number);
    kept.set(number, value);
    const [oldest] = kept.keys();
    if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
