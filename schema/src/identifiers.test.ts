import { expect, test } from 'vitest';
import {
  citizenNumberFacts,
  isCitizenNumber,
  isHealthRecordNo,
  isSyntheticCitizenNumber,
  isUscc,
  normalizeCitizenNumber,
} from './identifiers.ts';

test('TV-3.21.1 citizen numbers pass by their check character, a lower-case x is normalised', () => {
  expect(isCitizenNumber('11010519491231002X')).toBe(true);
  expect(isCitizenNumber('110105194912310021')).toBe(false);
  expect(isCitizenNumber(normalizeCitizenNumber(' 11010519491231002x '))).toBe(true);
});

test('TV-3.21.1 numbers of generated persons pass the check and are known by their prefix', () => {
  const synthetic = [
    '99032219550312001X',
    '990322198807060021',
    '990322202301150037',
    '993302196001010103',
    '995303194509090211',
  ];
  expect(synthetic.map((number) => [isCitizenNumber(number), isSyntheticCitizenNumber(number)])).toEqual(
    synthetic.map(() => [true, true]),
  );
  expect(isSyntheticCitizenNumber('11010519491231002X')).toBe(false);
});

test('TV-3.21.1 a number with a day that does not exist, letters, or another length is none', () => {
  const wrong = ['110105194902300024', '11010519491231002', '1101051949123100255', 'A1010519491231002X', ''];
  expect(wrong.filter(isCitizenNumber)).toEqual([]);
});

test('TV-3.21.1 every single wrong digit is found', () => {
  const number = '99032219550312001X';
  const wrong = Array.from(number.slice(0, 17)).flatMap((digit, place) =>
    Array.from('0123456789')
      .filter((other) => other !== digit)
      .map((other) => number.slice(0, place) + other + number.slice(place + 1)),
  );
  expect([wrong.length, wrong.filter(isCitizenNumber)]).toEqual([153, []]);
});

test('TV-3.21.1 birth date and sex follow from the number', () => {
  expect([citizenNumberFacts('99032219550312001X'), citizenNumberFacts('990322198807060021')]).toEqual([
    { birthDate: '1955-03-12', sex: 'MALE' },
    { birthDate: '1988-07-06', sex: 'FEMALE' },
  ]);
});

test('TV-3.21.2 unified social credit codes pass by their check character', () => {
  const right = ['91350100M000100Y43', '12320322HX0000001G', '12320322HX00001029', '12990322HX00002037'];
  const wrong = ['91350100M000100Y44', '91350100M000100Y4', '91350100I000100Y43', '91350100m000100y43', ''];
  expect([right.filter(isUscc), wrong.filter(isUscc)]).toEqual([right, []]);
});

test('TV-3.21.3 a health record number is 17 digits', () => {
  expect([isHealthRecordNo('32032210100100001'), isHealthRecordNo('3203221010010000')]).toEqual([true, false]);
});
