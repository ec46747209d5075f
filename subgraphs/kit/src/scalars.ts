import { GraphQLError, isScalarType, Kind, type GraphQLSchema, type ValueNode } from 'graphql';

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const decimalPattern = /^-?\d+(\.\d+)?$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

interface Codec {
  readonly serialize: (value: unknown) => unknown;
  readonly parse: (value: unknown) => unknown;
}

/** Gives a subgraph's custom scalars their codecs (domain.md §2.0: Decimal as text, times with offset +08:00). */
export function attachScalars(schema: GraphQLSchema): void {
  for (const [name, codec] of Object.entries(codecs)) {
    const scalar = schema.getType(name);
    if (!isScalarType(scalar)) continue;
    scalar.serialize = codec.serialize;
    scalar.parseValue = codec.parse;
    scalar.parseLiteral = (node) => codec.parse(literalOf(node));
  }
}

const codecs: Readonly<Record<string, Codec>> = {
  Date: { serialize: String, parse: (value) => parseDate(value) },
  DateTime: {
    serialize: (value) => instantText(String(value)),
    parse: (value) => parseText(value, instantPattern, 'DateTime', '2024-03-01T09:00:00+08:00'),
  },
  Decimal: {
    serialize: String,
    parse: (value) =>
      parseText(typeof value === 'number' ? String(value) : value, decimalPattern, 'Decimal', '"12.50"'),
  },
};

/** PostgreSQL's text of an instant (`2024-03-01 09:00:00+08`) as ISO 8601 with a full offset. */
export function instantText(text: string): string {
  const iso = text.replace(' ', 'T');
  return /[+-]\d{2}$/.test(iso) ? `${iso}:00` : iso;
}

function parseDate(value: unknown): string {
  const text = parseText(value, datePattern, 'Date', '2024-03-01');
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) throw wrong('Date', text, '2024-03-01');
  return text;
}

function parseText(value: unknown, pattern: RegExp, type: string, example: string): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw wrong(type, value, example);
}

function wrong(type: string, value: unknown, example: string): GraphQLError {
  return new GraphQLError(`${JSON.stringify(value)} is not a ${type}; write it like ${example}`, {
    extensions: { code: 'BAD_USER_INPUT', messageZh: `${JSON.stringify(value)} 不是有效的 ${type}，应写作 ${example}` },
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
