import { expect, test } from 'vitest';
import { decideSlot } from './practice-slots.ts';

const slot = (institutionId: string, start: string, end: string) => ({
  institutionId,
  start: `2024-03-04T${start}`,
  end: `2024-03-04T${end}`,
});
const held = [slot('in_A', '09:00', '10:00')];
const allowed = { kind: 'ALLOWED' };
const conflict = { kind: 'REFUSED', code: 'SCHEDULE_CONFLICT', path: ['start'] };

test('TV-81 one hour at two places is a conflict', () => {
  expect(decideSlot(slot('in_B', '09:00', '10:00'), held)).toEqual(conflict);
});

test('a slot may begin when the other ends, not a minute earlier', () => {
  const slots = [
    slot('in_B', '10:00', '11:00'),
    slot('in_B', '09:59', '11:00'),
    slot('in_B', '08:00', '09:00'),
    slot('in_B', '08:00', '09:01'),
    slot('in_B', '08:00', '12:00'),
    slot('in_B', '09:15', '09:30'),
  ];
  expect(slots.map((one) => decideSlot(one, held))).toEqual([allowed, conflict, allowed, conflict, conflict, conflict]);
});

test('slots at one institution, and on other days, do not conflict', () => {
  const nextDay = { institutionId: 'in_B', start: '2024-03-05T09:00', end: '2024-03-05T10:00' };
  expect([decideSlot(slot('in_A', '09:00', '10:00'), held), decideSlot(nextDay, held)]).toEqual([allowed, allowed]);
});

test('a slot takes time', () => {
  const wrong = { kind: 'REFUSED', code: 'VALIDATION_FAILED', path: ['end'] };
  expect([decideSlot(slot('in_B', '11:00', '11:00'), held), decideSlot(slot('in_B', '12:00', '11:00'), held)]).toEqual([
    wrong,
    wrong,
  ]);
});
