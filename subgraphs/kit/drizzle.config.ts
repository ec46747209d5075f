import { defineConfig } from 'drizzle-kit';

/** The kit's own tables, which every subgraph's database has; migrated by migrate() before the subgraph's own. */
export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: [
    './src/changes/changes-table.ts',
    './src/meta-table.ts',
    './src/relay/inbox-tables.ts',
    './src/write/write-tables.ts',
  ],
  out: './migrations',
});
