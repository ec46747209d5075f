import { readFile } from 'node:fs/promises';
import { kind as kindOf, kinds, oneOf, type Kind } from '@hutong/kit';
import { ConfigError } from './config.ts';
import type { ResilienceOptions, SubgraphConnection, SubscriptionConnection } from './engine/index.ts';
import { errorCodes } from './settings.ts';

/** Everything that may be set for one subgraph. */
export interface SubgraphOptions extends Partial<SubgraphConnection>, ResilienceOptions {
  /** Where its subscriptions are opened, if not at its URL; of ws: or wss: for a WebSocket. */
  readonly subscriptionUrl?: string | undefined;
  /** How events come over HTTP; server-sent events by default. */
  readonly subscriptionProtocol?: SubscriptionConnection['protocol'];
}

/** What is set for the subgraphs of a graph. */
export interface SubgraphSettings {
  /** Holds for every subgraph. */
  readonly common: SubgraphOptions;
  /** Holds for the subgraph of that name instead. */
  readonly named: ReadonlyMap<string, SubgraphOptions>;
}

/** The options of one subgraph. */
export function optionsOf({ common, named }: SubgraphSettings, subgraph: string): SubgraphOptions {
  return { ...common, ...named.get(subgraph) };
}

/**
 * Reads the file of subgraph options, if there is one: `{ "<subgraph>": { … }, "*": { … } }`, where `*` stands for every
 * subgraph. Rejects with a `ConfigError` that names all faults.
 */
export async function readSubgraphOptions(
  path: string | undefined,
  common: SubgraphOptions,
): Promise<SubgraphSettings> {
  if (path === undefined) return { common, named: new Map() };
  const faults: string[] = [];
  const named = new Map<string, SubgraphOptions>();
  for (const [subgraph, given] of entriesOf(await readJson(path), `${path} must hold an object of subgraphs`, faults)) {
    named.set(subgraph, readOptions(subgraph, given, faults));
  }
  if (faults.length > 0) {
    throw new ConfigError([`${path} cannot be used. 子图选项文件有误：`, ...faults].join('\n  '));
  }
  const forAll = named.get('*');
  named.delete('*');
  return { common: { ...common, ...forAll }, named };
}

/** How an option is written in JSON, and what it may be. */
interface OptionKind<T> {
  readonly json: 'number' | 'string' | 'list';
  readonly kind: Kind<T>;
}

const numberOf = (kind: Kind<number>): OptionKind<number> => ({ json: 'number', kind });

const streamUrl = kindOf('http or ws URL', (value) =>
  URL.canParse(value) && /^(http|ws)s?:$/.test(new URL(value).protocol) ? value : undefined,
);

const optionKinds: { readonly [K in keyof SubgraphOptions]-?: OptionKind<NonNullable<SubgraphOptions[K]>> } = {
  url: { json: 'string', kind: kinds.httpUrl },
  connectTimeout: numberOf(kinds.milliseconds),
  responseTimeout: numberOf(kinds.milliseconds),
  maxResponseBytes: numberOf(kinds.count),
  connections: numberOf(kinds.count),
  retries: numberOf(kinds.amount),
  breakerThreshold: numberOf(kinds.share),
  breakerWindow: numberOf(kinds.milliseconds),
  breakerRequests: numberOf(kinds.count),
  breakerPause: numberOf(kinds.milliseconds),
  breakerCodes: { json: 'list', kind: errorCodes },
  subscriptionUrl: { json: 'string', kind: streamUrl },
  subscriptionProtocol: { json: 'string', kind: oneOf('sse', 'websocket', 'multipart') },
};

function readOptions(subgraph: string, given: unknown, faults: string[]): SubgraphOptions {
  const where = `"${subgraph}"`;
  const entries = entriesOf(given, `${where} must be an object of options`, faults);
  const readOption = ([name, value]: readonly [string, unknown]): readonly [string, unknown][] => {
    const option: OptionKind<unknown> | undefined = Object.entries(optionKinds).find(([known]) => known === name)?.[1];
    const text = option && textOf(value, option.json);
    const read = text === undefined ? undefined : option?.kind.read(text);
    if (option === undefined) {
      faults.push(`${where} has the unknown option "${name}"; known are ${Object.keys(optionKinds).join(', ')}`);
    } else if (read === undefined) {
      faults.push(`${where}: ${name} has ${JSON.stringify(value)}, which is not of type ${option.kind.name}`);
    } else if (subgraph === '*' && (name === 'url' || name === 'subscriptionUrl')) {
      faults.push(`${where} cannot have a ${name}, for it stands for every subgraph`);
    }
    return [[name, read]];
  };
  return Object.fromEntries(entries.flatMap(readOption));
}

function textOf(value: unknown, json: OptionKind<unknown>['json']): string | undefined {
  switch (json) {
    case 'number':
      return typeof value === 'number' ? String(value) : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(',') : undefined;
  }
}

function entriesOf(value: unknown, fault: string, faults: string[]): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  faults.push(fault);
  return [];
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The subgraph options ${path} cannot be read: ${reason}. 无法读取子图选项文件 ${path}。`, {
      cause,
    });
  }
}
