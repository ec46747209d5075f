import type { FormattedExecutionResult } from 'graphql';
import { OperationResult } from '../../pipeline.ts';

type Data = Record<string, unknown>;

/** Asked of what `lazyData` made, gives the result. */
const ownResult = Symbol('result');

/** Data that stay text unless somebody looks into them: as a plugin of Apollo Server may, but hardly any does. */
export function lazyData(result: OperationResult): Data | null {
  return !result.hasData ? null : new Proxy<Data>({}, new LazyData(result));
}

class LazyData implements ProxyHandler<Data> {
  readonly #result: OperationResult;

  constructor(result: OperationResult) {
    this.#result = result;
  }

  get(_target: Data, key: string | symbol): unknown {
    return key === ownResult ? this.#result : Reflect.get(this.#data(), key);
  }

  has(_target: Data, key: string | symbol): boolean {
    return Reflect.has(this.#data(), key);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#data());
  }

  getOwnPropertyDescriptor(_target: Data, key: string | symbol): PropertyDescriptor | undefined {
    return Reflect.getOwnPropertyDescriptor(this.#data(), key);
  }

  #data(): Data {
    return this.#result.data ?? {};
  }
}

/** Writes an answer: its data, last, as the text they are; without them where they go out beside it (`piecesOf`). */
export function stringifyResult({ errors, data, extensions }: FormattedExecutionResult): string {
  const members: string[] = [];
  if (errors) members.push(`"errors":${JSON.stringify(errors)}`);
  if (extensions) members.push(`"extensions":${JSON.stringify(extensions)}`);
  const result: unknown = data ? Reflect.get(data, ownResult) : undefined;
  if (!(result instanceof OperationResult)) {
    if (data !== undefined) members.push(`"data":${JSON.stringify(data)}`);
  } else if (!result.isLarge && !result.body) {
    members.push(`"data":${result.dataText}`);
  }
  return `{${members.join(',')}}`;
}

/** Writes an answer that is nothing but data. */
export function textOf({ dataText }: OperationResult): string {
  return `{"data":${dataText}}`;
}

/** The pieces of an answer of which `stringifyResult` wrote everything but the data; a string each, of a size to send. */
export function* piecesOf(rest: string, { text = [] }: OperationResult): Generator<string> {
  yield `${rest === '{}' ? '{' : `${rest.slice(0, -1)},`}"data":`;
  let small: string[] = [];
  for (const piece of text) {
    if (piece.length < sentAlone) {
      small.push(piece);
      continue;
    }
    yield small.join('');
    small = [];
    yield piece;
  }
  yield `${small.join('')}}`;
}

const sentAlone = 4_096;
