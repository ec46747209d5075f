import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const conditions = ['source', 'node', 'development|production'];

/** Tests run from source, against a real PostgreSQL that test/database.ts starts (or TEST_DATABASE_URL). */
export default defineConfig({
  // graphql as Node itself resolves it: a second copy of graphql (its ES module build) would be another realm.
  resolve: { conditions, alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  ssr: { resolve: { conditions, externalConditions: ['node'] } },
  // The environment in which globalSetup is loaded; it takes no conditions from above.
  environments: { __vitest__: { resolve: { conditions, externalConditions: ['node'] } } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['schema/src/**/*.test.ts', 'gateway/src/**/*.test.ts', 'subgraphs/*/src/**/*.test.ts'],
          globalSetup: ['test/database.ts'],
          setupFiles: ['test/facts/record-operations.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/failure/**', 'test/facts/**', 'test/streams/**'],
          globalSetup: ['test/region.ts'],
          setupFiles: ['test/facts/record-operations.ts'],
        },
      },
      // Subscriptions and @defer, by the clients people use; without a database.
      { extends: true, test: { name: 'streams', include: ['test/streams/**/*.test.ts'] } },
      // The whole gateway over small subgraphs that fall ill; without a database.
      { extends: true, test: { name: 'failure', include: ['test/failure/**/*.test.ts'] } },
      // After all others: what their operations showed, held against the facts that the subgraphs serve.
      { extends: true, test: { name: 'facts', include: ['test/facts/**/*.test.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
});
