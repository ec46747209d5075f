import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One code of a value set, with its names. */
export interface ValueSetValue {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Name of the GraphQL enum value, where the set is an enum. */
  readonly constant?: string;
  /** Further facts that domain.md §5 states with the code, for example the weight of a DRG group. */
  readonly flags?: Readonly<Record<string, string | number | boolean>>;
}

/** A code table (domain.md §5). */
export interface ValueSet {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  /** Identifier of the standard, which is the `system` of its codes. */
  readonly standard: string;
  /** Edition of the standard; year or number. */
  readonly version: string;
  /** Whether the codes were confirmed in public material; the others must be checked before production. */
  readonly seen: boolean;
  /** Only a sample of names is shipped: codes outside it are valid too. */
  readonly open?: boolean;
  readonly values: readonly ValueSetValue[];
}

/** A code with its system and names, as the GraphQL type Coded. */
export interface Coded {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly displayEn: string | null;
}

interface IndexedSet {
  readonly set: ValueSet;
  readonly coded: ReadonlyMap<string, Coded>;
}

const indexedSets = readValueSets(fileURLToPath(new URL('../value-sets/', import.meta.url)));

/** Ids of all value sets, for example `VS-04`, `ICD-10`. */
export const valueSetIds: readonly string[] = [...indexedSets.keys()];

/** A value set by id; an id that is not there is a mistake in the program and throws. */
export function valueSet(id: string): ValueSet {
  return indexed(id).set;
}

/** Tells whether a set contains a code; any code is possible in an open set such as ICD-10. */
export function hasCode(setId: string, code: string): boolean {
  const { set, coded } = indexed(setId);
  return set.open === true || coded.has(code);
}

/**
 * A code with its names. A code that its set does not have is shown as unknown (未知代码), never under a wrong name; a
 * code of an open set without a shipped name is shown as itself, without an English name.
 */
export function codeOf(setId: string, code: string): Coded {
  const { set, coded } = indexed(setId);
  const known = coded.get(code);
  if (known !== undefined) return known;
  if (set.open === true) return { system: set.standard, code, display: code, displayEn: null };
  return { system: set.standard, code, display: `未知代码 ${code}`, displayEn: `Unknown code ${code}` };
}

function indexed(id: string): IndexedSet {
  const found = indexedSets.get(id);
  if (found === undefined) throw new Error(`There is no value set ${id} in schema/value-sets.`);
  return found;
}

function readValueSets(folder: string): ReadonlyMap<string, IndexedSet> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const sets = files.map((file) => indexSet(parseValueSet(readFileSync(join(folder, file), 'utf8'))));
  return new Map(sets.map((entry) => [entry.set.id, entry]));
}

/** The files are ours and tests hold their shape, so they are trusted here. */
function parseValueSet(text: string): ValueSet {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above.
  return JSON.parse(text) as ValueSet;
}

function indexSet(set: ValueSet): IndexedSet {
  const coded = set.values.map(({ code, zh, en }): [string, Coded] => [
    code,
    Object.freeze({ system: set.standard, code, display: zh, displayEn: en }),
  ]);
  return { set, coded: new Map(coded) };
}
