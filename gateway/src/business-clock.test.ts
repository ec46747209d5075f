import { expect, test } from 'vitest';
import { createBusinessClock } from './business-clock.ts';

const epoch = { asOf: '2024-12-31T23:59:59+08:00', seededAt: '2026-03-01T00:00:00Z' };

test('the demo’s time is the end of its data plus the time since seeding', () => {
  const clock = createBusinessClock('demo', epoch, () => Date.parse('2026-03-02T01:00:00Z'));
  expect(clock()).toBe('2025-01-02T00:59:59.000+08:00');
});

test('the demo’s time never runs before its data end, whatever the machine’s clock says', () => {
  const clock = createBusinessClock('demo', epoch, () => Date.parse('2020-01-01T00:00:00Z'));
  expect(clock()).toBe('2024-12-31T23:59:59.000+08:00');
});

test('the system’s time is told with the offset of China', () => {
  const clock = createBusinessClock('system', epoch, () => Date.parse('2026-03-01T16:30:00Z'));
  expect(clock()).toBe('2026-03-02T00:30:00.000+08:00');
});

test('a given instant is where time starts', () => {
  let now = 5_000;
  const clock = createBusinessClock('2025-06-30T08:00:00+08:00', epoch, () => now);
  expect(clock()).toBe('2025-06-30T08:00:00.000+08:00');
  now += 60_000;
  expect(clock()).toBe('2025-06-30T08:01:00.000+08:00');
});
