import { expect, test } from 'vitest';
import { plainErrors, toPlain } from './plain.ts';
import type { Gate } from './subgraphs.ts';
import { within, type StreamingWorld } from './world.ts';

type Format = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

/** Asks as Apollo Client does; gives the chunks as they come. */
async function* chunksOf(
  { url }: StreamingWorld,
  query: string,
  variables: Record<string, unknown> = {},
  format: Format = 'deferSpec=20220824',
): AsyncGenerator {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: `multipart/mixed;${format},application/graphql-response+json,application/json;q=0.9`,
    },
    body: JSON.stringify({ query, variables }),
  });
  expect(response.headers.get('content-type')).toBe(`multipart/mixed; boundary="-"; ${format}`);
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += Buffer.from(bytes).toString();
    for (let at = text.indexOf('\r\n---'); at !== -1; at = text.indexOf('\r\n---')) {
      const body = text.slice(0, at).split('\r\n\r\n')[1];
      text = text.slice(at + 5);
      if (body !== undefined) yield JSON.parse(body, plainErrors);
    }
  }
  expect(text).toBe('--\r\n');
}

async function all(chunks: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const chunk of chunks) seen.push(chunk);
  return seen;
}

/** Gates that stay shut until they are opened. */
function createGates(...names: readonly string[]): { readonly gate: Gate; readonly open: (name: string) => void } {
  const gates = new Map(
    names.map((name) => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      return [name, { opened, open }];
    }),
  );
  return { gate: (field) => gates.get(field)?.opened, open: (name) => gates.get(name)?.open() };
}

test('what is deferred comes after the rest, as soon as its own subgraph has answered', async () => {
  const { gate, open } = createGates('nurse', 'doctor');
  await within({ gate }, async (world) => {
    const chunks = chunksOf(
      world,
      `{ ward(id: 2) { id free ... @defer(label: "nurse") { staff: nurse } ...Doctor @defer(label: "doctor") } }
       fragment Doctor on Ward { doctor { name } }`,
    );
    const seen = [(await chunks.next()).value];
    open('doctor');
    seen.push((await chunks.next()).value);
    open('nurse');
    seen.push((await chunks.next()).value, (await chunks.next()).done);
    expect(seen).toEqual([
      { data: { ward: { id: '2', free: 20 } }, hasNext: true },
      {
        incremental: [{ path: ['ward'], label: 'doctor', data: { doctor: { name: 'Doctor 2' } } }],
        hasNext: true,
      },
      { incremental: [{ path: ['ward'], label: 'nurse', data: { staff: 'Nurse 2' } }], hasNext: false },
      true,
    ]);
  });
});

test('each item of a list has its part', async () => {
  await within({}, async (world) => {
    expect(await all(chunksOf(world, '{ wards { number: id ... @defer { nurse } } }'))).toEqual([
      { data: { wards: [{ number: '1' }, { number: '2' }, { number: '3' }] }, hasNext: true },
      {
        incremental: [
          { path: ['wards', 0], data: { nurse: 'Nurse 1' } },
          { path: ['wards', 1], data: { nurse: 'Nurse 2' } },
          { path: ['wards', 2], data: { nurse: 'Nurse 3' } },
        ],
        hasNext: false,
      },
    ]);
  });
});

test('what is deferred inside of what is deferred comes after it', async () => {
  const { gate, open } = createGates('pager');
  await within({ gate }, async (world) => {
    const query = '{ ward(id: 1) { id ... @defer { doctor { name ... @defer(label: "pager") { pager } } } } }';
    const chunks = chunksOf(world, query);
    const seen = [(await chunks.next()).value];
    open('pager');
    seen.push(...(await all(chunks)));
    expect(seen).toEqual([
      { data: { ward: { id: '1' } }, hasNext: true },
      { incremental: [{ path: ['ward'], data: { doctor: { name: 'Doctor 1' } } }], hasNext: true },
      {
        incremental: [{ path: ['ward', 'doctor'], label: 'pager', data: { pager: 'Pager of Doctor 1' } }],
        hasNext: false,
      },
    ]);
  });
});

test('a part that fails has its errors and leaves the rest alone', async () => {
  await within({}, async (world) => {
    const query = `{
      ward(id: 13) { free ... @defer(label: "soft") { staff: nurse } ... @defer(label: "hard") { duty: onDuty } }
    }`;
    const [first, ...later] = await all(chunksOf(world, query));
    const error = (field: string) => ({
      message: 'Nobody works in ward 13.',
      path: ['ward', field],
      code: 'INTERNAL_SERVER_ERROR',
    });
    expect(first).toEqual({ data: { ward: { free: 130 } }, hasNext: true });
    const parts = later.flatMap((chunk): readonly unknown[] => Object(chunk).incremental);
    // Which of them comes first is left open.
    expect(parts.toSorted((a, b) => (Object(a).label > Object(b).label ? -1 : 1))).toEqual([
      { path: ['ward'], label: 'soft', data: { staff: null }, errors: [error('staff')] },
      { path: ['ward'], label: 'hard', data: null, errors: [error('duty')] },
    ]);
    expect(Object(later.at(-1)).hasNext).toBe(false);
  });
});

test('nothing comes for an object that is null', async () => {
  await within({}, async (world) => {
    const query = '{ ward(id: 13) { id doctor { name ... @defer { pager } } } chief { name ... @defer { pager } } }';
    expect(await all(chunksOf(world, query))).toEqual([
      {
        data: { ward: { id: '13', doctor: null }, chief: { name: 'Zhou' } },
        errors: [{ message: 'Nobody works in ward 13.', path: ['ward', 'doctor'], code: 'INTERNAL_SERVER_ERROR' }],
        hasNext: true,
      },
      { incremental: [{ path: ['chief'], data: { pager: 'Pager of Zhou' } }], hasNext: false },
    ]);
  });
});

test('a variable decides whether a fragment is deferred', async () => {
  await within({}, async (world) => {
    const query = 'query ($slow: Boolean!) { ward(id: 1) { free ... @defer(if: $slow) { nurse } } }';
    expect([
      await all(chunksOf(world, query, { slow: true })),
      await all(chunksOf(world, query, { slow: false })),
    ]).toEqual([
      [
        { data: { ward: { free: 10 } }, hasNext: true },
        { incremental: [{ path: ['ward'], data: { nurse: 'Nurse 1' } }], hasNext: false },
      ],
      [{ data: { ward: { free: 10, nurse: 'Nurse 1' } }, hasNext: false }],
    ]);
  });
});

test('fields of the root and what mutations give may be deferred', async () => {
  await within({}, async (world) => {
    expect([
      await all(chunksOf(world, '{ chief { name } ... @defer { ward(id: 1) { free } } }')),
      await all(chunksOf(world, 'mutation { close(id: 4) { free ... @defer { nurse } } }')),
    ]).toEqual([
      [
        { data: { chief: { name: 'Zhou' } }, hasNext: true },
        { incremental: [{ path: [], data: { ward: { free: 10 } } }], hasNext: false },
      ],
      [
        { data: { close: { free: 0 } }, hasNext: true },
        { incremental: [{ path: ['close'], data: { nurse: 'Nurse 4' } }], hasNext: false },
      ],
    ]);
  });
});

test('the later form of incremental delivery announces parts by ids, and completes them', async () => {
  await within({}, async (world) => {
    const query = `{
      wards { id ... @defer(label: "a") { doctor { name ... @defer(label: "b") { pager } } } }
      ward(id: 13) { id ... @defer(label: "c") { onDuty } }
    }`;
    const chunks = await all(chunksOf(world, query, {}, 'incrementalSpec=v0.2'));
    const members = (name: string): readonly unknown[] => chunks.flatMap((chunk) => Object(chunk)[name] ?? []);
    expect(Object(chunks[0]).pending.map(toPlain)).toEqual([
      { id: '0', path: ['wards', 0], label: 'a' },
      { id: '1', path: ['wards', 1], label: 'a' },
      { id: '2', path: ['wards', 2], label: 'a' },
      { id: '3', path: ['ward'], label: 'c' },
    ]);
    expect(members('pending').slice(4)).toEqual([
      { id: '4', path: ['wards', 0, 'doctor'], label: 'b' },
      { id: '5', path: ['wards', 1, 'doctor'], label: 'b' },
      { id: '6', path: ['wards', 2, 'doctor'], label: 'b' },
    ]);
    const byId = (entries: readonly unknown[]) => entries.toSorted((a, b) => Object(a).id - Object(b).id);
    expect(byId(members('incremental'))).toEqual([
      { id: '0', data: { doctor: { name: 'Doctor 1' } } },
      { id: '1', data: { doctor: { name: 'Doctor 2' } } },
      { id: '2', data: { doctor: { name: 'Doctor 3' } } },
      { id: '4', data: { pager: 'Pager of Doctor 1' } },
      { id: '5', data: { pager: 'Pager of Doctor 2' } },
      { id: '6', data: { pager: 'Pager of Doctor 3' } },
    ]);
    const error = { message: 'Nobody works in ward 13.', path: ['ward', 'onDuty'], code: 'INTERNAL_SERVER_ERROR' };
    expect(byId(members('completed'))).toEqual(
      ['0', '1', '2', '3', '4', '5', '6'].map((id) => (id === '3' ? { id, errors: [error] } : { id })),
    );
    expect(chunks.map((chunk) => Object(chunk).hasNext).indexOf(false)).toBe(chunks.length - 1);
  });
});

test('who takes no parts gets everything at once', async () => {
  await within({}, async ({ url }) => {
    const query = '{ wards { id ... @defer(label: "a") { doctor { name ... @defer { pager } } } } }';
    const ask = (accept: string): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query }),
      });
    const answer = await ask('application/json');
    expect([answer.headers.get('content-type'), await answer.json()]).toEqual([
      'application/json; charset=utf-8',
      {
        data: {
          wards: ['1', '2', '3'].map((id) => ({
            id,
            doctor: { name: `Doctor ${id}`, pager: `Pager of Doctor ${id}` },
          })),
        },
      },
    ]);
  });
});

test('an operation that is refused is answered in one piece, with its status', async () => {
  await within({}, async ({ url }) => {
    const ask = async (body: object) => {
      const accept = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json';
      const headers = { 'content-type': 'application/json', accept };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return [response.status, response.headers.get('content-type'), toPlain(await response.json())];
    };
    const type = 'application/graphql-response+json; charset=utf-8';
    expect(await ask({ query: '{ ward(id: 1) { ... @defer { nothing } } }' })).toEqual([
      400,
      type,
      { errors: [{ message: 'Cannot query field "nothing" on type "Ward".', code: 'GRAPHQL_VALIDATION_FAILED' }] },
    ]);
    expect(await ask({ query: 'query ($id: ID!) { ward(id: $id) { ... @defer { free } } }' })).toEqual([
      400,
      type,
      { errors: [{ message: 'Variable "$id" of required type "ID!" was not provided.', code: 'BAD_USER_INPUT' }] },
    ]);
  });
});
