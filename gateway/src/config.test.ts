import { describe, expect, test } from 'vitest';
import { readCommandConfig, readConfig, seedFlags } from './config.ts';
import { settings, settingsTable } from './settings.ts';

const demo = { HUTONG_DEMO: '1' };
const subgraphUrls = {
  INSTITUTIONS_URL: 'http://10.0.0.1:4001/graphql',
  PERSONNEL_URL: 'http://10.0.0.2:4002/graphql',
  INSURANCE_URL: 'http://10.0.0.3:4003/graphql',
  PUBLIC_HEALTH_URL: 'http://10.0.0.4:4004/graphql',
};

test('the demo runs everything in one process with its own databases, on port 4000', () => {
  expect(readConfig([], demo)).toEqual({
    port: 4000,
    host: '127.0.0.1',
    demo: true,
    nodeEnv: 'development',
    data: '.data',
    clock: 'demo',
    supergraph: undefined,
    urls: { institutions: undefined, personnel: undefined, insurance: undefined, 'public-health': undefined },
    databaseUrls: { institutions: undefined, personnel: undefined, insurance: undefined, 'public-health': undefined },
    callerKey: undefined,
    dataKeys: undefined,
    paymentSandboxKey: undefined,
    requestTimeout: 30_000,
    streams: { maxSubscriptions: 100, maxBufferedBytes: 1_048_576, heartbeat: 10_000 },
    subgraphs: {
      responseTimeout: 10_000,
      connectTimeout: 2_000,
      maxResponseBytes: 16_777_216,
      retries: 2,
      breakerThreshold: 0.5,
      breakerWindow: 10_000,
      breakerRequests: 10,
      breakerPause: 5_000,
      breakerCodes: ['SHUTTING_DOWN', 'SUBGRAPH_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    },
    subgraphOptions: undefined,
    bodyLimit: 1_048_576,
    limits: { maxTokens: 10_000, maxDepth: 50, maxSelections: 1_000, maxFetches: 100 },
    planTimeout: 5_000,
    explain: false,
    metrics: false,
    tracing: false,
    forwardHeaders: [],
    shareInFlight: true,
    receiveTimeout: 15_000,
    drainDelay: 0,
    drainTime: 10_000,
    logLevel: 'warn',
    seed: {
      seed: 'hutong',
      residentsPerPlace: 1_000,
      years: [2024],
      scenario: 'CURRENT',
      visitScale: 0.25,
      places: ['pei', 'ningbo', 'qujing'],
    },
    mode: { kind: 'colocated', databaseUrls: {} },
  });
});

describe('what is to be served', () => {
  test('a supergraph file needs no demo and no identity, from the command line or the environment', () => {
    expect(readConfig(['--supergraph', 'a.graphql', '--port', '5000'], { PORT: '1' })).toMatchObject({
      port: 5000,
      mode: { kind: 'foreign', supergraph: 'a.graphql' },
    });
    expect(readConfig([], { SUPERGRAPH: 'a.graphql', PORT: '0', NODE_ENV: 'production' })).toMatchObject({
      port: 0,
      mode: { kind: 'foreign', supergraph: 'a.graphql' },
    });
  });

  test('four subgraph addresses mean distributed, and need the key that signs caller tokens', () => {
    expect(readConfig([], { ...demo, ...subgraphUrls, HUTONG_CALLER_KEY: 'caller.jwk' }).mode).toEqual({
      kind: 'distributed',
      urls: {
        institutions: 'http://10.0.0.1:4001/graphql',
        personnel: 'http://10.0.0.2:4002/graphql',
        insurance: 'http://10.0.0.3:4003/graphql',
        'public-health': 'http://10.0.0.4:4004/graphql',
      },
      callerKey: 'caller.jwk',
    });
    expect(() => readConfig([], { ...demo, ...subgraphUrls })).toThrow('HUTONG_CALLER_KEY must name the private key');
  });

  test('three of four addresses are a mistake that is named', () => {
    const { INSURANCE_URL: _missing, ...three } = subgraphUrls;
    expect(() => readConfig([], { ...demo, ...three })).toThrow(
      'For distributed all four addresses are needed; missing: INSURANCE_URL.',
    );
  });

  test('database addresses mean own PostgreSQL servers', () => {
    const databases = Object.fromEntries(
      ['INSTITUTIONS', 'PERSONNEL', 'INSURANCE', 'PUBLIC_HEALTH'].map((name) => [
        `${name}_DATABASE_URL`,
        `postgres://u:p@db/${name.toLowerCase()}`,
      ]),
    );
    expect(readConfig([], { ...demo, ...databases }).mode).toEqual({
      kind: 'colocated',
      databaseUrls: {
        institutions: 'postgres://u:p@db/institutions',
        personnel: 'postgres://u:p@db/personnel',
        insurance: 'postgres://u:p@db/insurance',
        'public-health': 'postgres://u:p@db/public_health',
      },
    });
  });
});

describe('a start is refused with one sentence', () => {
  test.for([
    [{}, 'set HUTONG_DEMO=1'],
    [{ HUTONG_DEMO: '0' }, 'set HUTONG_DEMO=1'],
    [{ HUTONG_DEMO: 'yes' }, 'HUTONG_DEMO has "yes", which is not of type 0 or 1.'],
    [{ HUTONG_DEMO: '1', NODE_ENV: 'production' }, 'HUTONG_DEMO=1 is refused when NODE_ENV is production'],
    [{ ...demo, PORT: '99999' }, 'PORT has "99999", which is not of type port.'],
    [{ ...demo, HUTONG_CLOCK: 'yesterday' }, 'HUTONG_CLOCK has "yesterday"'],
    [
      { ...demo, HUTONG_BREAKER_THRESHOLD: '1.5' },
      'HUTONG_BREAKER_THRESHOLD has "1.5", which is not of type share, over 0 up to 1.',
    ],
    [{ ...demo, HUTONG_SUBGRAPH_RETRIES: '-1' }, 'HUTONG_SUBGRAPH_RETRIES has "-1", which is not of type integer ≥ 0.'],
    [{ ...demo, HUTONG_BREAKER_CODES: 'A,not a code' }, 'HUTONG_BREAKER_CODES has "A,not a code"'],
    [{ ...demo, HUTONG_SEED_YEARS: '2024-2022' }, 'HUTONG_SEED_YEARS has "2024-2022"'],
    [
      { ...demo, INSURANCE_URL: 'localhost:4003' },
      'INSURANCE_URL has "localhost:4003", which is not of type http(s) URL.',
    ],
  ] as const)('%j', ([env, sentence]) => {
    expect(() => readConfig([], env)).toThrow(sentence);
  });

  test('the value of a secret is not repeated', () => {
    const env = { ...demo, INSURANCE_DATABASE_URL: 'mysql://root:hunter2@db/x' };
    expect(() => readConfig([], env)).toThrow('INSURANCE_DATABASE_URL has a value that is not of type postgres URL.');
  });

  test('an unknown argument is named, with those there are', () => {
    expect(() => readConfig(['--prot', '1'], demo)).toThrow('--prot is not known here.');
    expect(() => readConfig(['--prot', '1'], demo)).toThrow('Known arguments: [--port …] [--host …] [--supergraph …]');
  });
});

test('years are one year or a range', () => {
  expect(readConfig([], { ...demo, HUTONG_SEED_YEARS: '2022-2024' }).seed.years).toEqual([2022, 2023, 2024]);
});

test('the table for the documentation has one row per setting, in both languages', () => {
  const rows = settingsTable().trimEnd().split('\n');
  expect(rows).toHaveLength(Object.keys(settings).length + 2);
  expect(rows[2]).toBe(
    '| `PORT`, `--port` | port | `4000` | Port the server listens on; 0 takes any free one.<br>服务监听端口；0 表示任取空闲端口。 |',
  );
  expect(rows.slice(2).filter((row) => !/\p{Script=Han}/u.test(row.split('|').at(-2) ?? ''))).toEqual([]);
});

describe('a command', () => {
  const seed = { usage: 'npm run seed -- [--residents-per-place N]', words: 0, texts: seedFlags };

  test('takes the settings of the seed from its arguments, and the databases from the environment', () => {
    const args =
      '--residents-per-place 50 --years 2023-2024 --scenario SEED_BASELINE --seed a --visit-scale 1 --places qujing,pei';
    expect(readCommandConfig(seed, args.split(' '), { HUTONG_DATA: '/d', HUTONG_SEED_RESIDENTS: '7' })).toEqual({
      words: [],
      texts: {
        'residents-per-place': '50',
        years: '2023-2024',
        scenario: 'SEED_BASELINE',
        seed: 'a',
        'visit-scale': '1',
        places: 'qujing,pei',
      },
      flags: new Set(),
      clock: 'demo',
      demo: false,
      seed: {
        seed: 'a',
        residentsPerPlace: 50,
        years: [2023, 2024],
        scenario: 'SEED_BASELINE',
        visitScale: 1,
        places: ['qujing', 'pei'],
      },
      store: { data: '/d', dataKeys: undefined, databaseUrls: {} },
    });
  });

  test('takes words, options with a value and options without', () => {
    const usage = { usage: 'npm run import -- TABLE FILE', words: 2, texts: ['rejects'], flags: ['dry-run'] };
    expect(readCommandConfig(usage, ['t', '--dry-run', '--rejects', 'r.csv', 'f'], {})).toMatchObject({
      words: ['t', 'f'],
      texts: { rejects: 'r.csv' },
      flags: new Set(['dry-run']),
    });
    expect(() => readCommandConfig(usage, ['t'], {})).toThrow('Usage 用法: npm run import -- TABLE FILE');
    expect(() => readCommandConfig(usage, ['t', 'f', '--wet-run'], {})).toThrow(
      '--wet-run is not known here. 未知参数 --wet-run。 Usage 用法: npm run import -- TABLE FILE',
    );
    expect(() => readCommandConfig(usage, ['t', 'f', '--rejects'], {})).toThrow('--rejects needs a value.');
    expect(() => readCommandConfig(usage, ['t', 'f', '--rejects', '--dry-run'], {})).toThrow(
      '--rejects needs a value.',
    );
    expect(() => readCommandConfig(usage, ['t', 'f', '--dry-run=1'], {})).toThrow('--dry-run takes no value.');
  });

  test('a command that generates persons, and the demo, are refused in production', () => {
    const production = { NODE_ENV: 'production' };
    expect(() => readCommandConfig({ ...seed, demoOnly: true }, [], production)).toThrow(
      'refused when NODE_ENV is production',
    );
    expect(() => readCommandConfig(seed, [], { ...production, ...demo })).toThrow('HUTONG_DEMO=1 is refused');
    expect(readCommandConfig(seed, [], production).demo).toBe(false);
  });

  test.each([
    [['--places', 'pei,berlin'], '--places has "pei,berlin", which is not of type list of pei, ningbo, qujing'],
    [['--years', '2023'], '--years has "2023", which is not of type years that end with 2024'],
    [['--scenario', 'FUTURE'], '--scenario has "FUTURE", which is not of type CURRENT | SEED_BASELINE'],
    [['--residents-per-place', '0'], '--residents-per-place has "0", which is not of type integer ≥ 1'],
  ])('refuses %j', (args, message) => {
    expect(() => readCommandConfig(seed, args, {})).toThrow(message);
  });
});
