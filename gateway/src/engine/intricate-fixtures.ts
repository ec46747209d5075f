import { type TestSubgraph, composeTestGraph } from './fixtures.ts';

const copies = [0, 1, 2];

/** Subgraphs of which each field can be had from three, and after each of which another must be asked. */
const subgraphs: readonly TestSubgraph[] = copies.flatMap((copy) => [
  {
    name: `odd${copy}`,
    sdl: `
      type Query { a: A @shareable }
      type A @key(fields: "id") { id: ID! }
      type B @key(fields: "id") { id: ID!  a: A @shareable }
    `,
  },
  {
    name: `even${copy}`,
    sdl: `
      type A @key(fields: "id") { id: ID!  b: B @shareable }
      type B @key(fields: "id") { id: ID! }
    `,
  },
]);

/** A small supergraph on which the number of ways to answer an operation grows nine times with each level. */
export const intricateSupergraph: string = composeTestGraph(subgraphs);

/** A short operation, valid there, of 9 to the power of `levels` ways. */
export function intricateOperation(levels: number): string {
  return `{ a { ${'b { a { '.repeat(levels)} id ${'} } '.repeat(levels)} } }`;
}
