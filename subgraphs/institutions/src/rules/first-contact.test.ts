import { expect, test } from 'vitest';
import { isFirstContact, type ContactFacts } from './first-contact.ts';

const visit: ContactFacts = {
  isPrimaryCare: true,
  class: 'OUTPATIENT',
  referred: false,
  startedAt: '2024-05-20T09:00:00+08:00',
  lastContactAt: null,
};

test('a first contact is at primary care, not referred, no stay, and more than two weeks after the last one', () => {
  expect([
    isFirstContact(visit),
    isFirstContact({ ...visit, isPrimaryCare: false }),
    isFirstContact({ ...visit, referred: true }),
    isFirstContact({ ...visit, class: 'INPATIENT' }),
    isFirstContact({ ...visit, lastContactAt: '2024-05-06T09:00:00+08:00' }),
    isFirstContact({ ...visit, lastContactAt: '2024-05-06T08:59:59+08:00' }),
  ]).toEqual([true, false, false, false, false, true]);
});
