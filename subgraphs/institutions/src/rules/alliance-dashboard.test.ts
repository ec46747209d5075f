import { expect, test } from 'vitest';
import { judgedAt, openMinutesOf } from './alliance-dashboard.ts';
import { percent } from './percent.ts';

const submittedAt = '2024-05-06T09:00:00+08:00';
const open = {
  direction: 'UP',
  urgency: 'ROUTINE',
  status: 'SUBMITTED',
  submittedAt,
  acceptedAt: null,
  arrivedAt: null,
} as const;

test('TV-40 of 20 referrals 2 are cancelled and 15 timely: 83.33 %, with those whose limit has passed unnoticed', () => {
  const judged = { due: 16, timely: 14 };
  const arrived = {
    ...open,
    status: 'ARRIVED',
    acceptedAt: submittedAt,
    arrivedAt: '2024-05-13T09:00:00+08:00',
  } as const;
  const rows = [open, arrived, { ...open, status: 'CANCELLED' as const }];
  const { due, timely } = judgedAt(judged, rows, '2024-05-14T09:00:00+08:00');
  expect([due, timely, percent(timely, due)]).toEqual([18, 15, '83.33']);
  expect(judgedAt(judged, [open], '2024-05-07T08:59:59+08:00')).toEqual(judged);
});

test('TV-51 the open minutes of units add up, each on its own days', () => {
  const openHours = [{ weekday: 1, opens: '08:00', closes: '16:00' }];
  const units = [
    { openHours, from: '2024-05-06', to: '2024-05-06' },
    { openHours, from: '2024-05-01', to: '2024-05-31' },
    { openHours, from: '2024-05-07', to: '2024-05-06' },
  ];
  expect([openMinutesOf(units.slice(0, 1)), openMinutesOf(units), openMinutesOf([])]).toEqual([480, 5 * 480, 0]);
});
