import { expect, test } from 'vitest';
import { dischargeFollowUpDueBy } from './discharge-follow-up.ts';

test('a discharge is followed within seven days, after stroke, infarction and delivery within three', () => {
  const due = (...icd10: string[]) => dischargeFollowUpDueBy('2024-02-26', icd10);
  expect([due('J18.9', 'I10'), due('I10', 'I63.9'), due('I21.9'), due('O80.0'), due('I69.3')]).toEqual([
    '2024-03-04',
    '2024-02-29',
    '2024-02-29',
    '2024-02-29',
    '2024-03-04',
  ]);
});
