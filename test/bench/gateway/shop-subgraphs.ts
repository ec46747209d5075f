import { composeServices } from '@theguild/federation-composition';
import { buildSchema, graphql, parse } from 'graphql';
import { estimateShipping, findProduct, findUser, productsOf, usersOf, type ShopNumber } from './shop.ts';

/** A subgraph of the benchmark: its SDL, and how it finds an entity by a representation. */
export interface ShopSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly entities: Readonly<Record<string, (reference: Reference) => object>>;
}

/** A representation, of which each type has its own part. */
export interface Reference {
  readonly id: string;
  readonly upc: string;
  readonly price?: number;
  readonly weight?: number;
}

interface ShopArguments {
  readonly shop?: ShopNumber;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key" "@external" "@provides" "@requires"])`;

/**
 * Types and fields of the public graphql-gateways-benchmark; the root fields have an argument more, the shop, by which
 * requests can be made distinct.
 */
export const shopSubgraphs: readonly ShopSubgraph[] = [
  {
    name: 'accounts',
    sdl: `${link}
      type Query { me(shop: Int): User user(id: ID!): User users(shop: Int): [User] }
      type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
    entities: { User: ({ id }) => findUser(id) },
  },
  {
    name: 'inventory',
    sdl: `${link}
      type Product @key(fields: "upc") {
        upc: String!
        weight: Int @external
        price: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    entities: {
      Product: ({ upc, price = 0, weight = 0 }) => ({
        ...findProduct(upc),
        shippingEstimate: estimateShipping(price, weight),
      }),
    },
  },
  {
    name: 'products',
    sdl: `${link}
      type Query { topProducts(first: Int = 5, shop: Int): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    entities: { Product: ({ upc }) => findProduct(upc) },
  },
  {
    name: 'reviews',
    sdl: `${link}
      type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    entities: { User: ({ id }) => findUser(id), Product: ({ upc }) => findProduct(upc) },
  },
];

/** The root fields of all subgraphs, in the form of graphql-js's root value. */
export const shopRoot = {
  me: ({ shop }: ShopArguments) => usersOf(shop)[0],
  user: ({ id }: Pick<Reference, 'id'>) => findUser(id),
  users: ({ shop }: ShopArguments) => usersOf(shop),
  topProducts: ({ first, shop }: ShopArguments & { readonly first: number }) => productsOf(shop, first),
};

/** Composes the supergraph over subgraphs at these addresses; `more` is SDL that each has besides. */
export function composeShop(urls: Readonly<Record<string, string>>, more = ''): string {
  const result = composeServices(
    shopSubgraphs.map(({ name, sdl }) => ({ name, url: urls[name] ?? '', typeDefs: parse(sdl + more) })),
  );
  if (result.supergraphSdl !== undefined) return result.supergraphSdl;
  throw new Error((result.errors ?? []).map(({ message }) => message).join('\n'));
}

/** The graph as its clients see it. */
export const wholeSchema = buildSchema(`
  type Query { me(shop: Int): User user(id: ID!): User users(shop: Int): [User] topProducts(first: Int = 5, shop: Int): [Product] }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Review { id: ID! body: String product: Product author: User }
  type Product {
    upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review]
  }`);

/** The answer of one process that knows no federation, as JSON. */
export async function answerWithoutFederation(body: string): Promise<string> {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  const result = await graphql({ schema: wholeSchema, source: query, rootValue: shopRoot, variableValues: variables });
  return JSON.stringify(result);
}
