/** A showcase query of domain.md B.5, ready to run on the demo region. */
export interface Showcase {
  readonly query: string;
  readonly variables: string;
}

const queries = import.meta.glob<string>('../../../schema/showcase/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../../../schema/showcase/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The queries of schema/showcase in their order, each with the variables that suit the demo region. */
export const showcase: readonly Showcase[] = Object.entries(queries).map(([path, query]) => ({
  query,
  variables: variables[path.replace('.graphql', '.json')] ?? '{}',
}));
