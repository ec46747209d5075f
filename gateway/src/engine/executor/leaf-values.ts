import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/** Takes a leaf as a subgraph gave it; `undefined` when it is no value of the type (GraphQL §3.5, §3.9, §6.4.3). */
export type LeafReader = (value: unknown) => unknown;

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

const builtIn: Readonly<Record<string, LeafReader>> = {
  Int: (value) => (Number.isInteger(value) && Number(value) <= MAX_INT && Number(value) >= MIN_INT ? value : undefined),
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  String: (value) => (typeof value === 'string' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  ID: (value) => {
    if (typeof value === 'string') return value;
    return Number.isSafeInteger(value) ? String(value) : undefined;
  },
};

/**
 * The reader of a leaf type. An enum value that is not in the API schema (inaccessible, or unknown) is none; a custom
 * scalar is passed on as it came.
 */
export function leafReader(type: GraphQLLeafType): LeafReader {
  if (isEnumType(type)) return enumReader(type);
  return (Object.hasOwn(builtIn, type.name) ? builtIn[type.name] : undefined) ?? ((value) => value);
}

function enumReader(type: GraphQLEnumType): LeafReader {
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => (names.has(value) ? value : undefined);
}
