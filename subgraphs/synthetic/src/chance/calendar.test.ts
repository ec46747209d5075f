import { describe, expect, test } from 'vitest';
import {
  dateOf,
  dayOf,
  instantAt,
  instantOf,
  minutesOf,
  plusMonths,
  weekdayOf,
  workday,
  yearsBetween,
} from './calendar.ts';

describe('calendar', () => {
  test('every day from 1920 to 2030 survives the way to its date and back', () => {
    const first = dayOf('1920-01-01');
    const wrong = Array.from({ length: 40_178 }, (_, index) => first + index).filter(
      (day) => dayOf(dateOf(day)) !== day,
    );
    expect([wrong, dateOf(first + 40_177)]).toEqual([[], '2029-12-31']);
  });

  test('instants carry China’s offset and survive the way back', () => {
    const instant = instantOf(dayOf('2024-02-28'), 1440 + 90);
    expect([instant, instantAt(minutesOf(instant))]).toEqual([
      '2024-02-29T01:30:00+08:00',
      '2024-02-29T01:30:00+08:00',
    ]);
  });

  test('months are clipped to the end of the month', () => {
    expect(dateOf(plusMonths(dayOf('2021-08-31'), 18))).toBe('2023-02-28');
  });

  test('full years count the birthday itself', () => {
    const ages = ['2024-12-30', '2024-12-31'].map((date) => yearsBetween(dayOf('1959-12-31'), dayOf(date)));
    expect(ages).toEqual([64, 65]);
  });

  test('a Saturday becomes the next Monday', () => {
    expect([weekdayOf(dayOf('2024-06-01')), dateOf(workday(dayOf('2024-06-01')))]).toEqual([6, '2024-06-03']);
  });
});
