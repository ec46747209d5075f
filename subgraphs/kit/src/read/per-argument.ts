/** One loader per value of an argument, so that asks with equal arguments share a statement. */
export function perArgument<Argument, Loader>(make: (argument: Argument) => Loader): (argument: Argument) => Loader {
  const made = new Map<string, Loader>();
  return (argument) => {
    const key = JSON.stringify(argument);
    const loader = made.get(key) ?? make(argument);
    made.set(key, loader);
    return loader;
  };
}

/** First and last day, inclusive. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}
