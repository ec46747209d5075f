import type { GraphQLError } from 'graphql';

type Data = Record<string, unknown> | null;

/**
 * A client's response (GraphQL §7.1). Its data are JSON text, in pieces: most of them only go out again. Who wants values
 * reads `data`, which is parsed then.
 */
export class OperationResult {
  /** Absent when there are none. */
  readonly errors: readonly GraphQLError[] | undefined;
  /** Absent when nothing was executed. */
  readonly text: readonly string[] | undefined;
  /** The text is too long to be put together at once: its pieces had better go out one after the other. */
  readonly isLarge: boolean;
  #data: { readonly parsed: Data } | undefined;

  constructor(text: readonly string[] | undefined, errors: readonly GraphQLError[], isLarge = false) {
    this.text = text;
    this.isLarge = isLarge;
    this.errors = errors.length > 0 ? errors : undefined;
  }

  /** Absent when nothing was executed. */
  get data(): Data | undefined {
    if (!this.text) return undefined;
    this.#data ??= { parsed: JSON.parse(this.text.join('')) };
    return this.#data.parsed;
  }

  /** What `JSON.stringify` writes of it. */
  toJSON(): object {
    const { errors, data } = this;
    return { errors, data };
  }
}
