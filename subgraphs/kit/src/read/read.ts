import { createAggregateLoader, createCountLoader } from './aggregates.ts';
import { createBatch } from './batch.ts';
import { createKeysLoader, createOwnedListLoader } from './composite.ts';
import { createParentPageLoader, loadPage } from './pages.ts';
import { connectionProjectionOf } from './projection.ts';
import { createKeyLoader, createListLoader, createOwnedLoader, firstOf, loadAll } from './rows.ts';
import { dialect, scopeOf, shapeOfTable } from './scope.ts';
import type { Run } from './statement.ts';
import type { Query, Read } from './types.ts';

/** The read layer of one request. */
export function createRead(run: Run): Read {
  const query: Query = async (sql) => {
    const { sql: text, params } = dialect.sqlToQuery(sql);
    return run(text, params);
  };
  return {
    query,
    byKey: (table, key) => createKeyLoader(run, shapeOfTable(table), key),
    byOwnedId: (table, prefix, number) => createOwnedLoader(run, shapeOfTable(table), prefix, number),
    byKeys: (table, keys) => createKeysLoader(run, shapeOfTable(table), keys),
    listByOwned: (table, prefix, column, options) =>
      createOwnedListLoader(run, scopeOf(table, [], options), prefix, column),
    all: (table, options) => ({ load: (where, info) => loadAll(run, scopeOf(table, [], options), where, info) }),
    page: (table, tieBreak, options) => ({
      load: (page, info) =>
        loadPage(run, scopeOf(table, [tieBreak].flat(), options), page, connectionProjectionOf(info)),
    }),
    pageBy: (table, parent, tieBreak, options) =>
      createParentPageLoader(run, scopeOf(table, [tieBreak].flat(), options), parent),
    listBy: (table, parent, options) => createListLoader(run, scopeOf(table, [], options), parent, options?.limit),
    firstBy: (table, parent, options) => firstOf(createListLoader(run, scopeOf(table, [], options), parent, 1)),
    countBy: (table, parent, options) => createCountLoader(run, scopeOf(table, [], options), parent),
    aggregateBy: (table, parent, aggregates, options) =>
      createAggregateLoader(run, scopeOf(table, [], options), parent, aggregates),
    batch: (load) => createBatch((keys) => load(keys, query)),
  };
}
