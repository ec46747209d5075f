import { expect, test } from 'vitest';
import { describeProblem } from '../sdl/schema-problem.ts';
import { authoredSchemas } from './authored-schemas.ts';
import { checkEnumValues } from './enum-values.ts';

const enumSets = { Sex: { set: 'VS-01' }, Level: { set: 'VS-05', besides: ['L0'] } };

function problemsIn(text: string): readonly string[] {
  return checkEnumValues(authoredSchemas(new Map([['x', [{ path: 'x.graphql', text }]]])), enumSets).map(
    describeProblem,
  );
}

test('an enum with the constants of its set, and the declared ones besides, passes', () => {
  expect(problemsIn('enum Sex { UNKNOWN MALE FEMALE UNSPECIFIED } enum Level { L0 L1 L2 L3 L9 }')).toStrictEqual([]);
});

test('a constant too many and one too few are refused', () => {
  expect(problemsIn('enum Sex {\n  UNKNOWN\n  MALE\n  FEMALE\n  OTHER\n}')).toStrictEqual([
    'x.graphql:5  Sex.OTHER is not in value set VS-01.',
    'x.graphql:1  Sex lacks UNSPECIFIED of value set VS-01.',
  ]);
});

test('an enum that names a set in its description must be in the table', () => {
  expect(problemsIn('"Tightness 紧密程度 (VS-09b)."\nenum Tightness { DIRECT }')).toStrictEqual([
    'x.graphql:1  Tightness says it is VS-09b: add it to schema/src/enum-sets.ts.',
  ]);
});
