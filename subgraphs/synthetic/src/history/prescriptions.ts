import { instantOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { DRUGS } from '../catalogues/drugs.ts';
import type { MedicationAdviceFact, PrescriptionFact, PrescriptionLineFact } from '../facts/care.ts';
import { staffAt } from '../place-world.ts';
import type { Subject } from './contact.ts';
import type { DressedEncounter } from './encounters.ts';

const DISEASE_OF = new Map(DRUGS.map((drug) => [drug.nhsaDrugCode, drug.diseaseKind]));

/** Chance that a prescription that may be long is: 1,100 per 10,000 residents whatever the visit scale (domain.md 8.7). */
const LONG_CHANCE = 0.9;
const LONG_AT_MOST = 0.9;

/** Prescriptions: the drug lines of every visit that has some. */
export function prescriptionsOf(subject: Subject, encounters: readonly DressedEncounter[]): PrescriptionFact[] {
  const withDrugs = encounters.filter(
    ({ fact }) => fact.kind !== 'INPATIENT' && fact.lines.some((line) => line.kind === 'DRUG'),
  );
  return withDrugs.map(({ fact, contact }, index) => {
    const draws = new Draws(subject.world.seed, `${subject.path}/prescription/${contact.key}`);
    const drugs = fact.lines.filter((line) => line.kind === 'DRUG');
    const disease = drugs.map((line) => DISEASE_OF.get(line.itemCode) ?? null).find((kind) => kind !== null) ?? null;
    const isLong =
      mayBeLong(subject, contact.level, disease) &&
      draws.chance(Math.min(LONG_AT_MOST, LONG_CHANCE / subject.visitScale));
    const days = isLong
      ? draws.pick([28, 28, 56, 84])
      : disease === null
        ? draws.integer(3, 7)
        : draws.pick([7, 14, 28]);
    const lines = drugs.map((line): PrescriptionLineFact => ({
      nhsaDrugCode: line.itemCode,
      dose: '1',
      frequency: draws.pick(['9', '1', '10']),
      days,
      quantity: line.quantity,
      price: line.unitPrice,
    }));
    return {
      no: index + 1,
      encounterNo: fact.no,
      prescriberId: fact.practitionerId ?? '',
      issuedAt: instantOf(contact.day, contact.minutes + 10),
      isLong,
      diseaseKind: disease,
      lines,
      daysSupply: days,
      refillsLeft: isLong ? draws.integer(0, 2) : 0,
      dispensedAt: instantOf(contact.day, contact.minutes + 18),
      dispensedById: staffAt(subject.world, contact.site, '31', draws.uniform()),
    };
  });
}

/** Medication advice after a share of prescriptions for chronic diseases. */
export function medicationAdviceOf(
  subject: Subject,
  prescriptions: readonly PrescriptionFact[],
): MedicationAdviceFact[] {
  const advised = prescriptions.filter(
    (one) => one.diseaseKind !== null && new Draws(subject.world.seed, `${subject.path}/advice/${one.no}`).chance(0.15),
  );
  return advised.map((prescription, index) => ({
    no: index + 1,
    practitionerId: prescription.prescriberId,
    text: '按时服药，监测血压血糖，出现不适及时联系家庭医生。',
    at: prescription.issuedAt,
  }));
}

/** Managed and controlled, for a disease with long prescriptions, issued or refilled inside the county (domain.md 3.18). */
function mayBeLong(subject: Subject, level: string, disease: string | null): boolean {
  const { managedHtn, managedDm } = subject.person;
  if (level === 'M' || level === 'O') return false;
  if (disease === 'HTN') return managedHtn?.controlled ?? false;
  if (disease === 'T2DM') return managedDm?.controlled ?? false;
  return false;
}
