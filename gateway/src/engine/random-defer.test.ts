import { array, assert, asyncProperty, nat } from 'fast-check';
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  parse,
  print,
  visit,
} from 'graphql';
import { expect, test } from 'vitest';
import { clinicSubgraphs } from './clinic-fixtures.ts';
import { createWorld } from './clinic-world-fixtures.ts';
import { type TestGraph, createScope, createTestGraph, toPlain } from './fixtures.ts';
import { operationOf, operationSpecs } from './random/operation-fixtures.ts';
import { runsOf } from './random/oracle-fixtures.ts';

/** Puts some selections of each set into deferred fragments: 0–3 leave it, 4 defers the first half, 5 all but one, 6 each of its fragments. */
function withDefers(document: DocumentNode, choices: readonly number[]): DocumentNode {
  let next = 0;
  let label = 0;
  const defer = (): DirectiveNode => {
    label += 1;
    const value = { kind: Kind.STRING, value: `d${label}` } as const;
    const argument = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value } as const;
    return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' }, arguments: [argument] };
  };
  const wrap = (selections: readonly SelectionNode[]): SelectionNode => ({
    kind: Kind.INLINE_FRAGMENT,
    directives: [defer()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  });
  return visit(document, {
    SelectionSet: {
      leave(node): SelectionSetNode | undefined {
        const choice = choices[next % choices.length] ?? 0;
        next += 1;
        const { selections } = node;
        const half = choice === 5 ? 1 : Math.ceil(selections.length / 2);
        if (choice < 4) return undefined;
        if (choice < 6) {
          const [kept, deferred] = [selections.slice(0, half), selections.slice(half)];
          return deferred.length === 0 ? undefined : { ...node, selections: [...kept, wrap(deferred)] };
        }
        return {
          ...node,
          selections: selections.map((selection) =>
            selection.kind === Kind.FIELD
              ? selection
              : { ...selection, directives: [...(selection.directives ?? []), defer()] },
          ),
        };
      },
    },
  });
}

/** Everything that came, put together as a client does. */
async function runInParts(graph: TestGraph, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
  const prepared = await graph.engine.prepare(document, undefined, { isIncremental: true });
  const { first, pending, later } = await graph.engine.executeInParts(prepared, variables, createScope());
  const { data, errors = [] } = toPlain(first);
  const [all, announced] = [[...errors], new Set(pending)];
  let count = 0;
  for await (const parts of later) {
    for (const { part, text, errors: found, pending: inner } of parts) {
      if (!announced.delete(part)) throw new Error(`A part came that was not announced: ${JSON.stringify(part)}`);
      count += 1;
      all.push(...(toPlain({ errors: found }).errors ?? []));
      for (const one of inner) announced.add(one);
      const at = part.path.reduce((value: unknown, step) => Object(value)[step], data);
      if (typeof at !== 'object' || at === null) throw new Error(`A part hangs on nothing: ${JSON.stringify(part)}`);
      if (text) merge(at, JSON.parse(text.join('')));
    }
  }
  if (announced.size > 0) throw new Error('A part that was announced did not come.');
  return { data, errors: all, count };
}

function merge(into: object, from: object): void {
  for (const [key, value] of Object.entries(from)) {
    const known: unknown = Reflect.get(into, key);
    if (typeof known === 'object' && known !== null && typeof value === 'object' && value !== null) merge(known, value);
    else Reflect.set(into, key, value);
  }
}

test('what comes in parts is together what comes at once', { timeout: 3_600_000 }, async () => {
  const graph = createTestGraph(clinicSubgraphs(createWorld()));
  const { numRuns, ...seed } = runsOf(200);
  let parts = 0;
  await assert(
    asyncProperty(operationSpecs, array(nat(6), { minLength: 3, maxLength: 12 }), async (spec, choices) => {
      const operation = operationOf(graph.engine.schema, spec);
      if (!operation) return;
      const { query, variables } = operation;
      graph.sent.length = 0;
      const whole = await graph.run(query, { ...variables }).catch(() => undefined);
      if (whole === undefined || whole.errors) return;
      const document = withDefers(parse(query), choices);
      const { count, ...together } = await runInParts(graph, document, variables);
      parts += count;
      expect({ query: print(document), ...together }).toEqual({ query: print(document), data: whole.data, errors: [] });
    }),
    { numRuns, ...seed },
  );
  expect(parts).toBeGreaterThan(numRuns / 4);
});
