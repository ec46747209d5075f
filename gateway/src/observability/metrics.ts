import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers of this process for Prometheus. */
export interface Metrics {
  readonly contentType: string;
  readonly read: () => Promise<string>;
  readonly end: () => void;
}

/** Seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const breakerStates: Readonly<Record<string, number>> = { closed: 0, 'half-open': 1, open: 2 };

/**
 * Counts what goes through the diagnostics channels. Labels are names of subgraphs, codes of our catalogue and kinds: no
 * names that clients choose, nobody's data.
 */
export function collectMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const listeners = [...operationListeners(registry), ...engineListeners(registry), ...relayListeners(registry)];
  for (const [name, listen] of listeners) subscribe(name, listen);
  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    end: () => {
      for (const [name, listen] of listeners) unsubscribe(name, listen);
    },
  };
}

type Listener = readonly [channel: string, listen: (event: unknown) => void];

function operationListeners(registry: Registry): readonly Listener[] {
  const registers = [registry];
  const durations = new Histogram({
    name: 'hutong_operation_duration_seconds',
    help: 'Time of GraphQL operations; of subscriptions, their whole life. complete, partial (data and errors) or failed.',
    labelNames: ['type', 'outcome'],
    buckets,
    registers,
  });
  const errors = new Counter({
    name: 'hutong_operation_errors_total',
    help: 'Errors of GraphQL operations, by code; OTHER are codes of subgraphs of somebody else.',
    labelNames: ['code'],
    registers,
  });
  return [
    [
      'hutong:operation',
      (event) => {
        const { kind, outcome, milliseconds, codes } = fieldsOf(event);
        durations.observe({ type: label(kind), outcome: label(outcome) }, Number(milliseconds) / 1_000);
        if (Array.isArray(codes)) for (const code of codes) errors.inc({ code: label(code) });
      },
    ],
  ];
}

function engineListeners(registry: Registry): readonly Listener[] {
  const registers = [registry];
  const fetches = new Histogram({
    name: 'hutong_fetch_duration_seconds',
    help: 'Time until a subgraph has answered, with retries: answered, or the code of the failure.',
    labelNames: ['subgraph', 'outcome'],
    buckets,
    registers,
  });
  const plannings = new Histogram({
    name: 'hutong_plan_duration_seconds',
    help: 'Time of validating and planning operations that were not known: planned, refused or failed.',
    labelNames: ['outcome'],
    buckets,
    registers,
  });
  const breakers = new Gauge({
    name: 'hutong_subgraph_breaker_state',
    help: 'Circuit breaker of a subgraph, once it has changed: 0 closed, 1 half-open, 2 open.',
    labelNames: ['subgraph'],
    registers,
  });
  return [
    [
      'hutong:engine:fetch',
      (event) => {
        const { subgraph, milliseconds, failure } = fieldsOf(event);
        const outcome = failure === undefined ? 'answered' : label(fieldsOf(failure)['code']);
        fetches.observe({ subgraph: label(subgraph), outcome }, Number(milliseconds) / 1_000);
      },
    ],
    [
      'hutong:engine:plan',
      (event) => {
        const { outcome, milliseconds } = fieldsOf(event);
        plannings.observe({ outcome: label(outcome) }, Number(milliseconds) / 1_000);
      },
    ],
    [
      'hutong:engine:breaker',
      (event) => {
        const { subgraph, state } = fieldsOf(event);
        breakers.set({ subgraph: label(subgraph) }, breakerStates[label(state)] ?? 0);
      },
    ],
  ];
}

/** The relays of subgraphs that run in this process; those elsewhere tell it at their own GET /ready. */
function relayListeners(registry: Registry): readonly Listener[] {
  const behind = new Gauge({
    name: 'hutong_relay_seconds_behind',
    help: 'Age of the oldest change of a subgraph (source) that another one (consumer) has not taken in yet; 0 when there is none, NaN while the consumer was never reached.',
    labelNames: ['source', 'consumer'],
    registers: [registry],
  });
  const stuck = new Gauge({
    name: 'hutong_relay_refused_change',
    help: 'Sequence number of the change of a subgraph (source) that another one (consumer) cannot take in, and behind which everything waits; 0 when there is none. The log says why.',
    labelNames: ['source', 'consumer'],
    registers: [registry],
  });
  return [
    [
      'hutong:relay',
      (event) => {
        const { source, consumer, secondsBehind, refused } = fieldsOf(event);
        stuck.set({ source: label(source), consumer: label(consumer) }, Number(fieldsOf(refused)['seq'] ?? 0));
        behind.set(
          { source: label(source), consumer: label(consumer) },
          typeof secondsBehind === 'number' ? secondsBehind : Number.NaN,
        );
      },
    ],
  ];
}

function label(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}

function fieldsOf(event: unknown): Readonly<Record<string, unknown>> {
  return typeof event === 'object' && event !== null ? { ...event } : {};
}
