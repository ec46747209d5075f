import { expect, test } from 'vitest';
import { type GuidanceGroupTerms, decideGuidanceGroup, guidanceGroupFaults } from './guidance-group.ts';

const some = (count: number) => Array.from({ length: count }, (_, index) => `id_${index}`);
const group = (change: Partial<GuidanceGroupTerms>): GuidanceGroupTerms => ({
  institutionLevel: 'L2',
  departmentIds: some(3),
  specialistIds: some(4),
  contractOffice: '签约服务办公室',
  ...change,
});
const allowed = { kind: 'ALLOWED' };
const wrong = (path: string) => ({ kind: 'REFUSED', code: 'VALIDATION_FAILED', path: [path] });

test('a group has three or four departments', () => {
  const decide = (count: number) => decideGuidanceGroup(group({ departmentIds: some(count) }));
  expect([2, 3, 4, 5].map(decide)).toEqual([wrong('departmentIds'), allowed, allowed, wrong('departmentIds')]);
});

test('a group has four to six specialists', () => {
  const decide = (count: number) => decideGuidanceGroup(group({ specialistIds: some(count) }));
  expect([3, 4, 6, 7].map(decide)).toEqual([wrong('specialistIds'), allowed, allowed, wrong('specialistIds')]);
});

test('a department or specialist named twice counts as wrong', () => {
  expect([
    decideGuidanceGroup(group({ departmentIds: [...some(3), 'id_0'] })),
    decideGuidanceGroup(group({ specialistIds: [...some(4), 'id_0'] })),
  ]).toEqual([wrong('departmentIds'), wrong('specialistIds')]);
});

test('every part that falls short is named, in order', () => {
  const empty = { institutionLevel: 'L3', departmentIds: [], specialistIds: [], contractOffice: ' ' } as const;
  expect(guidanceGroupFaults(empty)).toEqual(['institutionId', 'departmentIds', 'specialistIds', 'contractOffice']);
  expect(guidanceGroupFaults(group({}))).toEqual([]);
});
