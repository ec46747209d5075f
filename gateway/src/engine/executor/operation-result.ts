import type { GraphQLError } from 'graphql';

type Extensions = Readonly<Record<string, unknown>>;

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
  /** What is told beside data and errors; absent when nothing is. */
  readonly extensions: Extensions | undefined;
  #joined: string | undefined;
  #data: { readonly parsed: Data } | undefined;

  constructor(
    text: readonly string[] | undefined,
    errors: readonly GraphQLError[],
    isLarge = false,
    extensions?: Extensions,
  ) {
    this.text = text;
    this.isLarge = isLarge;
    this.extensions = extensions;
    this.errors = errors.length > 0 ? errors : undefined;
  }

  /** The same result, with something told beside it. */
  with(extensions: Extensions): OperationResult {
    return new OperationResult(this.text, this.errors ?? [], this.isLarge, extensions);
  }

  /** The data as one text, put together once; `null` when nothing was executed. */
  get dataText(): string {
    return (this.#joined ??= this.text?.join('') ?? 'null');
  }

  /** Absent when nothing was executed. */
  get data(): Data | undefined {
    if (!this.text) return undefined;
    this.#data ??= { parsed: JSON.parse(this.dataText) };
    return this.#data.parsed;
  }

  /** What `JSON.stringify` writes of it. */
  toJSON(): object {
    const { errors, data, extensions } = this;
    return { errors, data, extensions };
  }
}
