import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/**
 * Writes a leaf that a subgraph gave as JSON text; `undefined` when it is no value of the type (GraphQL §3.5, §3.9,
 * §6.4.3). `isPlain` says that no string of the answers needs to be escaped.
 */
export type LeafWriter = (value: unknown, isPlain: boolean) => string | undefined;

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

const writeString: LeafWriter = (value, isPlain) => (typeof value === 'string' ? quote(value, isPlain) : undefined);

const builtIn: Readonly<Record<string, LeafWriter>> = {
  Int: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value <= MAX_INT && value >= MIN_INT
      ? `${value}`
      : undefined,
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? `${value}` : undefined),
  String: writeString,
  Boolean: (value) => (typeof value === 'boolean' ? `${value}` : undefined),
  ID: (value, isPlain) => {
    if (typeof value === 'string') return quote(value, isPlain);
    return Number.isSafeInteger(value) ? `"${String(value)}"` : undefined;
  },
};

/**
 * The writer of a leaf type. An enum value that is not in the API schema (inaccessible, or unknown) is none; a custom
 * scalar is passed on as it came.
 */
export function leafWriter(type: GraphQLLeafType): LeafWriter {
  if (isEnumType(type)) return enumWriter(type);
  return (Object.hasOwn(builtIn, type.name) ? builtIn[type.name] : undefined) ?? writeAny;
}

function enumWriter(type: GraphQLEnumType): LeafWriter {
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => texts.get(value);
}

const writeAny: LeafWriter = (value, isPlain) =>
  typeof value === 'string' ? quote(value, isPlain) : JSON.stringify(value);

/** Everything `JSON.stringify` escapes in a string, and a little more. */
const escaped = /["\\\p{Cc}\p{Cs}]/u;

/** A string as JSON text. */
export function quote(text: string, isPlain: boolean): string {
  return isPlain || !escaped.test(text) ? `"${text}"` : JSON.stringify(text);
}
