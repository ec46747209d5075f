import {
  OperationResult,
  measureFetches,
  type Engine,
  type FetchMeasurements,
  type PreparedOperation,
} from './engine/index.ts';
import { catalogueError } from './errors.ts';

/** What a client wants to know: how its operation would be answered, without asking any subgraph; or how it was. */
export type ExplainMode = 'plan' | 'run';

type OnFetch = FetchMeasurements['observe'];

/** Answers an operation with its plan in `extensions.plan`: not run, or run and measured. */
export async function explainOperation(
  engine: Engine,
  prepared: PreparedOperation,
  mode: ExplainMode,
  run: (onFetch: OnFetch) => Promise<OperationResult>,
): Promise<OperationResult> {
  switch (mode) {
    case 'plan':
      return new OperationResult(['null'], []).with({ plan: engine.explain(prepared) });
    case 'run': {
      const measurements = measureFetches();
      const result = await run(measurements.observe);
      return result.with({ plan: engine.explain(prepared, measurements) });
    }
  }
}

/** Where plans are not shown, an operation whose plan is asked for is not run either: it may be a mutation. */
export function refuseExplaining(): OperationResult {
  const error = catalogueError('FORBIDDEN', {
    message: 'Plans are not shown here (HUTONG_EXPLAIN), so the operation was not run.',
    messageZh: '此处不提供执行计划（HUTONG_EXPLAIN），操作未执行。',
  });
  return new OperationResult(undefined, [error]);
}

/** A subscription runs once for each event. */
export function refuseMeasuring(): OperationResult {
  const error = catalogueError('BAD_USER_INPUT', {
    message: 'A subscription is not measured: "explain" may be "plan" only.',
    messageZh: '订阅不支持计时，extensions.explain 只能为 "plan"。',
  });
  return new OperationResult(undefined, [error]);
}

/** Reads `extensions.explain` of a request; throws BAD_USER_INPUT where it is something else. */
export function readExplainMode(extensions: unknown): ExplainMode | undefined {
  if (typeof extensions !== 'object' || extensions === null || !('explain' in extensions)) return undefined;
  const { explain } = extensions;
  if (explain === undefined || explain === null || explain === 'plan' || explain === 'run') return explain ?? undefined;
  throw catalogueError('BAD_USER_INPUT', {
    message: '"explain" in the extensions of a request must be "plan" or "run".',
    messageZh: '请求 extensions 中的 explain 只能为 "plan" 或 "run"。',
  });
}
