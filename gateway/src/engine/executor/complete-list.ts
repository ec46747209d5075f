import { type Completed, type Completion, PROPAGATE, type Slices, WRITTEN, undo } from './completion.ts';

/** Writes the items of a list, each by the given function (GraphQL §6.4.3). */
export function completeItems<T>(
  completion: Completion,
  items: readonly T[],
  completeItem: (item: T, index: number) => Completed,
): Completed {
  const writing = beginList(completion);
  let index = 0;
  for (const item of items) {
    beginItem(completion, writing, index);
    const completed = completeItem(item, index);
    if (completed === PROPAGATE) return giveUp(completion, writing);
    if (completed !== WRITTEN) completion.out.push('null');
    if (isLoose(completion, writing)) joinPieces(completion, writing);
    index += 1;
  }
  return endList(completion, writing);
}

/** The same, with a pause whenever much has been written. */
export function* completeItemsInSlices<T>(
  completion: Completion,
  items: readonly T[],
  completeItem: (item: T, index: number) => Slices,
): Slices {
  const writing = beginList(completion);
  let index = 0;
  for (const item of items) {
    beginItem(completion, writing, index);
    const completed = yield* completeItem(item, index);
    if (completed === PROPAGATE) return giveUp(completion, writing);
    if (completed !== WRITTEN) completion.out.push('null');
    index += 1;
    if (!isLoose(completion, writing)) continue;
    joinPieces(completion, writing);
    yield;
  }
  return endList(completion, writing);
}

/** A list that is being written. */
interface ListWriting {
  /** Where its text begins. */
  readonly start: number;
  /** Which step of the path its indexes are. */
  readonly depth: number;
  /** Where its pieces begin that are not joined yet. */
  loose: number;
}

function beginList({ out, path }: Completion): ListWriting {
  return { start: out.length, depth: path.push(0) - 1, loose: out.length };
}

function beginItem({ out, path }: Completion, { depth }: ListWriting, index: number): void {
  path[depth] = index;
  out.push(index === 0 ? '[' : ',');
}

function endList({ out, path }: Completion, { start, depth }: ListWriting): Completed {
  path.length = depth;
  out.push(out.length === start ? '[]' : ']');
  return WRITTEN;
}

function giveUp(completion: Completion, { start, depth }: ListWriting): Completed {
  completion.path.length = depth;
  return undo(completion, start);
}

/** A piece takes some 20 bytes besides its text: those of a long list become one now and then. */
const MAX_LOOSE_PIECES = 16_384;

function isLoose({ out }: Completion, { loose }: ListWriting): boolean {
  return out.length - loose > MAX_LOOSE_PIECES;
}

function joinPieces(completion: Completion, writing: ListWriting): void {
  const { out } = completion;
  const joined = out.slice(writing.loose).join('');
  out.length = writing.loose;
  writing.loose = out.push(joined);
  completion.isLarge = true;
}
