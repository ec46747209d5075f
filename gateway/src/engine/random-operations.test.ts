import { assert, asyncProperty, integer } from 'fast-check';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { clinicSubgraphs } from './clinic-fixtures.ts';
import { createWorld } from './clinic-world-fixtures.ts';
import { type Disturbance, type PlainError, createTestGraph, toPlain } from './fixtures.ts';
import { SubgraphFailure } from './index.ts';

type ResponsePath = readonly (string | number)[];

/** Gives a number below the bound. */
type Choose = (bound: number) => number;

/** Arguments that make sense, by `Type.field` or by field. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  'Query.institution': ['(id: "in_1")', '(id: "in_2")', '(id: $id)'],
  'Query.institutions': ['', '(first: 2)', '(kinds: [CLINIC])'],
  'Query.encounter': ['(id: "en_1")', '(id: "en_3")', '(id: "none")'],
  'Query.search': ['(text: "1")', '(text: "2")'],
  'Query.doctor': ['(no: 1)', '(no: 3)', '(no: $no)'],
  'Query.resident': ['(id: "rs_1")', '(id: "rs_2")'],
  cap: ['(year: 1)', '(year: $no)'],
  encounters: ['', '(kind: "Stay")'],
  cost: ['', '(currency: "USD")', '(currency: "EUR")'],
  followUps: ['', '(first: 1)', '(first: $no)'],
};

function randomOperation(schema: GraphQLSchema, choose: Choose): string {
  let aliases = 0;
  const conditions = [
    '',
    '',
    '',
    '',
    '',
    ' @include(if: $yes)',
    ' @skip(if: $yes)',
    ' @include(if: $no1)',
    ' @skip(if: $no1)',
  ];
  const condition = (): string => conditions[choose(conditions.length)] ?? '';

  function selectionSet(type: GraphQLNamedType, depth: number): string {
    const count = 1 + choose(4);
    const parts = Array.from({ length: count }, () => selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    if (isAbstractType(type) && (fields.length === 0 || choose(3) === 0)) {
      const possible = schema.getPossibleTypes(type);
      const chosen = possible[choose(possible.length)];
      if (chosen) return `... on ${chosen.name}${condition()} ${selectionSet(chosen, depth)}`;
    }
    if (choose(12) === 0) return `...${condition()} ${selectionSet(type, depth)}`;
    if (choose(10) === 0 || fields.length === 0) return '__typename';
    const usable = depth > 4 ? fields.filter((field) => !isCompositeType(getNamedType(field.type))) : fields;
    const field = usable[choose(usable.length)];
    return field ? fieldText(type, field, depth) : '__typename';
  }

  function fieldText(type: GraphQLNamedType, field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = argumentsOf[`${type.name}.${field.name}`] ?? argumentsOf[field.name] ?? [''];
    const named = getNamedType(field.type);
    aliases += 1;
    const alias = given.length > 1 || choose(4) === 0 ? `x${choose(3) === 0 ? choose(5) : `_${aliases}`}: ` : '';
    const inner = isCompositeType(named) ? ` ${selectionSet(named, depth + 1)}` : '';
    return `${alias}${field.name}${given[choose(given.length)]}${condition()}${inner}`;
  }

  const query = schema.getQueryType();
  const body = query ? selectionSet(query, 0) : '';
  return `query ($id: ID! = "in_3", $no: Int! = 2, $yes: Boolean! = true, $no1: Boolean! = false) ${body}`;
}

/** Numbers from a seed (mulberry32), so that a failure is repeated by its seed alone. */
function chooser(seed: number): Choose {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The operation of a seed, if it is valid. */
function validOperation(schema: GraphQLSchema, seed: number): string | undefined {
  const query = randomOperation(schema, chooser(seed));
  const faults = validate(schema, parse(query)).filter(({ message }) => !message.includes('is never used'));
  return faults.length === 0 ? query.replace(/^query \([^)]*\)/, declareUsed(query)) : undefined;
}

/** The same operations at every run; more runs or another seed look further. */
const numRuns = 100;
const seedOfAll = 20_260_701;

test('random operations are answered like by one process, to the order of keys', { timeout: 120_000 }, async () => {
  const world = createWorld();
  const { engine, run } = createTestGraph(clinicSubgraphs(world));
  let compared = 0;
  await assert(
    asyncProperty(integer(), async (seed) => {
      const text = validOperation(engine.schema, seed);
      if (text === undefined) return;
      const oracle = await execute({ schema: engine.schema, document: parse(text), rootValue: world.query });
      compared += 1;
      const result = JSON.stringify(await run(text));
      expect({ text, result }).toEqual({ text, result: JSON.stringify(toPlain(oracle)) });
    }),
    { numRuns, seed: seedOfAll, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
});

/** Spoils some answers: no answer, errors alone, or a value replaced by null with its error. */
function disturber(choose: Choose): Disturbance {
  return async (subgraph, _, answer) => {
    const kind = choose(6);
    if (kind === 0) throw new SubgraphFailure(subgraph, 'SUBGRAPH_TIMEOUT', `Subgraph "${subgraph}" did not answer.`);
    if (kind === 1) return { data: null, errors: [{ message: 'All lost' }] };
    const response = await answer();
    return kind > 3 ? response : Object.assign(response, { errors: spoil(response.data, choose) });
  };
}

/** Spoils one value: it becomes null and an error says so, well or badly; or, without an error, what it cannot be. */
function spoil(data: unknown, choose: Choose): unknown {
  const path: (string | number)[] = [];
  let at: unknown = data;
  while (typeof at === 'object' && at !== null) {
    const keys: readonly (string | number)[] = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
    const key = keys[choose(keys.length)];
    if (key === undefined) break;
    path.push(key);
    const inner: unknown = Reflect.get(at, key);
    const isLeaf = typeof inner !== 'object' || inner === null;
    if (path.length > 1 && key !== '__typename' && (isLeaf || choose(4) === 0)) {
      const isNonsense = !isLeaf && choose(2) === 0;
      Reflect.set(at, key, isNonsense ? ['a', 5, false, [[{}]]][choose(4)] : null);
      return isNonsense ? [] : errorsAt(path, choose);
    }
    at = inner;
  }
  return [];
}

/** An error at a path, in forms that are legal and in forms that are not. */
function errorsAt(path: ResponsePath, choose: Choose): unknown {
  const astray = [...path.slice(0, -1), 'nowhere'];
  const forms: readonly unknown[] = [
    [{ message: 'Spoilt', path }],
    [{ message: astrayMessage, path: astray }],
    [{ message: astrayMessage, path: 5 }],
    [{ message: astrayMessage, path: {} }],
    { message: astrayMessage },
  ];
  return forms[choose(forms.length)];
}

/** Of errors that do not say where. */
const astrayMessage = 'Spoilt somewhere';

/** Where the answer lacks something without an error that says so, or differs. */
function silentDifferences(got: unknown, wanted: unknown, path: ResponsePath, errors: readonly PlainError[]): string[] {
  if (got === null && wanted !== null) {
    const isSaid = errors.some(
      (error) => error.message === astrayMessage || path.every((step, index) => error.path?.[index] === step),
    );
    return isSaid ? [] : [`${path.join('.')} is null without an error`];
  }
  if (Array.isArray(got) && Array.isArray(wanted) && got.length === wanted.length) {
    return got.flatMap((item, index) => silentDifferences(item, wanted[index], [...path, index], errors));
  }
  if (typeof got !== 'object' || got === null || typeof wanted !== 'object' || wanted === null) {
    return got === wanted ? [] : [`${path.join('.')} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`];
  }
  const keys = new Set([...Object.keys(got), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) =>
    silentDifferences(Reflect.get(got, key), Reflect.get(wanted, key), [...path, key], errors),
  );
}

test('with subgraphs failing, whatever is not answered is null with an error', { timeout: 120_000 }, async () => {
  const world = createWorld();
  const { engine, run } = createTestGraph(clinicSubgraphs(world));
  let spoilt = 0;
  await assert(
    asyncProperty(integer(), async (seed) => {
      const text = validOperation(engine.schema, seed);
      if (text === undefined) return;
      const oracle = toPlain(await execute({ schema: engine.schema, document: parse(text), rootValue: world.query }));
      const result = await run(text, {}, { disturb: disturber(chooser(seed + 1)) });
      if (result.errors) spoilt += 1;
      const differences = silentDifferences(result.data, oracle.data, [], result.errors ?? []);
      expect({ text, differences }).toEqual({ text, differences: [] });
    }),
    { numRuns, seed: seedOfAll, endOnFailure: true },
  );
  expect(spoilt).toBeGreaterThan(numRuns / 10);
});

function declareUsed(query: string): string {
  const body = query.slice(query.indexOf('{'));
  const all = ['$id: ID! = "in_3"', '$no: Int! = 2', '$yes: Boolean! = true', '$no1: Boolean! = false'];
  const used = all.filter((declaration) => new RegExp(`\\${declaration.split(':')[0] ?? ''}\\b`).test(body));
  return used.length === 0 ? 'query' : `query (${used.join(', ')})`;
}
