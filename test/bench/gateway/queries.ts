/** A query of the benchmark. */
export interface GatewayQuery {
  readonly name: QueryName;
  /** The request body that is the same every time. */
  readonly equal: string;
  /** Request bodies of which no two lead to the same subgraph request. */
  readonly distinct: readonly string[];
  /** CPU milliseconds on a machine where @apollo/gateway costs `apollo` (engine.md). */
  readonly budget: { readonly alone: number; readonly sharing: number; readonly apollo: number };
}

export const queryNames = ['heavy', 'medium', 'light'] as const;
export type QueryName = (typeof queryNames)[number];

/** More than connections: of what is in flight, nothing is equal. */
const distinctRequests = 200;

/** A document that names a shop or does not: its variable's declaration and argument come in as text. */
type Document = (declaration: string, argument: string) => string;

const userFields = 'id username name';
const reviewFields = 'id body';
const productFields = 'inStock name price shippingEstimate upc weight';

const documents: Record<QueryName, Document> = {
  // The public benchmark's query: what users and the best products are said to be, three steps far.
  heavy: (declaration, argument) => `
    fragment User on User { ${userFields} }
    fragment Review on Review { ${reviewFields} }
    fragment Product on Product { ${productFields} }
    query TestQuery${declaration} {
      users${argument} {
        ...User
        reviews {
          ...Review
          product {
            ...Product
            reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
          }
        }
      }
      topProducts${argument} {
        ...Product
        reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
      }
    }`,
  // Three fetches.
  medium: (declaration, argument) =>
    `query Medium${declaration} { topProducts${argument} { ${productFields} reviews { ${reviewFields} } } }`,
  // One fetch.
  light: (declaration, argument) => {
    const four = argument === '' ? '(first: 4)' : argument.replace('(', '(first: 4, ');
    return `query Light${declaration} { topProducts${four} { upc name price weight } }`;
  },
};

const budgets: Record<QueryName, GatewayQuery['budget']> = {
  heavy: { alone: 1.7, sharing: 0.7, apollo: 15.2 },
  medium: { alone: 0.3, sharing: 0.13, apollo: 2.14 },
  light: { alone: 0.17, sharing: 0.1, apollo: 0.8 },
};

/** The queries of these names. */
export function gatewayQueries(names: readonly QueryName[]): readonly GatewayQuery[] {
  return names.map((name) => {
    const query = documents[name]('($shop: Int)', '(shop: $shop)');
    return {
      name,
      equal: JSON.stringify({ query: documents[name]('', '') }),
      distinct: Array.from({ length: distinctRequests }, (_, shop) => JSON.stringify({ query, variables: { shop } })),
      budget: budgets[name],
    };
  });
}
