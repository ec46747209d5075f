import { isDeepStrictEqual } from 'node:util';
import { type TestContext, inject } from 'vitest';
import type { PlainResult } from '../fixtures.ts';
import type { AskApolloGateway } from './apollo-gateway-fixtures.ts';
import type { RandomOperation } from './operation-fixtures.ts';
import { type ComparedGraph, type Finding, answerAlone, compareAnswers, describe } from './oracle-fixtures.ts';

/** What `@apollo/gateway` answered where the engine and one process agree. */
export interface SecondOpinion {
  agrees: number;
  /** The same but for the order of keys. */
  reorders: number;
  differs: number;
  /** The first operation that it answers otherwise, or with keys in another order if there is none. */
  first?: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether `npm run test:oracle -- --second-opinion` asks `@apollo/gateway`, too. */
    secondOpinion?: boolean;
  }
  export interface TaskMeta {
    secondOpinion?: SecondOpinion;
  }
}

/**
 * Compares the engine's answers with those of one process and, where that is wanted, those with the answers of
 * `@apollo/gateway`, counted in the test's `meta`. It is known to be wrong in places: that it differs is no failure.
 */
export async function comparisonFor({ task }: TestContext): Promise<typeof compareAnswers> {
  if (inject('secondOpinion') !== true) return compareAnswers;
  const { createApolloGateway } = await import('./apollo-gateway-fixtures.ts');
  const gateways = new WeakMap<ComparedGraph, Promise<AskApolloGateway>>();
  const opinion: SecondOpinion = { agrees: 0, reorders: 0, differs: 0 };
  task.meta.secondOpinion = opinion;

  async function answerOfApollo(graph: ComparedGraph, operation: RandomOperation): Promise<PlainResult | string> {
    const gateway = gateways.get(graph) ?? createApolloGateway(graph.engine.supergraphSdl, graph.subgraphs);
    gateways.set(graph, gateway);
    return gateway.then((ask) => ask(operation)).catch(String);
  }

  return async (graph, operation): Promise<Finding> => {
    const finding = await compareAnswers(graph, operation);
    if (finding.kind !== 'agrees') return finding;
    const got = await answerOfApollo(graph, operation);
    const wanted = await answerAlone(graph.engine.schema, graph.world, operation);
    const kind = likeness(got, wanted);
    if (kind !== 'agrees' && opinion[kind] === 0 && opinion.differs === 0) {
      const answers = [`got  ${JSON.stringify(got)}`, `want ${JSON.stringify(wanted)}`];
      opinion.first = [...describe(graph, operation), ...answers].join('\n');
    }
    opinion[kind] += 1;
    return finding;
  };
}

function likeness(got: unknown, wanted: unknown): 'agrees' | 'reorders' | 'differs' {
  if (JSON.stringify(got) === JSON.stringify(wanted)) return 'agrees';
  return isDeepStrictEqual(got, wanted) ? 'reorders' : 'differs';
}
