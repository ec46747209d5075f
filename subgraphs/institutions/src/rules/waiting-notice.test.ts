import { expect, test } from 'vitest';
import { earliestGiven } from './waiting-notice.ts';

test('who asked an hour before or more has an hour to come, who asked since then has none', () => {
  const at = '2024-06-17T09:00:00+08:00';
  expect([earliestGiven('2024-06-17T08:00:00+08:00', at), earliestGiven('2024-06-17T08:00:01+08:00', at)]).toEqual([
    '2024-06-17T10:00:00+08:00',
    at,
  ]);
});
