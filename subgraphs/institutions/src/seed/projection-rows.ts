import type { FollowUpFact, PractitionerFact, ResidentFact, ResidentHistory } from '@hutong/synthetic';
import type {
  chronicProjections,
  contractProjections,
  followUpProjections,
  practiceProjections,
  practitionerProjections,
  residentProjections,
} from '../tables/projection.ts';

/** Before every change of the logs: what is told later overwrites what was seeded. */
const seq = 0;

/** The practice registrations 执业注册 of a practitioner as personnel has them. */
export function practiceProjectionRows(fact: PractitionerFact): (typeof practiceProjections.$inferInsert)[] {
  return fact.registrations.map(({ id, institutionId, kind, status, validFrom, validTo }) => ({
    id,
    practitionerId: fact.id,
    institutionId,
    kind,
    status: status === 'VALID' ? 'ACTIVE' : 'ENDED',
    validFrom,
    validTo,
    seq,
  }));
}

/** Whether a practitioner may prescribe, as personnel tells it (domain.md 3.13, 3.18). */
export function practitionerProjectionRow({
  id,
  category,
  licence,
}: PractitionerFact): typeof practitionerProjections.$inferInsert {
  return {
    id,
    prescriber: prescribers.has(category),
    physician: category === PHYSICIAN,
    licensed: licence.status === 'VALID',
    licensedUntil: licence.assessedUntil,
    seq,
  };
}

/** VS-15. */
const PHYSICIAN = '11';

/** Physicians, assistant physicians and village doctors (VS-15): who may prescribe (domain.md 3.13). */
const prescribers: ReadonlySet<string> = new Set([PHYSICIAN, '12', '60']);

/** A resident 居民 as public health has one. */
export function residentProjectionRow({
  id,
  currentRegionCode,
  status,
}: ResidentFact): typeof residentProjections.$inferInsert {
  return { residentId: id, regionCode: currentRegionCode, status, seq };
}

/** The contracts 签约协议 of a resident as public health has them. */
export function contractProjectionRows(
  residentId: string,
  { contracts }: ResidentHistory,
): (typeof contractProjections.$inferInsert)[] {
  return contracts.map(({ no, baseInstitutionId, teamId, status, validFrom, validTo }) => ({
    residentId,
    no,
    institutionId: baseInstitutionId,
    teamId,
    status,
    validFrom,
    validTo,
    seq,
  }));
}

/** The chronic diseases 慢病 of a resident and whether the last two follow-ups were controlled (domain.md 3.10). */
export function chronicProjectionRows(
  { id, birthDate }: ResidentFact,
  { chronic, followUps }: ResidentHistory,
): (typeof chronicProjections.$inferInsert)[] {
  return chronic.map(({ no, disease }) => {
    const last = followUps
      .filter(({ chronicNo }) => chronicNo === no)
      .toSorted((a, b) => b.at.localeCompare(a.at))
      .slice(0, 2);
    const lastControlled = last.map((followUp) => isControlled(followUp, birthDate));
    return { residentId: id, no, disease, lastControlled, lastAt: last[0]?.at ?? null, seq };
  });
}

/** The follow-ups after discharge 出院随访 at primary level. */
export function followUpProjectionRows(
  residentId: string,
  { followUps }: ResidentHistory,
  primaryCare: ReadonlySet<string>,
): (typeof followUpProjections.$inferInsert)[] {
  return followUps
    .filter(({ kind, institutionId }) => kind === 'DISCHARGE' && primaryCare.has(institutionId))
    .map(({ no, at }) => ({ residentId, no, at, seq }));
}

/** Controlled as public health judges it; what was not measured is not (domain.md 3.10). */
function isControlled({ kind, measurements, at }: FollowUpFact, birthDate: string): boolean {
  const value = (name: string) => Number(measurements.find((one) => one.kind === name)?.value ?? Number.NaN);
  if (kind === 'DM') return value('FBG') < 7;
  const birthday = at.slice(5, 10) >= birthDate.slice(5, 10);
  const age = Number(at.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (birthday ? 0 : 1);
  return value('SBP') < (age >= 65 ? 150 : 140) && value('DBP') < 90;
}
