import type { PreparedOperation } from '../../planner/prepared-operation.ts';
import type { Supergraph } from '../../supergraph/supergraph.ts';
import { createConditionVariants } from '../condition-variants.ts';
import type { ResponseLayout } from '../response-layout.ts';
import { compileExpress } from './express-operation.ts';
import { type ExpressOutcome, type ExpressParts, runExpress } from './express-run.ts';

/** Runs an operation the express way. */
export type ExpressWay = (parts: Omit<ExpressParts, 'usualSize'>) => Promise<ExpressOutcome>;

/** Gives the express way for the client's variables with defaults; `undefined` where there is none. */
export type FindExpressWay = (coerced: Readonly<Record<string, unknown>>) => ExpressWay | undefined;

/** Makes the express ways of an operation; each combination of its conditions is compiled once, when it first occurs. */
export function createExpressWays(
  supergraph: Supergraph,
  prepared: PreparedOperation,
  layout: ResponseLayout,
): FindExpressWay {
  const wayFor = createConditionVariants(prepared.operation.conditionVariables, (variables) =>
    createExpressWay(supergraph, { prepared, layout }, variables),
  );
  return (coerced) => wayFor(coerced)();
}

/** Answers in a row that could not be read: white space, another order of fields, ids that are numbers. */
const patience = 16;

/** One of so many runs tries again: what was in the way may be gone. */
const trial = 64;

/** Nearly closed when answers were of another form so often that looking through them is only a loss. */
function createExpressWay(...compiling: Parameters<typeof compileExpress>): () => ExpressWay | undefined {
  const express = compileExpress(...compiling);
  if (!express) return () => undefined;
  let misses = 0;
  let usualSize = 1_024;
  let runs = 0;
  const run: ExpressWay = async (parts) => {
    const outcome = await runExpress(express, { ...parts, usualSize });
    if (outcome.kind === 'Done') {
      misses = 0;
      usualSize = roundUp(outcome.result.bytes);
    } else if (outcome.isByForm) {
      misses += 1;
    }
    return outcome;
  };
  return () => {
    runs += 1;
    return misses < patience || runs % trial === 0 ? run : undefined;
  };
}

/** To the next multiple of an eighth of the power of two above. */
function roundUp(size: number): number {
  const step = 2 ** Math.max(Math.ceil(Math.log2(size + 1)) - 3, 4);
  return Math.ceil(size / step) * step;
}
