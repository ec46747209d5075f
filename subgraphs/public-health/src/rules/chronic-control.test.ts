import { describe, expect, test } from 'vitest';
import {
  type CountedFollowUp,
  type Reading,
  controlOf,
  followUpOutcome,
  isStandardised,
  managementRates,
  requiredInYear,
} from './chronic-control.ts';

const pressure = (sbp: number, dbp: number): Reading => ({ sbp, dbp, fbg: null, warningSigns: false });
const glucose = (fbg: string): Reading => ({ sbp: null, dbp: null, fbg, warningSigns: false });
const face = (on: string): CountedFollowUp => ({ on, mode: 'FACE', fbgTaken: true });
const quarterly = ['2024-02-01', '2024-05-01', '2024-08-01', '2024-11-01'].map(face);
const person = { birthDate: '1955-03-12', previous: null };

describe('chronic control', () => {
  test('TV-67 at 64, 139/89 is controlled and 140/89 is not', () => {
    expect([pressure(139, 89), pressure(140, 89)].map((one) => controlOf('HTN', one, 64))).toEqual([
      'CONTROLLED',
      'UNCONTROLLED',
    ]);
  });

  test('TV-68 at 65, 149/89 is controlled; 150/89 and 149/90 are not', () => {
    const readings = [pressure(149, 89), pressure(150, 89), pressure(149, 90)];
    expect(readings.map((one) => controlOf('HTN', one, 65))).toEqual(['CONTROLLED', 'UNCONTROLLED', 'UNCONTROLLED']);
  });

  test('TV-69 fasting glucose 6.9 is controlled, 7.0 is not', () => {
    expect(['6.9', '7.0'].map((fbg) => controlOf('T2DM', glucose(fbg), 60))).toEqual(['CONTROLLED', 'UNCONTROLLED']);
  });

  test('TV-70 four follow-ups without an exam are not standardised', () => {
    const judge = (exams: number) => isStandardised('HTN', '2020-01-01', 2024, { followUps: quarterly, exams });
    expect([judge(0), judge(1)]).toEqual([false, true]);
  });

  test('TV-71 of 10 managed 7 are standardised and 6 controlled, one without reading', () => {
    const cases = Array.from(
      { length: 10 },
      (_, index) =>
        ({
          standardised: index < 7,
          lastControl: index < 6 ? 'CONTROLLED' : index === 9 ? 'UNKNOWN' : 'UNCONTROLLED',
        }) as const,
    );
    expect(managementRates(cases)).toEqual({ standardised: '70.00', controlled: '60.00' });
  });

  test('TV-72 who is enrolled during the year needs a part of the four, and an exam from six months on', () => {
    expect(['2024-07-10', '2024-10-10', '2023-10-10'].map((on) => requiredInYear(on, 2024))).toEqual([
      { followUps: 2, exam: true },
      { followUps: 1, exam: false },
      { followUps: 4, exam: true },
    ]);
  });

  test('TV-73 SBP 182 is referred as acute and seen again within 14 days', () => {
    expect(followUpOutcome('HTN', pressure(182, 88), person, '2024-05-06')).toEqual({
      control: 'UNCONTROLLED',
      referralAdvised: true,
      reason: 'ACUTE_CRITICAL',
      classification: '2',
      nextDue: '2024-05-20',
    });
  });

  test('uncontrolled twice in a row is referred; a glucose of 3.9 is controlled and referred', () => {
    const twice = followUpOutcome('HTN', pressure(155, 85), { ...person, previous: 'UNCONTROLLED' }, '2024-05-06');
    const low = followUpOutcome('T2DM', glucose('3.9'), person, '2024-05-06');
    expect([twice.referralAdvised, twice.reason, low.control, low.referralAdvised]).toEqual([
      true,
      'CONTROL',
      'CONTROLLED',
      true,
    ]);
  });

  test('telephone calls and follow-ups less than 30 days apart do not count', () => {
    const judge = (followUps: readonly CountedFollowUp[]) =>
      isStandardised('T2DM', '2020-01-01', 2024, { followUps, exams: 1 });
    const phone = quarterly.map((one, index) => (index === 3 ? { ...one, mode: 'PHONE' as const } : one));
    const close = quarterly.map((one, index) => (index === 3 ? face('2024-08-20') : one));
    expect([judge(quarterly), judge(phone), judge(close)]).toEqual([true, false, false]);
  });
});
