import { describe, expect, test } from 'vitest';
import { fulfilmentPlan, fulfilmentRate, isFulfilled, makeUpDueTo, percent } from './fulfilment-plan.ts';

const exam = { code: 'E1', itemClass: 'EXAM', frequencyPerYear: 1, homeCapable: true } as const;
const followUp = { code: 'F4', itemClass: 'BASIC_CARE', frequencyPerYear: 4, homeCapable: false } as const;
const year = { validFrom: '2024-03-01', validTo: '2025-02-28', vulnerable: false, inCareHome: false };
const times = <Status>(count: number, status: Status) => Array.from({ length: count }, () => ({ status }));

describe('fulfilment plan', () => {
  test('an item four times a year has four windows that fill the contract year', () => {
    expect(fulfilmentPlan([followUp], year)).toEqual([
      { itemCode: 'F4', seq: 1, dueFrom: '2024-03-01', dueTo: '2024-05-30', mode: 'INDIVIDUAL' },
      { itemCode: 'F4', seq: 2, dueFrom: '2024-05-31', dueTo: '2024-08-29', mode: 'INDIVIDUAL' },
      { itemCode: 'F4', seq: 3, dueFrom: '2024-08-30', dueTo: '2024-11-28', mode: 'INDIVIDUAL' },
      { itemCode: 'F4', seq: 4, dueFrom: '2024-11-29', dueTo: '2025-02-28', mode: 'INDIVIDUAL' },
    ]);
  });

  test('an exam is centralised, and at home for vulnerable people', () => {
    const modes = [false, true].map((vulnerable) =>
      fulfilmentPlan([exam, followUp], { ...year, vulnerable })
        .slice(0, 2)
        .map((task) => task.mode),
    );
    expect(modes).toEqual([
      ['CENTRALISED', 'INDIVIDUAL'],
      ['HOME', 'INDIVIDUAL'],
    ]);
  });

  test('in a care home everything is done on site', () => {
    const modes = fulfilmentPlan([exam, followUp], { ...year, inCareHome: true }).map((task) => task.mode);
    expect(modes).toEqual(['HOME', 'HOME', 'HOME', 'HOME', 'HOME']);
  });

  test('TV-60 of 20 required tasks 18 done and 1 waived is 94.74 %', () => {
    const tasks = [...times(18, 'DONE' as const), ...times(1, 'WAIVED' as const), ...times(1, 'MISSED' as const)];
    expect(fulfilmentRate(tasks)).toBe('94.74');
  });

  test('without a task due there is no rate', () => {
    expect([fulfilmentRate([]), fulfilmentRate(times(2, 'WAIVED' as const))]).toEqual([null, null]);
  });

  test('a contract with a mandatory task open is not fulfilled', () => {
    const done = { status: 'DONE', mandatory: true } as const;
    const optional = { status: 'MISSED', mandatory: false } as const;
    const open = { status: 'PLANNED', mandatory: true } as const;
    expect([isFulfilled([done, optional]), isFulfilled([done, open])]).toEqual([true, false]);
  });

  test('a make-up is due within 30 days of the session', () => {
    expect(makeUpDueTo('2024-02-10')).toBe('2024-03-11');
  });

  test('TV-61 of 400 contracts that ended 320 renewed is 80.00 %', () => {
    expect(percent(320, 400)).toBe('80.00');
  });

  test('percentages are rounded half up', () => {
    expect([percent(1, 800), percent(1, 3), percent(7, 10), percent(5, 5)]).toEqual([
      '0.13',
      '33.33',
      '70.00',
      '100.00',
    ]);
  });
});
