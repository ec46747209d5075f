import { type ChronicFact, type FollowUpFact, type ResidentHistory, createRegion } from '@hutong/synthetic';
import { describe, expect, test } from 'vitest';
import { type Control, type Reading, controlOf, isStandardised, managementRates } from './chronic-control.ts';
import { ageAt } from './contract-term.ts';

const MINUTES = 60_000;
const YEAR = 2024;

function readingOf(followUp: FollowUpFact): Reading {
  const value = (kind: string) => followUp.measurements.find((one) => one.kind === kind)?.value ?? null;
  const number = (kind: string) => (value(kind) === null ? null : Number(value(kind)));
  return { sbp: number('SBP'), dbp: number('DBP'), fbg: value('FBG'), warningSigns: followUp.warningSigns };
}

/** An enrolment as the standard counts it: by its own follow-ups and all exams of the year (domain.md 3.10). */
function judge(
  enrolment: ChronicFact,
  history: ResidentHistory,
  birthDate: string,
): { readonly standardised: boolean; readonly lastControl: Control } {
  const disease = enrolment.disease === 'HTN' ? 'HTN' : 'T2DM';
  const own = history.followUps.filter((one) => one.chronicNo === enrolment.no && one.at.startsWith(String(YEAR)));
  const last = own.at(-1);
  const followUps = own.map((one) => ({
    on: one.at.slice(0, 10),
    mode: one.mode,
    fbgTaken: one.measurements.some((measurement) => measurement.kind === 'FBG'),
  }));
  const exams = history.exams.filter((one) => one.at.startsWith(String(YEAR))).length;
  return {
    standardised: isStandardised(disease, enrolment.enrolledOn, YEAR, { followUps, exams }),
    lastControl:
      last === undefined ? 'UNKNOWN' : controlOf(disease, readingOf(last), ageAt(birthDate, last.at.slice(0, 10))),
  };
}

describe('chronic management of the demo region, Pei, 10,000 residents (domain.md 8.8)', () => {
  for (const seed of ['hutong', 'another']) {
    test(`P-05, P-06, P-07 and P-08 lie in their bands, seed ${seed}`, { timeout: 10 * MINUTES }, () => {
      const region = createRegion({ seed, residentsPerPlace: 10_000, visitScale: 0.25, years: 1, scenario: 'CURRENT' });
      const cases = { HTN: [] as ReturnType<typeof judge>[], T2DM: [] as ReturnType<typeof judge>[] };
      for (const resident of region.residents('pei')) {
        const history = region.history(resident);
        for (const enrolment of history.chronic) {
          if (enrolment.disease === 'HTN' || enrolment.disease === 'T2DM') {
            cases[enrolment.disease].push(judge(enrolment, history, resident.birthDate));
          }
        }
      }
      const within = (rate: string | null, low: number, high: number) => Number(rate) >= low && Number(rate) <= high;
      const htn = managementRates(cases.HTN);
      const dm = managementRates(cases.T2DM);
      expect([
        within(htn.standardised, 67, 73),
        within(htn.controlled, 58, 66),
        within(dm.standardised, 67, 73),
        within(dm.controlled, 47, 57),
      ]).toEqual([true, true, true, true]);
    });
  }
});
