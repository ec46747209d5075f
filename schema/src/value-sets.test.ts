import { expect, test } from 'vitest';
import { codeOf, hasCode, valueSet, valueSetIds } from './value-sets.ts';

/** Every set of domain.md §5 with how many codes it lists; b marks the second table of one line. */
const sizes = {
  'VS-01': 4,
  'VS-02': 5,
  'VS-03': 6,
  'VS-04': 34,
  'VS-05': 4,
  'VS-06': 5,
  'VS-07': 4,
  'VS-08': 4,
  'VS-09': 9,
  'VS-09b': 4,
  'VS-10': 3,
  'VS-11': 6,
  'VS-12': 10,
  'VS-13': 3,
  'VS-14': 5,
  'VS-15': 17,
  'VS-15b': 4,
  'VS-16': 18,
  'VS-17': 8,
  'VS-18': 7,
  'VS-19': 6,
  'VS-20': 8,
  'VS-21': 5,
  'VS-21b': 4,
  'VS-22': 3,
  'VS-22b': 11,
  'VS-23': 3,
  'VS-24': 11,
  'VS-25': 4,
  'VS-26': 4,
  'VS-27': 56,
  'VS-28': 10,
  'VS-29': 5,
  'VS-29b': 3,
  'VS-30': 5,
  'VS-31': 8,
  'VS-32': 7,
  'VS-32b': 8,
  'VS-33': 11,
  'VS-34': 5,
  'VS-35': 7,
  'VS-35b': 4,
  'VS-36': 5,
  'VS-37': 4,
  'VS-38': 8,
  'VS-39': 4,
  'VS-40': 8,
  'VS-41': 11,
  'VS-42': 5,
  'VS-43': 7,
  'VS-44': 7,
  'VS-45': 3,
  'VS-46': 3,
  'VS-47': 7,
  'VS-47b': 9,
  'VS-48': 9,
  'VS-49': 5,
  'VS-50': 8,
  'VS-51': 58,
  'VS-52': 8,
  'VS-53': 6,
  'VS-54': 5,
  'VS-55': 12,
  'VS-56': 10,
  'VS-57': 3,
  'VS-58': 6,
  'VS-59': 9,
  'VS-60': 8,
  'VS-61': 13,
  'VS-62': 6,
  'VS-62b': 4,
  'VS-63': 8,
  'VS-64': 6,
  'VS-65': 4,
  'VS-66': 14,
  'VS-67': 5,
  'VS-68': 10,
};

test('every value set of the specification is shipped with all its codes', () => {
  const numbered = valueSetIds.filter((id) => id.startsWith('VS-'));
  const shipped = Object.fromEntries(numbered.map((id) => [id, valueSet(id).values.length]));
  expect(shipped).toStrictEqual(sizes);
});

test.each(valueSetIds)('%s has codes once, with Chinese and English names, a standard and a version', (id) => {
  const { values, standard, version, name, nameZh, seen } = valueSet(id);
  const codes = values.map(({ code }) => code);
  const constants = values.flatMap(({ constant }) => constant ?? []);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(constants).size).toBe(constants.length);
  expect([standard, version, name, nameZh].every((text) => text.length > 0)).toBe(true);
  expect(typeof seen).toBe('boolean');
  const nameless = values.filter(({ zh, en }) => zh === '' || en === '' || /\p{Script=Han}/u.test(en));
  expect(nameless).toStrictEqual([]);
});

test('a constant is either on all codes of a set or on none, and is an enum name', () => {
  const uneven = valueSetIds.filter((id) => {
    const constants = valueSet(id).values.map(({ constant }) => constant);
    const given = constants.filter((constant) => constant !== undefined);
    return (
      given.length > 0 && (given.length < constants.length || !given.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)))
    );
  });
  expect(uneven).toStrictEqual([]);
});

test('a code is shown with the system of its standard and both names', () => {
  expect(codeOf('VS-51', '55')).toStrictEqual({
    system: 'GB/T 3304',
    code: '55',
    display: '珞巴族',
    displayEn: 'Lhoba',
  });
  expect(codeOf('ICD-10', 'I63.9')).toMatchObject({ system: 'ICD-10 医保版 2.0', display: '脑梗死' });
});

test('a code that a set does not have is shown as unknown, never under a wrong name', () => {
  expect(codeOf('VS-01', '7')).toStrictEqual({
    system: 'GB/T 2261.1',
    code: '7',
    display: '未知代码 7',
    displayEn: 'Unknown code 7',
  });
});

test('a code of an open set without a shipped name is shown as itself', () => {
  expect(codeOf('ICD-10', 'Q99.9')).toMatchObject({ display: 'Q99.9', displayEn: null });
});

test('an import can ask whether a code exists; open sets take any', () => {
  const asked = [hasCode('VS-04', 'D600'), hasCode('VS-04', 'D601'), hasCode('ICD-10', 'Q99.9')];
  expect(asked).toStrictEqual([true, false, true]);
});

test('a set that is not there is a mistake in the program', () => {
  expect(() => codeOf('VS-99', '1')).toThrow('There is no value set VS-99 in schema/value-sets.');
});

test('basic DRG groups carry their weight in a township hospital', () => {
  const basic = valueSet('VS-68').values.filter(({ flags }) => flags?.['basic'] === true);
  expect(basic.map(({ code, flags }) => [code, flags?.['townshipWeight']])).toStrictEqual([
    ['FV25', '0.35'],
    ['KS15', '0.35'],
    ['IU25', '0.35'],
  ]);
});

test('the code patterns accept the codes of the specification', () => {
  const patterns = new Map(
    valueSet('CODE-PATTERN').values.map(({ code, flags }) => [code, String(flags?.['pattern'])]),
  );
  const matches = (name: string, code: string): boolean => new RegExp(patterns.get(name) ?? '$^').test(code);
  const samples = [
    matches('PROVIDER', 'H32032200001'),
    matches('PHYSICIAN', 'D320322000001'),
    matches('DISEASE', 'I10.x00x002'),
    matches('SURGERY', '47.0900x001'),
    matches('PROVIDER', 'H3203220000'),
  ];
  expect(samples).toStrictEqual([true, true, true, true, false]);
});
