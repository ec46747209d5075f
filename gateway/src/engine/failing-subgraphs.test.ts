import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { clinicSubgraphs } from './clinic-fixtures.ts';
import { type Disturbance, type Fields, type TestSubgraph, createTestGraph } from './fixtures.ts';
import { SubgraphFailure, type SubgraphError, fetchChannelName } from './index.ts';

const { run, sent } = createTestGraph(clinicSubgraphs());

const down =
  (name: string): Disturbance =>
  (subgraph, _, answer) => {
    if (subgraph !== name) return answer();
    throw new TypeError('connect ECONNREFUSED 10.0.0.1:4001 at Object.<anonymous> (/srv/secret.js:1:1)');
  };

/** Changes what one subgraph answers. */
const spoil =
  (name: string, change: (response: { data: never; errors: SubgraphError[] }) => unknown): Disturbance =>
  async (subgraph, _, answer) => {
    const response = await answer();
    if (subgraph !== name) return response;
    const copy = { errors: [], ...JSON.parse(JSON.stringify(response)) };
    return (change(copy) ?? copy) as Awaited<ReturnType<typeof answer>>;
  };

test('a subgraph that is down costs its own fields, each with its path in the client’s names', async () => {
  const result = await run(
    '{ all: institutions(first: 2) { name crew: staff { no: id } } }',
    {},
    { disturb: down('people') },
  );
  expect(result).toEqual({
    data: {
      all: [
        { name: 'Institution 1', crew: null },
        { name: 'Institution 2', crew: null },
      ],
    },
    errors: [0, 1].map((index) => ({
      message: 'Subgraph "people" is not available.',
      path: ['all', index, 'crew'],
      code: 'SUBGRAPH_UNAVAILABLE',
      subgraph: 'people',
    })),
  });
});

test('what a transport throws is not shown', async () => {
  const result = await run('{ doctor(no: 1) { name } }', {}, { disturb: down('people') });
  expect(JSON.stringify(result)).not.toMatch(/ECONNREFUSED|secret|TypeError/);
});

test('observers learn of every request, with the cause of a failure', async () => {
  const reports: unknown[] = [];
  const observe = (report: unknown): number => reports.push(report);
  subscribe(fetchChannelName, observe);
  await run('query Q { now institution(id: "in_1") { staff { id } } }', {}, { disturb: down('people') });
  unsubscribe(fetchChannelName, observe);
  const common = { requestId: 'test', milliseconds: expect.any(Number) };
  expect(reports).toEqual([
    { ...common, subgraph: 'places', operationName: 'Q__places__0', failure: undefined },
    {
      ...common,
      subgraph: 'people',
      operationName: 'Q__people__1',
      failure: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', cause: expect.any(TypeError) }),
    },
  ]);
});

test('a failure the transport knows keeps its code', async () => {
  const disturb: Disturbance = () => {
    throw new SubgraphFailure('people', 'SUBGRAPH_TIMEOUT', 'Subgraph "people" did not answer in time.');
  };
  expect(await run('{ doc: doctor(no: 1) { name } }', {}, { disturb })).toEqual({
    data: { doc: null },
    errors: [
      {
        message: 'Subgraph "people" did not answer in time.',
        path: ['doc'],
        code: 'SUBGRAPH_TIMEOUT',
        subgraph: 'people',
      },
    ],
  });
});

test('an error of one entity stands at every place the entity has', async () => {
  const disturb = spoil('people', (response: { data: { _entities: unknown[] }; errors: SubgraphError[] }) => {
    response.data._entities[0] = { staff: null };
    response.errors.push({
      message: 'No access',
      path: ['_entities', 0, 'staff'],
      extensions: { code: 'FORBIDDEN', stacktrace: ['at secret'], exception: { stack: 'x' } },
    });
  });
  const result = await run('{ institutions { parent { staff { id } } } }', {}, { disturb });
  expect(result).toEqual({
    data: { institutions: [{ parent: null }, ...[1, 2, 3].map(() => ({ parent: { staff: null } }))] },
    errors: [1, 2, 3].map((index) => ({
      message: 'No access',
      path: ['institutions', index, 'parent', 'staff'],
      code: 'FORBIDDEN',
      subgraph: 'people',
    })),
  });
});

test('an error below a null stands where it arose, under the client’s aliases', async () => {
  const disturb = spoil(
    'people',
    (response: { data: { _entities: { staff: unknown[] }[] }; errors: SubgraphError[] }) => {
      const [entity] = response.data._entities;
      if (entity) entity.staff[0] = null;
      response.errors.push({ message: 'Broken', path: ['_entities', 0, 'staff', 0, 'licence', 'no'] });
    },
  );
  const result = await run(
    '{ institution(id: "in_1") { crew: staff { paper: licence { number: no } } } }',
    {},
    { disturb },
  );
  expect(result).toEqual({
    data: { institution: { crew: null } },
    errors: [
      {
        message: 'Broken',
        path: ['institution', 'crew', 0, 'paper', 'number'],
        code: 'INTERNAL_SERVER_ERROR',
        subgraph: 'people',
      },
    ],
  });
});

test('a null in a non-null place makes the nearest nullable parent null, and says where', async () => {
  const disturb = spoil('places', (response: { data: { encounters: { place: { name: unknown } }[] } }) => {
    const [first] = response.data.encounters;
    if (first) first.place.name = null;
  });
  const result = await run('{ encounters { place { name } } }', {}, { disturb });
  expect(result.data).toEqual({
    encounters: [
      null,
      ...[2, 3].map((n) => ({ place: { name: `Institution ${n + 1}` } })),
      null,
      ...[1, 2, 3].map((n) => ({ place: { name: `Institution ${n}` } })),
    ],
  });
  expect(result.errors).toEqual([
    {
      message: 'Cannot return null for non-nullable field Institution.name.',
      path: ['encounters', 0, 'place', 'name'],
      code: 'SUBGRAPH_INVALID_RESPONSE',
      subgraph: 'places',
    },
  ]);
});

test('an entity that a subgraph does not know has no fields there, without an error', async () => {
  const disturb = spoil('people', (response: { data: { _entities: unknown[] } }) => {
    response.data._entities[0] = null;
  });
  expect(await run('{ institution(id: "in_1") { name staff { id } } }', {}, { disturb })).toEqual({
    data: { institution: { name: 'Institution 1', staff: null } },
  });
});

test('an entity that a subgraph does not know is an error where a field may not be null', async () => {
  const disturb = spoil('money', (response: { data: { _entities: unknown[] } }) => {
    response.data._entities[0] = null;
  });
  expect(await run('{ institution(id: "in_1") { name designated } }', {}, { disturb })).toEqual({
    data: { institution: null },
    errors: [
      {
        message: 'Cannot return null for non-nullable field Institution.designated.',
        path: ['institution', 'designated'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'money',
      },
    ],
  });
});

test('nothing is computed from a required field that failed: the field is null with the reason', async () => {
  sent.length = 0;
  const result = await run('{ claims { id resident { cap(year: 2025) } } }', {}, { disturb: down('health') });
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['money', 'health']);
  expect(result.data).toEqual({ claims: [1, 2, 3, 4, 5].map((no) => ({ id: `cl_${no}`, resident: { cap: null } })) });
  expect(result.errors?.[0]).toEqual({
    message: 'Subgraph "health" is not available.',
    path: ['claims', 0, 'resident', 'cap'],
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'health',
  });
  expect(result.errors).toHaveLength(5);
});

test.each([
  ['no object', () => 'Service Unavailable'],
  ['neither data nor errors', () => ({})],
  ['data that is a list', () => ({ data: [] })],
  ['too few entities', () => ({ data: { _entities: [] } })],
  ['no entities', () => ({ data: {} })],
])('an answer with %s is invalid', async (_, change) => {
  const result = await run('{ institution(id: "in_1") { staff { id } } }', {}, { disturb: spoil('people', change) });
  expect(result.data).toEqual({ institution: { staff: null } });
  expect(result.errors).toMatchObject([
    { path: ['institution', 'staff'], code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'people' },
  ]);
});

test.each([
  ['a number for a string', 'name', 7, 'Institution.name is not a value of String.'],
  ['an integer that JSON does not keep', 'id', 2 ** 60, 'Institution.id is not a value of ID.'],
  ['an unknown enum value', 'kind', 'PALACE', 'Institution.kind is not a value of Kind.'],
  ['a list for an object', 'parent', [], 'Institution.parent is not an object.'],
  ['an object for a list', 'doctors', {}, 'Institution.doctors is not a list.'],
])('%s is an error at its path', async (_, field, value, message) => {
  const disturb = spoil('places', (response: { data: { institution: Record<string, unknown> } }) => {
    response.data.institution[field] = value;
  });
  const query = '{ institution(id: "in_1") { id name kind parent { id } doctors { licence { no } } } }';
  const result = await run(query, {}, { disturb });
  expect(result.errors).toEqual([
    { message, path: ['institution', field], code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'places' },
  ]);
});

test('a field the subgraph left out is an error, not a silent null', async () => {
  const disturb = spoil('places', (response: { data: { institution: { code?: string } } }) => {
    delete response.data.institution.code;
  });
  expect(await run('{ institution(id: "in_1") { id code } }', {}, { disturb })).toEqual({
    data: { institution: { id: 'in_1', code: null } },
    errors: [
      {
        message: "The subgraph's answer holds no Institution.code.",
        path: ['institution', 'code'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'places',
      },
    ],
  });
});

test('an error without a path is passed on without one', async () => {
  const disturb = spoil('places', (response) => {
    response.errors.push({ message: 'Slow today', extensions: { code: 'NOTICE' } });
  });
  expect(await run('{ institution(id: "in_1") { id } }', {}, { disturb })).toEqual({
    data: { institution: { id: 'in_1' } },
    errors: [{ message: 'Slow today', code: 'NOTICE', subgraph: 'places' }],
  });
});

test.each([5, {}, true, 'name', [null], [['name']], null])(
  'an error with the malformed path %j is passed on without a path, whatever else was asked',
  async (path) => {
    const errors = [{ message: 'Broken', path, extensions: 'x' }];
    const expected = [{ message: 'Broken', code: 'INTERNAL_SERVER_ERROR', subgraph: 'people' }];
    const ofEntity = spoil('people', (response) => ({ ...response, errors }));
    expect(await run('{ institution(id: "in_1") { name sign } now }', {}, { disturb: ofEntity })).toEqual({
      data: { institution: { name: 'Institution 1', sign: '*Institution 1*' }, now: 'now' },
      errors: expected,
    });
    const ofRoot = spoil('people', () => ({ data: { doctor: null }, errors }));
    expect(await run('{ doctor(no: 1) { id } }', {}, { disturb: ofRoot })).toEqual({
      data: { doctor: null },
      errors: expected,
    });
  },
);

test.each(['a', 5, false, [[{ staff: [] }]]])('an entity that is %j is an error, not a silent null', async (entity) => {
  const disturb = spoil('people', () => ({ data: { _entities: [entity] } }));
  expect(await run('{ institution(id: "in_1") { name staff { id } } }', {}, { disturb })).toEqual({
    data: { institution: { name: 'Institution 1', staff: null } },
    errors: [
      {
        message: 'What subgraph "people" answered holds an entity that is no object.',
        path: ['institution', 'staff'],
        code: 'SUBGRAPH_INVALID_RESPONSE',
        subgraph: 'people',
      },
    ],
  });
});

test('an item that is no object is an error where others of its list are joined with other subgraphs', async () => {
  const disturb = spoil('places', (response: { data: { institution: { doctors: unknown[] } } }) => {
    response.data.institution.doctors[0] = 'a';
  });
  expect(await run('{ institution(id: "in_2") { doctors { workload } } }', {}, { disturb })).toEqual({
    data: { institution: { doctors: [null, null, { workload: 7 }] } },
    errors: [
      {
        message: 'No subgraph gave a value for Institution.doctors.',
        path: ['institution', 'doctors', 0],
        code: 'SUBGRAPH_INVALID_RESPONSE',
      },
    ],
  });
});

test('nothing is computed from a required list that holds something else than objects', async () => {
  const disturb = spoil('health', (response: { data: { residents?: ({ packages: unknown[] } | null)[] } }) => {
    const [first] = response.data.residents ?? [];
    if (first) first.packages[0] = 'a';
  });
  const result = await run('{ residents { cap(year: 1) } }', {}, { disturb });
  expect(result.errors).toMatchObject([{ path: ['residents', 0, 'cap'], code: 'SUBGRAPH_INVALID_RESPONSE' }]);
});

const crates: readonly TestSubgraph[] = [
  {
    name: 'stock',
    sdl: `type Query { crates: [Crate] } type Lid { width: Int }
      type Crate @key(fields: "id") { id: ID! marks: [[String!]!] weight: Int lid: Lid lids: [[Lid]] }`,
    resolvers: {
      Query: { crates: () => [{ id: '1', marks: [['a']], weight: 5, lid: { width: 2 }, lids: [[{ width: 3 }]] }] },
    },
  },
  {
    name: 'signs',
    sdl: `type Lid { width: Int @external }
      type Crate @key(fields: "id") {
        id: ID! marks: [[String!]!] @external weight: Int @external lid: Lid @external lids: [[Lid]] @external
        ofMarks: String @requires(fields: "marks") ofWeight: String @requires(fields: "weight")
        ofLid: String @requires(fields: "lid { width }") ofLids: String @requires(fields: "lids { width }") }`,
    resolvers: {
      Crate: Object.fromEntries(
        ['marks', 'weight', 'lid', 'lids'].map((name) => [
          `of${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
          (crate: Fields) => JSON.stringify(crate[name]),
        ]),
      ),
    },
  },
];

test.each([
  ['marks', 'ofMarks', false],
  ['marks', 'ofMarks', 'a'],
  ['marks', 'ofMarks', ['a']],
  ['marks', 'ofMarks', [[{}]]],
  ['weight', 'ofWeight', '5'],
  ['weight', 'ofWeight', [5]],
  ['lid', 'ofLid', 2],
  ['lid', 'ofLid', []],
  ['lid', 'ofLid', [[{}]]],
  ['lid', 'ofLid', { width: {} }],
  ['lids', 'ofLids', [{ width: 3 }]],
  ['lids', 'ofLids', { width: 3 }],
])('nothing is computed from what cannot stand in a required field: %s, for %s, is %j', async (name, field, value) => {
  const { run: ask, sent: requests } = createTestGraph(crates);
  const disturb = spoil('stock', (response: { data: { crates: Record<string, unknown>[] } }) => {
    for (const crate of response.data.crates) crate[name] = value;
  });
  for (const condition of ['', '@include(if: $yes)']) {
    const query = `query ($yes: Boolean! = true) { crates { id @include(if: $yes) ... ${condition} { ${field} } } }`;
    expect(await ask(query, {}, { disturb })).toEqual({
      data: { crates: [{ id: '1', [field]: null }] },
      errors: [
        {
          message: expect.stringMatching(/^Subgraph "signs" could not be asked: "\w+", which it needs, has no value/),
          path: ['crates', 0, field],
          code: 'SUBGRAPH_INVALID_RESPONSE',
          subgraph: 'signs',
        },
      ],
    });
  }
  expect(requests.map(({ subgraph }) => subgraph)).toEqual(['stock', 'stock']);
});

test('nothing is computed from a required null beside an error that does not say where it arose', async () => {
  const disturb = spoil('health', (response: { data: { residents?: object }; errors: SubgraphError[] }) => {
    if (response.data.residents) response.errors.push({ message: 'Broken' });
  });
  const result = await run('{ residents { cap(year: 1) } }', {}, { disturb });
  const lost = { cap: null };
  expect(result.data).toEqual({ residents: [{ cap: 306 }, null, lost, lost, lost, { cap: 306 }] });
  expect(result.errors).toEqual(
    [2, 3, 4].map((index) => ({
      message: 'Broken',
      path: ['residents', index, 'cap'],
      code: 'INTERNAL_SERVER_ERROR',
      subgraph: 'health',
    })),
  );
});

test.each([
  ['', []],
  [' beside an error that does not say where it arose', [{ message: 'Broken' }]],
])(
  'nothing is computed from what an entity nobody knows should have brought under a condition%s',
  async (_, errors) => {
    const query = 'query ($no: Boolean!) { residents { name card @skip(if: $no) } }';
    const { data: known } = await run(query, { no: false });
    const disturb = spoil('money', () => ({ data: { _entities: [null, null, null, null, null] }, errors }));
    const { data, errors: told } = await run(query, { no: false }, { disturb });
    const without = (resident: object | null): object | null => resident && { ...resident, card: null };
    const { residents } = known as { residents: (object | null)[] };
    expect(data).toEqual({ residents: residents.map(without) });
    const paths = (told ?? []).flatMap(({ path }) => (path ? [path.join('.')] : []));
    expect(paths).toEqual(residents.flatMap((resident, index) => (resident ? [`residents.${index}.card`] : [])));
  },
);

test.each([
  ['one error without a list', { message: 'Broken' }, 'Broken'],
  ['a text', 'bad', 'Subgraph "people" reported an error.'],
  ['a list of texts', ['bad'], 'Subgraph "people" reported an error.'],
])('errors that are %s are not lost', async (_, errors, message) => {
  const disturb = spoil('people', () => ({ data: { doctor: null }, errors }));
  expect(await run('{ doctor(no: 1) { id } }', {}, { disturb })).toEqual({
    data: { doctor: null },
    errors: [{ message, code: 'INTERNAL_SERVER_ERROR', subgraph: 'people' }],
  });
});

test.each([
  [['docter', 'id'], undefined],
  [['doctor', 'idd'], ['dr']],
  [
    ['doctor', 'id', 'x'],
    ['dr', 'key'],
  ],
  [
    ['doctor', 'works', 9, 'id'],
    ['dr', 'works'],
  ],
  [
    ['doctor', 'works', 'id'],
    ['dr', 'works'],
  ],
])('an error whose path %j goes astray is shown as far as the path is known', async (path, shown) => {
  const disturb = spoil('people', (response: { data: { doctor?: object }; errors: SubgraphError[] }) => {
    if (response.data.doctor) response.errors.push({ message: 'Lost', path });
  });
  const result = await run('{ dr: doctor(no: 1) { key: id works { id } } }', {}, { disturb });
  expect(result.errors).toEqual([
    { message: 'Lost', ...(shown && { path: shown }), code: 'INTERNAL_SERVER_ERROR', subgraph: 'people' },
  ]);
});

test('without its object type, an object whose fields depend on it is null with the reason', async () => {
  const query = '{ claims { encounter { followUps ... on Stay { bed } } } }';
  const result = await run(query, {}, { disturb: down('places') });
  expect(result.data).toEqual({ claims: [1, 2, 3, 4, 5].map(() => ({ encounter: null })) });
  expect(result.errors?.[0]).toEqual({
    message: 'Subgraph "places" is not available.',
    path: ['claims', 0, 'encounter'],
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'places',
  });
});

test('a request past its deadline asks nobody any more and says so', async () => {
  sent.length = 0;
  const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
  expect(await run('{ residents { id } }', {}, { signal })).toEqual({
    data: { residents: null },
    errors: [
      {
        message: 'The request\'s time ended before subgraph "health" answered.',
        path: ['residents'],
        code: 'REQUEST_TIMEOUT',
        subgraph: 'health',
      },
    ],
  });
  expect(sent).toEqual([]);
});
