import type { AnswerTree, Asking, FetchNode, QueryPlan } from '../planner/query-plan.ts';

/**
 * Where the objects of a response come from, known before anything runs.
 *
 * A position is a path of keys from the root. At each place of a position (`Place`) there is one slot per source: the
 * answer of a fetch made for that place, or an object nested in a slot of the place above. Answers are never merged;
 * a field is read from the slots that answer it.
 */
export interface Position {
  readonly key: string;
  readonly parent: Position | undefined;
  readonly sources: readonly Source[];
  readonly children: readonly Position[];
  readonly childIndexes: ReadonlyMap<string, number>;
  /** For every key, the slots whose answers may hold it. */
  readonly slotsByKey: ReadonlyMap<string, readonly number[]>;
  /** For every key, where it is asked: of which types, and whether always. */
  readonly askedByKey: ReadonlyMap<string, readonly Asking[]>;
  /**
   * False when there is one source, nested, here and everywhere below: then the answer's own objects are read and no
   * `Place` is made.
   */
  readonly placed: boolean;
  /** What a place begins with: as many of nothing as there are sources, and children. */
  readonly noSlots: readonly undefined[];
  readonly noChildren: readonly undefined[];
  /** The slot of the one source that is nested, if there is one only. */
  readonly onlyNested: number | undefined;
  /** One answer alone says which places there are, here and all the way from the root: no later one makes more. */
  readonly isFixed: boolean;
}

export type Source =
  | { readonly kind: 'Answer'; readonly fetch: number }
  | { readonly kind: 'Nested'; readonly parentSlot: number };

/** The positions of a plan, and for each fetch (by id) where its answers go. */
export interface ResponseLayout {
  readonly root: Position;
  readonly mounts: readonly Mount[];
}

export interface Mount {
  readonly position: Position;
  readonly slot: number;
}

/** Lays out a plan. */
export function layOutResponse(plan: QueryPlan): ResponseLayout {
  const root = createDraft('', undefined);
  const mounts = plan.fetches.map((fetch) => addFetch(root, fetch));
  markPlaced(root);
  markFixed(root, true);
  return { root, mounts };
}

interface Draft extends Position {
  readonly sources: Source[];
  readonly children: Draft[];
  readonly childIndexes: Map<string, number>;
  readonly slotsByKey: Map<string, number[]>;
  readonly askedByKey: Map<string, readonly Asking[]>;
  placed: boolean;
  noSlots: readonly undefined[];
  noChildren: readonly undefined[];
  onlyNested: number | undefined;
  isFixed: boolean;
}

function createDraft(key: string, parent: Draft | undefined): Draft {
  return {
    key,
    parent,
    sources: [],
    children: [],
    childIndexes: new Map(),
    slotsByKey: new Map(),
    askedByKey: new Map(),
    placed: false,
    noSlots: [],
    noChildren: [],
    onlyNested: undefined,
    isFixed: false,
  };
}

function addFetch(root: Draft, fetch: FetchNode): Mount {
  let position = root;
  for (const step of fetch.path) if (step.kind === 'Field') position = childOf(position, step.key);
  const slot = position.sources.push({ kind: 'Answer', fetch: fetch.id }) - 1;
  addAnswers(position, slot, fetch.answers);
  return { position, slot };
}

function addAnswers(position: Draft, slot: number, answers: AnswerTree): void {
  for (const [key, { inner, asked }] of answers) {
    const slots = position.slotsByKey.get(key);
    if (slots) slots.push(slot);
    else position.slotsByKey.set(key, [slot]);
    position.askedByKey.set(key, [...(position.askedByKey.get(key) ?? []), ...asked]);
    if (!inner) continue;
    const child = childOf(position, key);
    addAnswers(child, child.sources.push({ kind: 'Nested', parentSlot: slot }) - 1, inner);
  }
}

function childOf(position: Draft, key: string): Draft {
  const index = position.childIndexes.get(key);
  const known = index === undefined ? undefined : position.children[index];
  if (known) return known;
  const child = createDraft(key, position);
  position.childIndexes.set(key, position.children.push(child) - 1);
  return child;
}

function markPlaced(position: Draft): boolean {
  let placed = position.sources.length !== 1 || position.sources.some(({ kind }) => kind === 'Answer');
  for (const child of position.children) if (markPlaced(child)) placed = true;
  position.placed = placed;
  return placed;
}

function markFixed(position: Draft, isFixed: boolean): void {
  position.isFixed = isFixed;
  position.noSlots = position.sources.map(() => undefined);
  position.noChildren = position.children.map(() => undefined);
  for (const child of position.children) {
    const nested = child.sources.flatMap(({ kind }, slot) => (kind === 'Nested' ? [slot] : []));
    if (nested.length === 1) [child.onlyNested] = nested;
    markFixed(child, isFixed && nested.length === 1);
  }
}
