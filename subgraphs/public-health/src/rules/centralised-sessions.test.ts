import { expect, test } from 'vitest';
import { type CentralisedSession, createSessionBook, inSessionOrder } from './centralised-sessions.ts';

const session = (id: string, day: string, more: Partial<CentralisedSession> = {}): CentralisedSession => ({
  id,
  institutionId: 'in_a',
  residentType: '1',
  day,
  capacity: 2,
  itemCodes: ['EXAM'],
  ...more,
});
const task = { institutionId: 'in_a', residentType: '1', itemCode: 'EXAM', dueFrom: '2024-01-01', dueTo: '2024-06-30' };

/** Domain.md 3.8.5 in numbers: five residents of two villages, one of them not registered here; two places a session. */
const residents = [
  { residentId: 'rs_5', village: '320322100202', residentType: '1' },
  { residentId: 'rs_2', village: '320322100201', residentType: '2' },
  { residentId: 'rs_9', village: '320322100201', residentType: '1' },
  { residentId: 'rs_1', village: '320322100202', residentType: '1' },
  { residentId: 'rs_3', village: '320322100201', residentType: '1' },
].map((one) => ({ townshipHospitalId: 'in_a', ...one }));

test('sessions are filled up to capacity by type, in order of village code and resident id', () => {
  const book = createSessionBook([
    session('second', '2024-03-01'),
    session('first', '2024-02-01'),
    session('others', '2024-02-15', { residentType: '2' }),
    session('elsewhere', '2024-01-15', { institutionId: 'in_b' }),
  ]);
  const filled = residents
    .toSorted(inSessionOrder)
    .map(({ residentId, residentType }) => [residentId, book.assign({ ...task, residentType })?.id]);
  expect(filled).toEqual([
    ['rs_3', 'first'],
    ['rs_9', 'first'],
    ['rs_1', 'second'],
    ['rs_5', 'second'],
    ['rs_2', 'others'],
  ]);
});

test('a session outside the window, without the item, or full takes nobody', () => {
  const outside = createSessionBook([
    session('late', '2024-07-01'),
    session('test', '2024-02-01', { itemCodes: ['TEST'] }),
  ]);
  const full = createSessionBook([session('small', '2024-02-01', { capacity: 1 })]);
  expect([outside.assign(task), full.assign(task)?.id, full.assign(task), full.assigned('small')]).toEqual([
    undefined,
    'small',
    undefined,
    1,
  ]);
});

test('a place known to have been taken is taken from the others', () => {
  const book = createSessionBook([session('only', '2024-02-01')]);
  book.take('only');
  book.take('only');
  expect([book.assign(task), book.take('unknown')]).toEqual([undefined, undefined]);
});
