import type { FormattedExecutionResult } from 'graphql';
import type { OperationResult } from '../../pipeline.ts';

type Data = Record<string, unknown>;

/** Asked of what `lazyData` made, gives the result's text. */
const resultText = Symbol('text of the data');

/** Data that stay text unless somebody looks into them: as a plugin of Apollo Server may, but hardly any does. */
export function lazyData(result: OperationResult): Data | null {
  return result.text?.[0] === 'null' ? null : new Proxy<Data>({}, new LazyData(result));
}

class LazyData implements ProxyHandler<Data> {
  readonly #result: OperationResult;

  constructor(result: OperationResult) {
    this.#result = result;
  }

  get(_target: Data, key: string | symbol): unknown {
    return key === resultText ? this.#result.text : Reflect.get(this.#data(), key);
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

/** Writes an answer: its data as the text they are. */
export function stringifyResult({ errors, data, extensions }: FormattedExecutionResult): string {
  const members: string[] = [];
  if (errors) members.push(`"errors":${JSON.stringify(errors)}`);
  if (data !== undefined) members.push(`"data":${textOf(data)}`);
  if (extensions) members.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${members.join(',')}}`;
}

function textOf(data: Data | null): string {
  const text: unknown = data === null ? undefined : Reflect.get(data, resultText);
  return Array.isArray(text) ? text.join('') : JSON.stringify(data);
}
