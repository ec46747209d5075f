import { expect, test } from 'vitest';
import { classICreditsPerCourse, creditResult, hoursMissing, rankForTraining, trainingPriority } from './training.ts';

const candidate = (id: string, signedResidentCount: number | null, creditsMissing: string) => ({
  id,
  signedResidentCount,
  creditsMissing,
});

const physician = (classI: string, classII: string) =>
  creditResult({ villageDoctor: false, classI, classII, hours: '0' });

test('TV-82 a physician needs 25 credits and 5 of class I among them', () => {
  expect(physician('6', '20')).toEqual({ total: '26.0', required: '25.0', met: true });
  expect(physician('4', '30')).toEqual({ total: '34.0', required: '25.0', met: false });
});

test('one course gives at most ten credits of class I', () => {
  expect(classICreditsPerCourse).toBe(10);
});

test('a requirement is reached by exactly what it asks, of class I and of all', () => {
  expect([physician('5', '20'), physician('4.9', '20.1'), physician('5', '19.9'), physician('25', '0')]).toEqual([
    { total: '25.0', required: '25.0', met: true },
    { total: '25.0', required: '25.0', met: false },
    { total: '24.9', required: '25.0', met: false },
    { total: '25.0', required: '25.0', met: true },
  ]);
});

test('a region may ask for other credits and hours', () => {
  const asked = { credits: '20', classI: '4', hours: '72' };
  const year = { villageDoctor: false, classI: '4', classII: '16', hours: '72' };
  expect([creditResult(year, asked), creditResult({ ...year, villageDoctor: true }, asked)]).toEqual([
    { total: '20.0', required: '20.0', met: true },
    { total: '20.0', required: '72.0', met: true },
  ]);
  expect(hoursMissing('70', asked)).toBe('2.0');
});

test('a village doctor needs 80 hours, whatever the credits', () => {
  const year = { villageDoctor: true, classI: '0', classII: '3' };
  expect(creditResult({ ...year, hours: '80' })).toEqual({ total: '3.0', required: '80.0', met: true });
  expect(creditResult({ ...year, hours: '79.5' })).toEqual({ total: '3.0', required: '80.0', met: false });
  expect([hoursMissing('79.5'), hoursMissing('90')]).toEqual(['0.5', '0.0']);
});

test('village doctors are ranked by residents signed, then by hours missing, then by id', () => {
  const ranked = rankForTraining([
    candidate('pr_D', 10, '5.0'),
    candidate('pr_C', 10, '5.0'),
    candidate('pr_B', 10, '40.0'),
    candidate('pr_A', null, '80.0'),
    candidate('pr_E', 200, '0.0'),
  ]);
  expect(ranked.map(({ id }) => id)).toEqual(['pr_E', 'pr_B', 'pr_C', 'pr_D', 'pr_A']);
});

test('residents not known count as none signed', () => {
  const ranked = rankForTraining([
    candidate('pr_A', null, '5.0'),
    candidate('pr_B', 0, '40.0'),
    candidate('pr_C', null, '60.0'),
    candidate('pr_D', 1, '0.0'),
  ]);
  expect(ranked.map(({ id }) => id)).toEqual(['pr_D', 'pr_C', 'pr_B', 'pr_A']);
});

test('the priority number orders like the ranking', () => {
  expect([trainingPriority(10, '40.0'), trainingPriority(10, '5.0'), trainingPriority(11, '0.0')]).toEqual([
    '10.0400',
    '10.0050',
    '11.0000',
  ]);
});
