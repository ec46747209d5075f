import { expect, test } from 'vitest';
import { lastTwelveMonths, rangeOfPeriod } from './period-range.ts';

test('months, quarters and years begin and end with their days; other texts are no periods', () => {
  expect(['2024-02', '2024-Q4', '2023', '2024-13', '2024-Q5', '2024-1', 'now'].map(rangeOfPeriod)).toEqual([
    { period: '2024-02', from: '2024-02-01', to: '2024-02-29' },
    { period: '2024-Q4', from: '2024-10-01', to: '2024-12-31' },
    { period: '2023', from: '2023-01-01', to: '2023-12-31' },
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the last twelve months end with the day', () => {
  expect(lastTwelveMonths('2025-01-01')).toEqual({
    period: '2024-01-02/2025-01-01',
    from: '2024-01-02',
    to: '2025-01-01',
  });
});
