import { expect, inject, test } from 'vitest';
import { businessClock, fixedClock, readSeeding, recordSeeding, toDay, toInstant } from './clock.ts';
import { createTestDatabase } from './database/test-database.ts';

const seeding = { asOf: '2024-12-31T23:59:59+08:00', seededAt: '2026-03-01T12:00:00.000Z' };
const hourLater = fixedClock('2026-03-01T13:00:00.000Z');

test('demo time is where the data end plus the time since seeding', () => {
  const now = businessClock('demo', seeding, hourLater).now();
  expect([toInstant(now), toDay(now)]).toEqual(['2025-01-01T00:59:59.000+08:00', '2025-01-01']);
});

test('system time, and demo time of a database without demo data, are the machine time', () => {
  const times = [businessClock('system', seeding, hourLater), businessClock('demo', undefined, hourLater)];
  expect(times.map((clock) => clock.now().toISOString())).toEqual([
    '2026-03-01T13:00:00.000Z',
    '2026-03-01T13:00:00.000Z',
  ]);
});

test('an instant as setting runs on from there', () => {
  let now = '2026-03-01T13:00:00.000Z';
  const clock = businessClock('2024-06-01T08:00:00+08:00', seeding, { now: () => new Date(now) });
  now = '2026-03-02T13:00:00.000Z';
  expect(toInstant(clock.now())).toBe('2024-06-02T08:00:00.000+08:00');
});

test('a seeding is remembered by the database; a later one replaces it', async () => {
  const database = await createTestDatabase(inject('databaseServer'));
  const before = await readSeeding(database.sql);
  await recordSeeding(database.sql, { asOf: '2023-12-31T23:59:59+08:00', seededAt: '2025-01-01T00:00:00Z' });
  await recordSeeding(database.sql, seeding);
  const after = await readSeeding(database.sql);
  await database.close();
  expect([before, after]).toEqual([undefined, seeding]);
});
