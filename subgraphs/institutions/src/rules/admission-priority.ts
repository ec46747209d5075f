/** What the admission queue 入院排队 looks at. */
export interface AdmissionFacts {
  readonly greenChannel: boolean;
  /** An up-referral that meets the indications for admission 符合指征的上转住院患者. */
  readonly indicatedUpReferral: boolean;
  readonly contracted: boolean;
  readonly booked: boolean;
}

/** Place of a resident in the admission queue, 1 first (domain.md 3.4.5, S1-55, S3-19). */
export function admissionPriority(facts: AdmissionFacts): 1 | 2 | 3 | 4 | 5 {
  if (facts.greenChannel) return 1;
  if (facts.indicatedUpReferral) return 2;
  if (facts.contracted) return 3;
  return facts.booked ? 4 : 5;
}
