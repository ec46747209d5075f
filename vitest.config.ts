import { defineConfig } from 'vitest/config';

const conditions = ['source', 'module', 'node', 'development|production'];

/** Tests run from source, against a real PostgreSQL that test/database.ts starts (or TEST_DATABASE_URL). */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['node'] } },
  test: {
    include: [
      'schema/src/**/*.test.ts',
      'gateway/src/**/*.test.ts',
      'subgraphs/*/src/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    globalSetup: ['test/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
