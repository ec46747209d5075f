import type { LoggedChange } from '../changes/changes.ts';
import { decodeOwnedId, type OwnedKey } from '../ids.ts';

/** Sequence number of a change in its log: drawn while the row was locked, so it orders the changes of one row. */
export function seqOfChange({ position }: LoggedChange): number {
  return Number(position.split('-')[1]);
}

/** Texts that a change must tell; rejects the page when one is missing, rather than keep a wrong projection. */
export function textsOfChange<K extends string>(change: LoggedChange, names: readonly K[]): Record<K, string> {
  const entries = names.map((name) => [name, textOf(change, name)] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an entry for each name.
  return Object.fromEntries(entries) as Record<K, string>;
}

/** A text that a change may tell. */
export function optionalTextOfChange({ payload }: LoggedChange, name: string): string | null {
  const value = payload[name];
  return typeof value === 'string' ? value : null;
}

/** Whose row a change tells of, and its number. */
export function ownerOfChange({ type, id }: LoggedChange, prefix: string): OwnedKey {
  const key = decodeOwnedId(prefix, id);
  if (key === undefined) throw new TypeError(`the change log calls a ${type} ${id}, which is no id of ${prefix}_`);
  return key;
}

function textOf({ type, id, payload }: LoggedChange, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`the change of ${type} ${id} does not say ${name}`);
  return value;
}
