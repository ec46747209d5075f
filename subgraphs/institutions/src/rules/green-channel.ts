import type { SpecialtyCentreKind, Urgency } from '../schema-types.ts';
import { type Icd10Range, isInSomeIcd10Range } from './icd10.ts';

/** A resident referred, as the green channel 绿色通道 sees it. */
export interface GreenChannelCase {
  readonly urgency: Urgency;
  readonly icd10: string;
  /** Injury severity score 创伤严重度评分, null when not scored. */
  readonly injurySeverityScore: number | null;
  readonly criticalMother: boolean;
  readonly criticalChild: boolean;
}

/** A disease with the centre that treats it, and what makes it critical without urgency EMERGENCY. */
interface GreenDisease {
  readonly centre: SpecialtyCentreKind;
  readonly ranges: readonly Icd10Range[];
  readonly isCritical: (facts: GreenChannelCase, severeTrauma: number) => boolean;
}

/** Score from which trauma is in the green list (domain.md 3.4.4). */
export const DEFAULT_SEVERE_TRAUMA = 16;

const greenDiseases: readonly GreenDisease[] = [
  { centre: 'CHEST_PAIN', ranges: [{ from: 'I20', to: 'I22' }], isCritical: () => true },
  { centre: 'STROKE', ranges: [{ from: 'I60', to: 'I64' }], isCritical: () => true },
  {
    centre: 'TRAUMA',
    ranges: [{ from: 'S00', to: 'T98' }],
    isCritical: (facts, severeTrauma) => (facts.injurySeverityScore ?? 0) >= severeTrauma,
  },
  {
    centre: 'MATERNAL_CRITICAL',
    ranges: [{ from: 'O00', to: 'O99' }],
    isCritical: (facts) => facts.criticalMother,
  },
];

/**
 * Whether a referral goes through the green channel (domain.md 3.4.4, 3.23): an emergency or a diagnosis of the green list, and
 * an accredited centre for it at the target.
 */
export function isGreenChannel(
  facts: GreenChannelCase,
  accreditedCentres: readonly SpecialtyCentreKind[],
  severeTrauma: number = DEFAULT_SEVERE_TRAUMA,
): boolean {
  return matchingCentres(facts, severeTrauma).some((kind) => accreditedCentres.includes(kind));
}

/** Centres that match the case; an emergency needs no further sign that the disease is critical. */
function matchingCentres(facts: GreenChannelCase, severeTrauma: number): SpecialtyCentreKind[] {
  const emergency = facts.urgency === 'EMERGENCY';
  const byDiagnosis = greenDiseases
    .filter(({ ranges }) => isInSomeIcd10Range(facts.icd10, ranges))
    .filter(({ isCritical }) => emergency || isCritical(facts, severeTrauma))
    .map(({ centre }) => centre);
  return facts.criticalChild ? [...byDiagnosis, 'CHILD_CRITICAL'] : byDiagnosis;
}
