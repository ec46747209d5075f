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
    byKey: (table, key) => whenAsked(() => createKeyLoader(run, shape(table), key)),
    byOwnedId: (table, prefix, number) => whenAsked(() => createOwnedLoader(run, shape(table), prefix, number)),
    byKeys: (table, keys) => whenAsked(() => createKeysLoader(run, shape(table), keys)),
    listByOwned: (table, prefix, column, options) =>
      whenAsked(() => createOwnedListLoader(run, scopeOf(shape(table), [], options), prefix, column)),
    all: (table, options) => ({ load: (where, info) => loadAll(run, scopeOf(shape(table), [], options), where, info) }),
    page: (table, tieBreak, options) => ({
      load: (page, info) =>
        loadPage(run, scopeOf(shape(table), [tieBreak].flat(), options), page, connectionProjectionOf(info)),
    }),
    pageBy: (table, parent, tieBreak, options) =>
      whenAsked(() => createParentPageLoader(run, scopeOf(shape(table), [tieBreak].flat(), options), parent)),
    listBy: (table, parent, options) =>
      whenAsked(() => createListLoader(run, scopeOf(shape(table), [], options), parent, options?.limit)),
    firstBy: (table, parent, options) =>
      whenAsked(() => firstOf(createListLoader(run, scopeOf(shape(table), [], options), parent, 1))),
    valueBy: (table, parent, column, options) =>
      whenAsked(() => createValueLoader(run, scopeOf(shape(table), [], options), parent, column)),
    countBy: (table, parent, options) =>
      whenAsked(() => createCountLoader(run, scopeOf(shape(table), [], options), parent)),
    aggregateBy: (table, parent, aggregates, options) =>
      whenAsked(() => createAggregateLoader(run, scopeOf(shape(table), [], options), parent, aggregates)),
    batch: (load) => whenAsked(() => createBatch((keys) => load(keys, query), null)),
  };
}

/** A loader that is made at its first load: a request declares every loader of its subgraph and uses a few. */
function whenAsked<Asked extends readonly unknown[], Answer>(
  make: () => { readonly load: (...asked: Asked) => Answer },
): { readonly load: (...asked: Asked) => Answer } {
  let made: { readonly load: (...asked: Asked) => Answer } | undefined;
  return { load: (...asked) => (made ??= make()).load(...asked) };
}
