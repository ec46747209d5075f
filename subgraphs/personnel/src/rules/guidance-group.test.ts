import { expect, test } from 'vitest';
import { type GuidanceGroupTerms, guidanceGroupFaults } from './guidance-group.ts';

const some = (count: number) => Array.from({ length: count }, (_, index) => `id_${index}`);
const group = (change: Partial<GuidanceGroupTerms>): GuidanceGroupTerms => ({
  institutionLevel: 'L2',
  departmentIds: some(3),
  specialistIds: some(4),
  contractOffice: '签约服务办公室',
  ...change,
});

test('a group has three or four departments', () => {
  const faults = (count: number) => guidanceGroupFaults(group({ departmentIds: some(count) }));
  expect([2, 3, 4, 5].map(faults)).toEqual([['departmentIds'], [], [], ['departmentIds']]);
});

test('a group has four to six specialists', () => {
  const faults = (count: number) => guidanceGroupFaults(group({ specialistIds: some(count) }));
  expect([3, 4, 6, 7].map(faults)).toEqual([['specialistIds'], [], [], ['specialistIds']]);
});

test('a department or specialist named twice counts as wrong', () => {
  expect([
    guidanceGroupFaults(group({ departmentIds: [...some(3), 'id_0'] })),
    guidanceGroupFaults(group({ specialistIds: [...some(4), 'id_0'] })),
  ]).toEqual([['departmentIds'], ['specialistIds']]);
});

test('every part that falls short is named, in order', () => {
  const empty = { institutionLevel: 'L3', departmentIds: [], specialistIds: [], contractOffice: ' ' } as const;
  expect(guidanceGroupFaults(empty)).toEqual(['institutionId', 'departmentIds', 'specialistIds', 'contractOffice']);
  expect(guidanceGroupFaults(group({}))).toEqual([]);
});
