import type { BedClass, ChronicDisease, RecognitionReason, ReferralReason, Vulnerability } from '../schema-types.ts';

const bedClasses: readonly BedClass[] = [
  'GENERAL',
  'CHRONIC',
  'ELDERLY',
  'REHAB',
  'NURSING',
  'ICU',
  'MATERNAL',
  'CHILD',
];
const chronicDiseases: readonly ChronicDisease[] = ['HTN', 'T2DM', 'STROKE', 'CHD', 'COPD', 'CANCER', 'MENTAL', 'TB'];
const vulnerabilities: readonly Vulnerability[] = ['LONELY', 'EMPTY_NEST', 'FIVE_GUARANTEE', 'DISABLED_HOME', 'NONE'];
const recognitionReasons: readonly RecognitionReason[] = [
  'CONDITION_CHANGED',
  'FAST_CHANGING',
  'MAJOR_DECISION',
  'EMERGENCY',
  'FORENSIC',
  'QUALITY_INSUFFICIENT',
  'EXPIRED',
  'ITEM',
  'SITE_OR_METHOD',
  'STATUS',
  'OTHER',
];
const referralReasons: readonly ReferralReason[] = [
  'ACUTE_CRITICAL',
  'CAPABILITY',
  'DIAGNOSIS_UNCLEAR',
  'SURGERY',
  'EXAM',
  'COMPLICATION',
  'STABLE',
  'REHAB',
  'CONTROL',
  'PATIENT_REQUEST',
  'OTHER',
];

/** A fact's class of bed as the contract's constant. */
export const bedClassOf = (text: string): BedClass => oneOf(bedClasses, text);

/** A fact's chronic disease (VS-38). */
export const chronicDiseaseOf = (text: string | null): ChronicDisease | null =>
  text === null ? null : oneOf(chronicDiseases, text);

/** A fact's vulnerability (VS-34); none is NONE. */
export const vulnerabilityOf = (text: string | null): Vulnerability => oneOf(vulnerabilities, text ?? 'NONE');

/** A fact's reason for examining again (VS-31). */
export const recognitionReasonOf = (text: string | null): RecognitionReason | null =>
  text === null ? null : oneOf(recognitionReasons, text);

/** A fact's reason of referral (VS-22b). */
export const referralReasonOf = (text: string): ReferralReason => oneOf(referralReasons, text);

function oneOf<C extends string>(constants: readonly C[], text: string): C {
  const found = constants.find((constant) => constant === text);
  if (found === undefined) throw new TypeError(`${text} is none of ${constants.join(', ')}`);
  return found;
}
