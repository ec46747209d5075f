/**
 * The import law (architecture.md §2): who may import whom. What is not listed is forbidden.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const subgraph = '^subgraphs/(institutions|personnel|insurance|public-health)/src/';
const ours = '^(schema|gateway|subgraphs|test)/';
const tests = '\\.test\\.ts$|/fixtures\\.ts$';

/** Files under `from` may import, of ours, only what matches one of `allowed`. */
function only(name, from, allowed) {
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot: tests },
    to: { path: ours, pathNot: allowed },
  };
}

/** A third-party package may be imported only under these paths. */
function confined(packages, allowed) {
  return {
    name: `confined-${packages.replaceAll(/\W+/g, '-')}`,
    severity: 'error',
    from: { path: ours, pathNot: `${allowed}|${tests}` },
    to: { path: `^node_modules/(${packages})/` },
  };
}

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: ours, pathNot: `${tests}|\\.d\\.ts$|\\.config\\.(ts|mjs)$|/cli/|^test/|/data/` },
      to: {},
    },
    { name: 'no-unresolved', severity: 'error', from: { path: ours }, to: { couldNotResolve: true } },

    only('schema-imports-nothing-of-ours', '^schema/', ['^schema/']),
    only('kit-and-synthetic-import-schema', '^subgraphs/(kit|synthetic)/', ['^schema/', '^subgraphs/$1/']),
    only('a-subgraph-imports-no-other', subgraph, [
      '^schema/',
      '^subgraphs/kit/',
      '^subgraphs/synthetic/',
      '^subgraphs/$1/',
    ]),
    {
      name: 'synthetic-is-for-seeds',
      severity: 'error',
      from: { path: subgraph, pathNot: `seed(\\.ts$|/)|${tests}` },
      to: { path: '^subgraphs/synthetic/' },
    },
    {
      // `import '@hutong/kit'`, never a path into another package; the names after index are the packages' other exports.
      name: 'packages-by-their-front-doors',
      severity: 'error',
      from: { path: '^(schema|gateway|test|subgraphs/[^/]+)/' },
      to: {
        path: '^(schema|gateway|test|subgraphs/[^/]+)/',
        pathNot:
          '^$1/|/src/index\\.ts$|^schema/src/compose\\.ts$|^subgraphs/kit/src/database/embedded/start-embedded-server\\.ts$',
      },
    },

    // Of tables, resolvers take values too: `columns(table)` is a resolver per column. They read no rows.
    only('resolvers', `${subgraph}resolvers/`, [
      `^subgraphs/$1/src/(resolvers|rules|tables)/`,
      `^subgraphs/$1/src/(context|schema-types)\\.ts$`,
      '^subgraphs/kit/',
      '^schema/',
    ]),
    only('context', `${subgraph}context\\.ts$`, [`^subgraphs/$1/src/(loaders|writes)/`, '^subgraphs/kit/', '^schema/']),
    only('writes', `${subgraph}writes/`, [
      `^subgraphs/$1/src/(writes|rules|tables)/`,
      `^subgraphs/$1/src/schema-types\\.ts$`,
      '^subgraphs/kit/',
      '^schema/',
    ]),
    only('jobs', `${subgraph}jobs/`, [`^subgraphs/$1/src/(jobs|writes)/`, '^subgraphs/kit/', '^schema/']),
    only('loaders', `${subgraph}loaders/`, [
      `^subgraphs/$1/src/(loaders|tables)/`,
      `^subgraphs/$1/src/schema-types\\.ts$`,
      '^subgraphs/kit/',
      '^schema/',
    ]),
    only('tables', `${subgraph}tables/`, [
      `^subgraphs/$1/src/tables/`,
      `^subgraphs/$1/src/schema-types\\.ts$`,
      '^subgraphs/kit/',
      '^schema/',
    ]),
    only('rules', `${subgraph}rules/`, [`^subgraphs/$1/src/rules/`]),
    only('seed', `${subgraph}seed(\\.ts|/)`, [
      `^subgraphs/$1/src/(tables|rules|seed)/`,
      `^subgraphs/$1/src/(seed|schema-types)\\.ts$`,
      '^subgraphs/(kit|synthetic)/',
      '^schema/',
    ]),

    only('gateway-imports-no-subgraph', '^gateway/src/(?!colocated-packages\\.ts$)', [
      '^gateway/',
      '^schema/',
      '^subgraphs/kit/',
    ]),
    only('engine-knows-no-door-and-no-policy', '^gateway/src/engine/', ['^gateway/src/engine/']),
    only('engine-planner', '^gateway/src/engine/planner/', ['^gateway/src/engine/(planner|supergraph)/']),
    only('engine-explain', '^gateway/src/engine/explain/', ['^gateway/src/engine/(explain|executor|planner)/']),
    only('engine-supergraph', '^gateway/src/engine/supergraph/', ['^gateway/src/engine/supergraph/']),
    // That the executor takes only types of the planner is looked at in .ci/check-imports.mjs: swc does not tell them apart.
    only('engine-executor', '^gateway/src/engine/executor/', [
      '^gateway/src/engine/(executor|planner|supergraph)/',
      '^gateway/src/engine/traced\\.ts$',
    ]),
    {
      name: 'policies-know-not-each-other',
      severity: 'error',
      from: { path: '^gateway/src/policy/([^/]+)/' },
      to: { path: '^gateway/src/policy/[^/]+/', pathNot: '^gateway/src/policy/$1/' },
    },
    {
      name: 'observability-is-for-the-server',
      severity: 'error',
      from: {
        path: ours,
        pathNot: `^gateway/src/(main|server|http-server)\\.ts$|^gateway/src/observability/|${tests}`,
      },
      to: { path: '^gateway/src/observability/' },
    },
    only('observability', '^gateway/src/observability/', ['^gateway/src/observability/', '^subgraphs/kit/']),
    // What starts the process: the settings, where the graph comes from, who may ask, and the server.
    only('main', '^gateway/src/main\\.ts$', [
      '^gateway/src/(config|server|caller-key|supergraph-file|subgraph-options|ask-seeding)\\.ts$',
      '^gateway/src/engine/index\\.ts$',
      '^gateway/src/(colocated|in-process-sources|seeding)\\.ts$',
      '^gateway/src/policy/(personas|persona-ids)\\.ts$',
      '^gateway/src/observability/',
      '^subgraphs/kit/',
      '^schema/',
    ]),
    // The server and its HTTP half, http-server, put together each part by its front door.
    only('server', '^gateway/src/(server|http-server)\\.ts$', [
      '^gateway/src/(http-server|graph-succession|pipeline|readiness|subgraph-options|context|errors)\\.ts$',
      '^gateway/src/doors/[^/]+/[^/]+-door\\.ts$',
      '^gateway/src/engine/index\\.ts$',
      '^gateway/src/policy/personas\\.ts$',
      '^gateway/src/policy/authentication/authentication\\.ts$',
      '^gateway/src/observability/',
      '^subgraphs/kit/',
      '^schema/',
    ]),
    only('colocated', '^gateway/src/colocated[^/]*\\.ts$', [
      '^gateway/src/colocated[^/]*\\.ts$',
      '^gateway/src/(config|in-process-sources|ask-seeding)\\.ts$',
      '^subgraphs/',
    ]),
    only('policy', '^gateway/src/policy/', [
      '^gateway/src/policy/',
      '^gateway/src/engine/index\\.ts$',
      '^gateway/src/(context|errors|config)\\.ts$',
      '^schema/',
    ]),
    only('doors', '^gateway/src/doors/([^/]+)/', [
      '^gateway/src/doors/$1/',
      '^gateway/src/(pipeline|context|errors)\\.ts$',
      '^schema/',
    ]),
    only('pipeline', '^gateway/src/(pipeline|explain-operation|operation-channel)\\.ts$', [
      '^gateway/src/policy/',
      '^gateway/src/engine/index\\.ts$',
      '^gateway/src/(context|errors|explain-operation|operation-channel)\\.ts$',
      '^schema/',
    ]),

    confined('drizzle-orm|postgres', `${subgraph}(tables|loaders|writes|seed)|${subgraph}jobs/|^subgraphs/kit/|^test/`),
    confined('@apollo/server', '^gateway/src/doors/graphql/|^subgraphs/kit/|^test/'),
    confined('undici', '^gateway/src/engine/executor/|^test/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|schema-types\\.ts$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
