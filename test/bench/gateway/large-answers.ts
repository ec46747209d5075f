import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** What the server of large answers is told; answered by the addresses of its subgraphs. */
export interface LargeOrder {
  readonly kind: 'serve';
}

export const largeSubgraphs = ['items', 'stock'] as const;
type LargeSubgraph = (typeof largeSubgraphs)[number];

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

const sdl: Record<LargeSubgraph, string> = {
  items: `${link}
    type Query { items(count: Int!): [Item!]! }
    type Item @key(fields: "id") { id: ID! name: String note: String price: Float isOpen: Boolean tags: [String!] }`,
  stock: `${link} type Item @key(fields: "id") { id: ID! stock: Int }`,
};

/** A list of one subgraph as it is, and one to whose items another subgraph adds. */
export const largeQueries = {
  list: 'query List($count: Int!) { items(count: $count) { id name note price isOpen tags } }',
  joined: 'query Joined($count: Int!) { items(count: $count) { id name note price isOpen tags stock } }',
} as const;

/** Composes the supergraph. */
export function composeLarge(urls: Readonly<Record<string, string>>): string {
  const result = composeServices(
    largeSubgraphs.map((name) => ({ name, url: urls[name] ?? '', typeDefs: parse(sdl[name]) })),
  );
  if (result.supergraphSdl !== undefined) return result.supergraphSdl;
  throw new Error((result.errors ?? []).map(({ message }) => message).join('\n'));
}

const note = 'Delivered on a Tuesday in a box with a dent; the seal was whole, the receipt was inside. 已签收。';

/** How many items make an answer of this many megabytes. */
export function countFor(megabytes: number): number {
  return Math.round((megabytes * 1024 * 1024) / Buffer.byteLength(itemText(123_456)));
}

/** The text of an item, with what stands before and behind its own fields. */
function itemText(index: number, before = '', behind = ''): string {
  const texts = `"name":"Item number ${index}","note":"${note}"`;
  const rest = `"price":${(index % 1000) + 0.5},"isOpen":${index % 2 === 0},"tags":["red","round"]`;
  return `{${before}"id":"it_${index}",${texts},${rest}${behind}}`;
}

/** The answer to a query of a client. */
export function answerText(query: keyof typeof largeQueries, count: number): Buffer {
  return listText(count, (index) => itemText(index, '', query === 'joined' ? `,"stock":${stockOf(index)}` : ''));
}

/** What the subgraph of the list answers. */
export function listAnswer(count: number, hasTypename: boolean): Buffer {
  return listText(count, (index) => itemText(index, hasTypename ? '"__typename":"Item",' : ''));
}

function listText(count: number, describe: (index: number) => string): Buffer {
  return Buffer.from(`{"data":{"items":[${Array.from({ length: count }, (_, index) => describe(index)).join(',')}]}}`);
}

/** How many there are of an item. */
export function stockOf(index: number): number {
  return index % 97;
}
