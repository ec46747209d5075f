import { expect, test } from 'vitest';
import { chooseReport, type RecognitionCandidate } from './recognition-choice.ts';

const ct: RecognitionCandidate = {
  residentId: 'rs_1',
  reportNo: 1,
  item: 'CT_CHEST',
  site: 'CHEST',
  methodClass: 'PLAIN',
  performedTime: '2024-03-01T00:00:00+08:00',
  qualityGrade: 'PROVINCE',
  status: 'FINAL',
  validityDays: 60,
  requiredGrade: 'CITY',
};
const open = { at: '2024-04-15T09:00:00+08:00', site: null, method: null };

test('the newest report that is to be recognised is chosen, before a newer one that is not', () => {
  const newer = { ...ct, reportNo: 2, performedTime: '2024-04-01T00:00:00+08:00', qualityGrade: 'NONE' as const };
  expect(chooseReport('rs_1', [newer, ct], open)).toEqual({
    residentId: 'rs_1',
    reportNo: 1,
    recognisable: true,
    reason: null,
    validUntil: '2024-04-30T00:00:00+08:00',
  });
  expect(chooseReport('rs_1', [newer], open)).toMatchObject({ reportNo: 2, reason: 'QUALITY_INSUFFICIENT' });
});

test('site and method count where they are told; without a report there is nothing to say', () => {
  expect(chooseReport('rs_1', [ct], { ...open, method: 'ENHANCED' })).toMatchObject({ reason: 'SITE_OR_METHOD' });
  expect(chooseReport('rs_1', [], open)).toEqual({
    residentId: 'rs_1',
    reportNo: null,
    recognisable: false,
    reason: null,
    validUntil: null,
  });
});
