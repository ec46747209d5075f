import { describe, expect, test } from 'vitest';
import { createRegion } from './region.ts';

const region = createRegion({
  seed: 'hutong',
  residentsPerPlace: 1000,
  visitScale: 0.25,
  years: 3,
  scenario: 'CURRENT',
  places: ['ningbo'],
});
const people = [...region.residents('ningbo')].map((resident) => ({ resident, history: region.history(resident) }));

/** Ages on 31 December of the year of the day, of those to whom something happened. */
function ages(days: (history: (typeof people)[number]['history']) => readonly string[]): number[] {
  return people.flatMap(({ resident, history }) =>
    days(history).map((day) => Number(day.slice(0, 4)) - Number(resident.birthDate.slice(0, 4))),
  );
}

describe('what depends on age depends on that of 31 December of its year (domain.md 3.0.5)', () => {
  test('elders’ exams and assessments are of people of 65 and more', () => {
    const elders = ages(({ elderly, exams }) => [
      ...elderly.map((one) => one.at),
      ...exams.filter((one) => one.kind === 'ELDERLY').map((one) => one.at),
    ]);
    expect([Math.min(...elders), elders.length > 100]).toEqual([65, true]);
  });

  test('pupils’ exams are of children of 7 to 14', () => {
    const pupils = ages(({ exams }) => exams.filter((one) => one.kind === 'STUDENT').map((one) => one.at));
    expect([Math.min(...pupils), Math.max(...pupils)]).toEqual([7, 14]);
  });

  test('the benefit of the retired begins at 60', () => {
    const retired = ages(({ claims }) => claims.filter((one) => one.retired).map((one) => one.serviceDate));
    expect([Math.min(...retired), retired.length > 100]).toEqual([60, true]);
  });

  test('who has grown out of the band of the youngest was seen as often as it says before', () => {
    const grown = people.filter(({ resident }) => ['2016', '2017'].includes(resident.birthDate.slice(0, 4)));
    const visits = grown.flatMap(({ history }) =>
      history.encounters.filter(
        ({ kind, startedAt }) => (kind === 'OUTPATIENT' || kind === 'EMERGENCY') && startedAt.startsWith('2022'),
      ),
    );
    // 8.2 contacts a year below 7, 3.8 above, times the place's factor 1.55, a quarter of them told: 3.2, not 1.5.
    expect([grown.length >= 10, visits.length / grown.length > 2.4]).toEqual([true, true]);
  });
});
