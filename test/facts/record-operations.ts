import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ExecutionEvent } from '@hutong/kit';
import { afterAll, beforeEach, type RunnerTestCase } from 'vitest';
import { keepRecord } from './records.ts';
import { shownFields } from './shown-fields.ts';

// A setup file of tests: keeps, by test, what the subgraphs showed in it. test/facts/facts.test.ts reads that.
const tests = new Map<Readonly<RunnerTestCase>, Map<string, Set<string>>>();
let current = new Map<string, Set<string>>();

const record = (message: unknown): void => {
  const event = message as ExecutionEvent;
  const shown = current.get(event.subgraph) ?? new Set();
  for (const { operation, field } of shownFields(event)) shown.add(`${operation} ${field}`);
  if (shown.size > 0) current.set(event.subgraph, shown);
};

subscribe('hutong:execution', record);

beforeEach(({ task }) => {
  current = new Map();
  tests.set(task, current);
});

afterAll(() => {
  unsubscribe('hutong:execution', record);
  const [first] = tests.keys();
  if (first === undefined) return;
  const passed = [...tests].filter(([task, shown]) => task.result?.state === 'pass' && shown.size > 0);
  keepRecord(
    first.file.filepath,
    passed.map(([task, shown]) => ({
      name: task.fullTestName,
      shown: Object.fromEntries([...shown].map(([subgraph, fields]) => [subgraph, [...fields].toSorted()])),
    })),
  );
});
