import type { GraphQLError } from 'graphql';

type Extensions = Readonly<Record<string, unknown>>;

type Data = Record<string, unknown> | null;

/** Where the data begin in a body. */
const dataStart = '{"data":'.length;

/**
 * A client's response (GraphQL §7.1). Its data are JSON text, in pieces: most of them only go out again. Who wants values
 * reads `data`, which is parsed then.
 */
export class OperationResult {
  /** Absent when there are none. */
  readonly errors: readonly GraphQLError[] | undefined;
  /** The whole response, in pieces, where it is there in bytes: then it has data alone. */
  readonly body: readonly Buffer[] | undefined;
  /** The text is too long to be put together at once: its pieces had better go out one after the other. */
  readonly isLarge: boolean;
  /** What is told beside data and errors; absent when nothing is. */
  readonly extensions: Extensions | undefined;
  readonly #pieces: readonly string[] | undefined;
  #joined: string | undefined;
  #data: { readonly parsed: Data } | undefined;

  constructor(
    text: readonly string[] | undefined,
    errors: readonly GraphQLError[],
    isLarge = false,
    extensions?: Extensions,
    body?: readonly Buffer[],
  ) {
    this.body = body;
    this.#pieces = text;
    this.isLarge = isLarge;
    this.extensions = extensions;
    this.errors = errors.length > 0 ? errors : undefined;
  }

  /** A result that is there in bytes, as a JSON object with `data` and nothing else. */
  static ofBody(body: readonly Buffer[]): OperationResult {
    return new OperationResult(undefined, [], false, undefined, body);
  }

  /** Pieces of the data's text; absent when nothing was executed. */
  get text(): readonly string[] | undefined {
    return this.body ? [this.dataText] : this.#pieces;
  }

  /** The same result, with something told beside it. */
  with(extensions: Extensions): OperationResult {
    return new OperationResult(this.text, this.errors ?? [], this.isLarge, extensions);
  }

  /** The data as one text, put together once; `null` when nothing was executed. */
  get dataText(): string {
    this.#joined ??= this.body
      ? Buffer.concat(this.body).toString('utf8', dataStart).slice(0, -1)
      : this.#pieces?.join('');
    return this.#joined ?? 'null';
  }

  /** Absent when nothing was executed. */
  get data(): Data | undefined {
    if (!this.isExecuted) return undefined;
    this.#data ??= { parsed: JSON.parse(this.dataText) };
    return this.#data.parsed;
  }

  /** How long the body is. */
  get bytes(): number {
    return this.body?.reduce((sum, piece) => sum + piece.length, 0) ?? 0;
  }

  /** Whether there are data that are not null. */
  get hasData(): boolean {
    return this.isExecuted && this.#pieces?.[0] !== 'null';
  }

  /** Whether there are data, be they null. */
  get isExecuted(): boolean {
    return this.body !== undefined || this.#pieces !== undefined;
  }

  /** What `JSON.stringify` writes of it. */
  toJSON(): object {
    const { errors, data, extensions } = this;
    return { errors, data, extensions };
  }
}
