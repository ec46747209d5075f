import type { ChronicFact, FollowUpFact, MeasurementFact, ResidentFact, ResidentHistory } from '@hutong/synthetic';
import {
  followUpOutcome,
  isStandardised,
  type Control,
  type FollowUpOutcome,
  type ManagedDisease,
  type Reading,
} from '../rules/chronic-control.ts';
import { dischargeFollowUpDueBy } from '../rules/discharge-follow-up.ts';
import type { chronicEnrollments, deviceMeasurements, dischargeFollowUps, followUps } from '../tables/chronic.ts';

/** Enrolments and follow-ups of a resident with what rule 3.10 says about them. */
export interface ChronicRows {
  readonly enrollments: (typeof chronicEnrollments.$inferInsert)[];
  readonly followUps: (typeof followUps.$inferInsert)[];
  readonly dischargeFollowUps: (typeof dischargeFollowUps.$inferInsert)[];
}

/** Rows of chronic management, judged by rule 3.10 in the year of the business day. */
export function chronicRows(resident: ResidentFact, history: ResidentHistory, asOf: string): ChronicRows {
  const judged = judgeFollowUps(resident, history);
  const enrollments = history.chronic.map((fact) => {
    const own = history.followUps.filter(({ chronicNo }) => chronicNo === fact.no);
    return {
      residentId: resident.id,
      no: fact.no,
      disease: fact.disease,
      diagnosedOn: fact.diagnosedOn,
      enrolledOn: fact.enrolledOn,
      managedById: fact.managedByInstitutionId,
      status: fact.status,
      plan: fact.plan,
      lastControl: lastControl(own, judged),
      standardisedThisYear: standardised(fact, own, history, Number(asOf.slice(0, 4))),
      updatedAt: asOf,
    };
  });
  const followUpRows = history.followUps.map((fact) => followUpRow(resident, fact, history, judged));
  return { enrollments, followUps: followUpRows, dischargeFollowUps: dischargeFollowUpRows(resident, history) };
}

/** What was owed after the stays that were followed up. */
function dischargeFollowUpRows(
  resident: ResidentFact,
  history: ResidentHistory,
): (typeof dischargeFollowUps.$inferInsert)[] {
  return history.followUps.flatMap((fact) => {
    const stay = history.encounters.find(({ no }) => no === fact.encounterNo);
    const dueBy = fact.kind === 'DISCHARGE' ? dueByOf(fact, history) : null;
    if (stay?.stay === undefined || stay.stay === null || dueBy === null) return [];
    const { institutionId, no: encounterNo } = stay;
    return [
      { residentId: resident.id, encounterNo, institutionId, dischargedOn: stay.stay.dischargedAt.slice(0, 10), dueBy },
    ];
  });
}

/** Readings of devices at home. */
export function deviceRows(
  resident: ResidentFact,
  { deviceMeasurements: facts }: ResidentHistory,
): (typeof deviceMeasurements.$inferInsert)[] {
  return facts.map(({ no, deviceId, measurement }) => ({
    residentId: resident.id,
    no,
    deviceId,
    at: measurement.at,
    measurement: { ...measurement },
  }));
}

type Judged = ReadonlyMap<number, FollowUpOutcome>;

/** Outcomes by follow-up number; each disease's follow-ups in order, since the one before matters. */
function judgeFollowUps(resident: ResidentFact, { followUps: facts }: ResidentHistory): Judged {
  const judged = new Map<number, FollowUpOutcome>();
  const previous = new Map<ManagedDisease, Control>();
  for (const fact of facts.toSorted((a, b) => a.at.localeCompare(b.at))) {
    const disease = managedDisease(fact);
    if (disease === undefined) continue;
    const person = { birthDate: resident.birthDate, previous: previous.get(disease) ?? null };
    const outcome = followUpOutcome(disease, readingOf(fact), person, fact.at.slice(0, 10));
    judged.set(fact.no, outcome);
    previous.set(disease, outcome.control);
  }
  return judged;
}

function managedDisease({ kind }: FollowUpFact): ManagedDisease | undefined {
  if (kind === 'HTN') return 'HTN';
  return kind === 'DM' ? 'T2DM' : undefined;
}

function readingOf({ measurements, warningSigns }: FollowUpFact): Reading {
  const value = (kind: MeasurementFact['kind']) => measurements.find((one) => one.kind === kind)?.value ?? null;
  const sbp = value('SBP');
  const dbp = value('DBP');
  return {
    sbp: sbp === null ? null : Number(sbp),
    dbp: dbp === null ? null : Number(dbp),
    fbg: value('FBG'),
    warningSigns,
  };
}

function lastControl(own: readonly FollowUpFact[], judged: Judged): Control {
  const last = own.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  return (last === undefined ? undefined : judged.get(last.no)?.control) ?? 'UNKNOWN';
}

function standardised(
  fact: ChronicFact,
  own: readonly FollowUpFact[],
  { exams }: ResidentHistory,
  year: number,
): boolean {
  const ofYear = (at: string) => Number(at.slice(0, 4)) === year;
  const done = own
    .filter(({ at }) => ofYear(at))
    .map((followUp) => ({
      on: followUp.at.slice(0, 10),
      mode: followUp.mode,
      fbgTaken: followUp.measurements.some(({ kind }) => kind === 'FBG'),
    }));
  const disease = fact.disease === 'T2DM' ? 'T2DM' : 'HTN';
  return isStandardised(disease, fact.enrolledOn, year, {
    followUps: done,
    exams: exams.filter(({ at }) => ofYear(at)).length,
  });
}

function followUpRow(
  resident: ResidentFact,
  fact: FollowUpFact,
  history: ResidentHistory,
  judged: Judged,
): typeof followUps.$inferInsert {
  const outcome = judged.get(fact.no);
  return {
    residentId: resident.id,
    no: fact.no,
    kind: fact.kind,
    enrollmentNo: fact.chronicNo,
    encounterNo: fact.encounterNo,
    referralNo: fact.kind === 'DISCHARGE' ? referralOf(fact, history) : null,
    at: fact.at,
    dueBy: fact.kind === 'DISCHARGE' ? dueByOf(fact, history) : null,
    mode: fact.mode,
    byId: fact.practitionerId,
    institutionId: fact.institutionId,
    measurements: fact.measurements.map((measurement) => ({ ...measurement })),
    medicationAdherence: fact.medicationAdherence,
    classification: outcome?.classification ?? null,
    nextDue: outcome?.nextDue ?? null,
    referralAdvised: outcome?.referralAdvised ?? fact.warningSigns,
    referralReason: outcome?.reason ?? null,
  };
}

function dueByOf({ encounterNo }: FollowUpFact, history: ResidentHistory): string | null {
  const stay = history.encounters.find(({ no }) => no === encounterNo);
  if (stay?.stay === undefined || stay.stay === null) return null;
  return dischargeFollowUpDueBy(
    stay.stay.dischargedAt.slice(0, 10),
    stay.diagnoses.map(({ icd10 }) => icd10),
  );
}

/** The referral that had brought the resident to the stay after which the follow-up was made. */
function referralOf({ encounterNo }: FollowUpFact, history: ResidentHistory): number | null {
  if (encounterNo === null) return null;
  return history.encounters.find(({ no }) => no === encounterNo)?.referralNo ?? null;
}
