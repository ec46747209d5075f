import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { expect, test } from 'vitest';
import { within } from './world.ts';

const query = gql`
  query {
    wards {
      id
      free
      ... @defer(label: "people") {
        nurse
        doctor {
          name
          ... @defer(label: "pager") {
            pager
          }
        }
      }
    }
  }
`;

const handlers = { 'of 2022': new Defer20220824Handler(), 'of later': new GraphQL17Alpha9Handler() };

const wards = ['1', '2', '3'].map((id) => ({ __typename: 'Ward', id, free: Number(id) * 10 }));
const people = (id: string) => ({ nurse: `Nurse ${id}`, doctor: { __typename: 'Person', name: `Doctor ${id}` } });
const pager = (id: string) => ({ pager: `Pager of Doctor ${id}` });

test.each(['of 2022', 'of later'] as const)(
  'Apollo Client shows what is deferred as it comes, in the form %s',
  async (form) => {
    await within({}, async ({ url }) => {
      const client = new ApolloClient({
        link: new HttpLink({ uri: url }),
        cache: new InMemoryCache(),
        // Its own types disagree about a member that may be undefined.
        incrementalHandler: Object(handlers[form]),
      });
      const seen: { readonly data: unknown; readonly isLoading: boolean }[] = [];
      await new Promise<void>((resolve, reject) => {
        client.watchQuery({ query }).subscribe({
          next: ({ data, loading, error }) => {
            if (error) reject(error);
            if (data !== undefined) seen.push({ data, isLoading: loading });
            if (data !== undefined && !loading) resolve();
          },
          error: reject,
        });
      });
      expect([seen[0], seen.at(-1)]).toEqual([
        { data: { wards }, isLoading: true },
        {
          data: {
            wards: wards.map((ward) => ({
              ...ward,
              ...people(ward.id),
              doctor: { ...people(ward.id).doctor, ...pager(ward.id) },
            })),
          },
          isLoading: false,
        },
      ]);
    });
  },
);

test('Apollo Client gets the error of a part', async () => {
  await within({}, async ({ url }) => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: url }),
      cache: new InMemoryCache(),
      incrementalHandler: new Defer20220824Handler(),
    });
    const failing = gql`
      query {
        ward(id: 13) {
          id
          ... @defer {
            nurse
          }
        }
      }
    `;
    const result = await client.query({ query: failing, errorPolicy: 'all' });
    expect([result.data, result.error?.message]).toEqual([
      { ward: { __typename: 'Ward', id: '13', nurse: null } },
      'Nobody works in ward 13.',
    ]);
  });
});
