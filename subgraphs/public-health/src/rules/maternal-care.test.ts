import { expect, test } from 'vitest';
import {
  expectedDelivery,
  isEarlyBooking,
  isSystemManaged,
  leastRiskColour,
  nextMaternalVisit,
  windowOf,
  type Pregnancy,
} from './maternal-care.ts';

const booked: Pregnancy = {
  lmp: '2024-01-01',
  edd: '2024-10-07',
  registeredOn: '2024-04-01',
  status: 'PREGNANT',
  deliveredOn: null,
  visits: [],
  postpartum: [],
};
const visited = (...windows: Pregnancy['visits'][number]['window'][]) => ({
  visits: windows.map((window) => ({ window })),
});

test('a pregnancy is expected to last 280 days, and is booked early up to 13 weeks', () => {
  expect([
    expectedDelivery(booked.lmp),
    isEarlyBooking(booked),
    isEarlyBooking({ ...booked, registeredOn: '2024-04-02' }),
  ]).toEqual(['2024-10-07', true, false]);
});

test('a week belongs to one window of the schedule', () => {
  expect([6, 13, 14, 20, 21, 26, 27, 36, 37, 42].map(windowOf)).toEqual([
    'W12',
    'W12',
    'W16_20',
    'W16_20',
    'W21_24',
    'W21_24',
    'W28_36',
    'W28_36',
    'W37_40',
    'W37_40',
  ]);
});

test('the next visit is that of the window after the last one visited, then the delivery, then day 7 and day 42', () => {
  const delivered = { ...booked, status: 'POSTPARTUM', deliveredOn: '2024-10-01' } as const;
  expect([
    nextMaternalVisit(booked),
    nextMaternalVisit({ ...booked, ...visited('W12') }),
    nextMaternalVisit({ ...booked, ...visited('W28_36', 'W28_36') }),
    nextMaternalVisit({ ...booked, ...visited('W37_40') }),
    nextMaternalVisit(delivered),
    nextMaternalVisit({ ...delivered, postpartum: [{ day: 5 }] }),
    nextMaternalVisit({ ...delivered, status: 'CLOSED' }),
  ]).toEqual(['2024-03-25', '2024-04-22', '2024-09-16', '2024-10-07', '2024-10-08', '2024-11-12', null]);
});

test('system management is an early record, five antenatal visits, one within 7 days of delivery and one on day 42', () => {
  const done: Pregnancy = {
    ...booked,
    ...visited('W12', 'W16_20', 'W21_24', 'W28_36', 'W37_40'),
    postpartum: [{ day: 7 }, { day: 42 }],
  };
  expect([
    isSystemManaged(done),
    isSystemManaged({ ...done, registeredOn: '2024-04-02' }),
    isSystemManaged({ ...done, visits: done.visits.slice(1) }),
    isSystemManaged({ ...done, postpartum: [{ day: 8 }, { day: 42 }] }),
    isSystemManaged({ ...done, postpartum: [{ day: 7 }, { day: 41 }] }),
  ]).toEqual([true, false, false, false, false]);
});

test('age and blood pressure alone ask for yellow or orange', () => {
  const day = '2024-05-06';
  const of = (birthDate: string, sbp: number | null = null, dbp: number | null = null) =>
    leastRiskColour({ birthDate, day, sbp, dbp });
  expect([
    of('1990-01-01'),
    of('1989-05-06'),
    of('1984-05-06'),
    of('2005-05-07'),
    of('2005-05-06'),
    of('1990-01-01', 139, 89),
    of('1990-01-01', 140, 89),
    of('1990-01-01', 120, 110),
  ]).toEqual(['GREEN', 'YELLOW', 'ORANGE', 'YELLOW', 'GREEN', 'GREEN', 'YELLOW', 'ORANGE']);
});
