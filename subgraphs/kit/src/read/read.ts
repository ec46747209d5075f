import { createAggregateLoader, createCountLoader } from './aggregates.ts';
import { createBatch } from './batch.ts';
import { createKeysLoader, createOwnedListLoader } from './composite.ts';
import { createParentPageLoader, loadPage } from './pages.ts';
import { connectionProjectionOf } from './projection.ts';
import { createKeyLoader, createListLoader, createOwnedLoader, createValueLoader, firstOf, loadAll } from './rows.ts';
import { dialect, scopeOf, type Shapes } from './scope.ts';
import type { Run } from './statement.ts';
import type { Query, Read } from './types.ts';

/** The read layer of one request; `shape` looks up tables as the subgraph's key ring reads them. */
export function createRead(run: Run, shape: Shapes): Read {
  const query: Query = async (sql) => {
    const { sql: text, params } = dialect.sqlToQuery(sql);
    return run(text, params);
  };
  return {
    query,
    byKey: (table, key) => createKeyLoader(run, shape(table), key),
    byOwnedId: (table, prefix, number) => createOwnedLoader(run, shape(table), prefix, number),
    byKeys: (table, keys) => createKeysLoader(run, shape(table), keys),
    listByOwned: (table, prefix, column, options) =>
      createOwnedListLoader(run, scopeOf(shape(table), [], options), prefix, column),
    all: (table, options) => ({ load: (where, info) => loadAll(run, scopeOf(shape(table), [], options), where, info) }),
    page: (table, tieBreak, options) => ({
      load: (page, info) =>
        loadPage(run, scopeOf(shape(table), [tieBreak].flat(), options), page, connectionProjectionOf(info)),
    }),
    pageBy: (table, parent, tieBreak, options) =>
      createParentPageLoader(run, scopeOf(shape(table), [tieBreak].flat(), options), parent),
    listBy: (table, parent, options) =>
      createListLoader(run, scopeOf(shape(table), [], options), parent, options?.limit),
    firstBy: (table, parent, options) => firstOf(createListLoader(run, scopeOf(shape(table), [], options), parent, 1)),
    valueBy: (table, parent, column, options) =>
      createValueLoader(run, scopeOf(shape(table), [], options), parent, column),
    countBy: (table, parent, options) => createCountLoader(run, scopeOf(shape(table), [], options), parent),
    aggregateBy: (table, parent, aggregates, options) =>
      createAggregateLoader(run, scopeOf(shape(table), [], options), parent, aggregates),
    batch: (load) => createBatch((keys) => load(keys, query)),
  };
}
