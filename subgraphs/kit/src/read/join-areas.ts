import type { RequestClock } from '../clock.ts';
import type { Read } from './types.ts';

/** The loaders of one area of a subgraph, made per request. */
type LoaderArea<Loaders extends object = object> = (read: Read, clock: RequestClock) => Loaders;

type Joined<Areas extends readonly LoaderArea[]> = Areas extends readonly [
  LoaderArea<infer First>,
  ...infer Rest extends readonly LoaderArea[],
]
  ? First & Joined<Rest>
  : unknown;

/**
 * The loaders of several areas as one object. An area is made when one of its loaders is first asked for: an operation
 * reads in few of them. Throws when two areas have a loader of one name.
 */
export function joinAreas<const Areas extends readonly LoaderArea[]>(
  ...areas: Areas
): (read: Read, clock: RequestClock) => Joined<Areas> {
  let Loaders: typeof AreaLoaders | undefined;
  return (read, clock) => {
    Loaders ??= withGetters(areas, new AreaLoaders(areas, read, clock));
    // The getters are those of the areas.
    return new Loaders(areas, read, clock) as Joined<Areas>;
  };
}

class AreaLoaders {
  readonly #made: object[] = [];
  readonly #make: (index: number) => object;

  constructor(areas: readonly LoaderArea[], read: Read, clock: RequestClock) {
    this.#make = (index) => areas[index]?.(read, clock) ?? {};
  }

  static area(loaders: AreaLoaders, index: number): object {
    return (loaders.#made[index] ??= loaders.#make(index));
  }
}

/** The class whose objects have a getter per loader of these areas. */
function withGetters(areas: readonly LoaderArea[], sample: AreaLoaders): typeof AreaLoaders {
  const Loaders = class extends AreaLoaders {};
  for (const index of areas.keys()) {
    for (const name of Object.keys(AreaLoaders.area(sample, index))) {
      if (Object.hasOwn(Loaders.prototype, name)) throw new TypeError(`two areas have a loader ${name}`);
      Object.defineProperty(Loaders.prototype, name, {
        get(this: AreaLoaders) {
          return Reflect.get(AreaLoaders.area(this, index), name);
        },
      });
    }
  }
  return Loaders;
}
