import { constant, constantFrom, integer, oneof, option, record, array, type Arbitrary } from 'fast-check';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';

/** Known ids by their prefix, such as `rs`. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** Makes inputs of a type: some of what callers send, much of what they should not. */
export function inputArbitrary(type: GraphQLInputType, ids: KnownIds, prefix?: string): Arbitrary<unknown> {
  if (isNonNullType(type)) return inputArbitrary(type.ofType, ids, prefix);
  if (isListType(type)) return array(inputArbitrary(type.ofType, ids, prefix), { maxLength: 3 });
  if (isEnumType(type)) return constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(({ name }) => name !== 'idempotencyKey');
    return record(Object.fromEntries(fields.map((field) => [field.name, fieldArbitrary(field, ids)])));
  }
  if (type.name === 'ID') return idArbitrary(ids, prefix);
  return scalars[type.name] ?? constant(null);
}

function fieldArbitrary(field: GraphQLInputField, ids: KnownIds): Arbitrary<unknown> {
  const value = inputArbitrary(field.type, ids, prefixOf(field));
  if (isNonNullType(field.type) && !isListType(getNullableType(field.type))) return value;
  return isNonNullType(field.type) ? value : option(value, { freq: 2 });
}

/** The prefix of the ids of a field, from what its description or its name says. */
function prefixOf({ name, description }: GraphQLInputField): string | undefined {
  const described = /`(\w\w)_/.exec(description ?? '')?.[1];
  return described ?? prefixes.find(([pattern]) => pattern.test(name))?.[1];
}

const prefixes: readonly (readonly [RegExp, string])[] = [
  [/resident/i, 'rs'],
  [/practitioner|referrer|doctor|physician|mentor|apprentice|specialist|^byId|author|leader/i, 'pr'],
  [/department/i, 'de'],
  [/alliance/i, 'al'],
  [/team/i, 'tm'],
  [/referral/i, 'rf'],
  [/encounter/i, 'en'],
  [/equipment/i, 'eq'],
  [/slot/i, 'sl'],
  [/report/i, 'dr'],
  [/document/i, 'cd'],
  [/contract/i, 'ct'],
  [/drug/i, 'dg'],
  [/institution|hospital|fromId|toId|at.*id|providerId|requesterId|lead|member|host/i, 'in'],
];

/** Mostly ids of rows that are there and of the right kind. */
function idArbitrary(ids: KnownIds, prefix: string | undefined): Arbitrary<string> {
  const all = [...ids.values()].flat();
  const known = ids.get(prefix ?? '') ?? [];
  const right = known.length === 0 ? all : known;
  const wrong = constantFrom('', 'x', `${prefix ?? 'rs'}_0000000000ZZ`, 'rs_1_1_1', '∅'.repeat(300), '\0');
  return oneof(
    { weight: 8, arbitrary: constantFrom(...right) },
    { weight: 1, arbitrary: constantFrom(...all) },
    { weight: 1, arbitrary: wrong },
  );
}

const texts = constantFrom(
  '',
  'a',
  '说明',
  '02',
  'I10',
  'I63.9',
  'A100',
  '320322',
  '2024',
  '2024-05',
  'CT_CHEST',
  'x'.repeat(5_000),
  '\0',
  '\uD800',
  "';--",
);
const codes = constantFrom('I10', '02', '320322100', 'M', '1');

const scalars: Readonly<Record<string, Arbitrary<unknown>>> = {
  String: oneof({ weight: 2, arbitrary: texts }, { weight: 1, arbitrary: codes }),
  Int: oneof(integer({ min: -2, max: 40 }), constantFrom(0, 2024, 2_147_483_647, -2_147_483_648)),
  Float: constantFrom(0, -1, 0.5, 1e300),
  Boolean: constantFrom(true, false),
  Decimal: constantFrom('0', '0.5', '1.00', '80', '-1', '0.123456789', '99999999999999999999', '1e9'),
  Date: constantFrom('2024-06-03', '2024-12-31', '2025-01-15', '2025-06-30', '1900-01-01', '9999-12-31', '2024-02-29'),
  DateTime: constantFrom(
    '2024-12-31T09:00:00+08:00',
    '2024-06-03T09:00:00+08:00',
    '2025-01-06T09:00:00+08:00',
    '2025-01-06T09:20:00+08:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ),
  JSON: constantFrom(null, {}, [], { a: 1 }),
};
