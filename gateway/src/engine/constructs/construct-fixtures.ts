import type { Fields } from '../fixtures.ts';

/** Resolves a reference to the representation as it came: its subgraph knows an entity by what it is sent. */
export const itself = (reference: Fields): Fields => reference;

/** Resolves a reference by its `id`; null for an id nobody has. */
export const byId =
  (objects: readonly Fields[]) =>
  ({ id }: Fields): Fields | null =>
    objects.find((object) => object['id'] === id) ?? null;
