import { GraphQLError, isScalarType, Kind, print, type GraphQLSchema, type ValueNode } from 'graphql';

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const decimalPattern = /^-?\d+(\.\d+)?$/;
/** Hours end at 23, minutes at 59, and no place on earth is more than 14 hours from UTC. */
const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

interface Codec {
  readonly serialize: (value: unknown) => unknown;
  /** Throws BAD_USER_INPUT; names the literal, where there is one. */
  readonly parse: (value: unknown, literal?: ValueNode) => unknown;
}

/** Gives the custom scalars of a schema of ours their codecs (domain.md §2.0: Decimal as text, times with offset +08:00). */
export function attachScalars(schema: GraphQLSchema): void {
  for (const [name, codec] of Object.entries(codecs)) {
    const scalar = schema.getType(name);
    if (!isScalarType(scalar)) continue;
    scalar.serialize = codec.serialize;
    scalar.parseValue = codec.parse;
    scalar.parseLiteral = (node) => codec.parse(literalOf(node), node);
  }
}

const codecs: Readonly<Record<string, Codec>> = {
  Date: { serialize: String, parse: (value, literal) => parseText(value, literal, dateForm) },
  DateTime: {
    serialize: (value) => instantText(String(value)),
    parse: (value, literal) => parseText(value, literal, instantForm),
  },
  Decimal: {
    serialize: String,
    parse: (value, literal) => parseText(typeof value === 'number' ? String(value) : value, literal, decimalForm),
  },
};

/** PostgreSQL's text of an instant (`2024-03-01 09:00:00+08`) as ISO 8601 with a full offset. */
export function instantText(text: string): string {
  const iso = text.replace(' ', 'T');
  return /[+-]\d{2}$/.test(iso) ? `${iso}:00` : iso;
}

/** How the text of a scalar looks. */
interface Form {
  readonly type: string;
  readonly fits: (text: string) => boolean;
  readonly example: string;
}

const dateForm: Form = { type: 'Date', fits: isDay, example: '2024-03-01' };

const instantForm: Form = {
  type: 'DateTime',
  fits: (text) => isDay(instantPattern.exec(text)?.[1] ?? ''),
  example: '2024-03-01T09:00:00+08:00',
};

const decimalForm: Form = { type: 'Decimal', fits: (text) => decimalPattern.test(text), example: '"12.50"' };

/** Whether a text is a day of the calendar, from the year 1 on. */
function isDay(text: string): boolean {
  if (!datePattern.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function parseText(value: unknown, literal: ValueNode | undefined, form: Form): string {
  if (typeof value === 'string' && form.fits(value)) return value;
  throw wrong(value, literal, form);
}

function wrong(value: unknown, literal: ValueNode | undefined, { type, example }: Form): GraphQLError {
  const given = literal === undefined ? JSON.stringify(value) : print(literal);
  return new GraphQLError(`${given} is not a ${type}; write it like ${example}`, {
    extensions: { code: 'BAD_USER_INPUT', messageZh: `${given} 不是有效的 ${type}，应写作 ${example}` },
    nodes: literal ?? null,
  });
}

function literalOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.INT:
    case Kind.FLOAT:
      return node.value;
    case Kind.BOOLEAN:
    case Kind.ENUM:
    case Kind.LIST:
    case Kind.NULL:
    case Kind.OBJECT:
    case Kind.VARIABLE:
      return undefined;
  }
}
