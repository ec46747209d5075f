import type { ChronicDisease, FocusGroup, PackageKind, Sex } from '../schema-types.ts';
import { ageAt } from './contract-term.ts';

/** A package, as far as its target group goes. */
export interface TargetedPackage {
  readonly kind: PackageKind;
  /** HTN, DM or STROKE_REHAB of the chronic package. */
  readonly variant: string | null;
  readonly targetGroups: readonly FocusGroup[];
}

/** A resident, as far as target groups go. */
export interface PackageTaker {
  readonly sex: Sex;
  readonly birthDate: string;
  readonly focusGroups: readonly FocusGroup[];
  /** A maternal record of hers is open, or she says that she plans a pregnancy 备孕. */
  readonly pregnantOrPlanning: boolean;
  readonly inKindergarten: boolean;
  /** Chronic diseases under management. */
  readonly diseases: readonly ChronicDisease[];
}

const diseaseOfVariant: Readonly<Record<string, ChronicDisease>> = { HTN: 'HTN', DM: 'T2DM', STROKE_REHAB: 'STROKE' };

/** Whether a package is meant for a resident on a day; from which age one is elderly is the region's affair (domain.md 3.8.4). */
export function suits(offered: TargetedPackage, taker: PackageTaker, day: string, elderlyAge: number): boolean {
  const age = ageAt(taker.birthDate, day);
  switch (offered.kind) {
    case 'PUBLIC_HEALTH':
      return true;
    case 'PREGNANCY':
      return taker.sex === 'FEMALE' && taker.pregnantOrPlanning;
    case 'CHILD_CARE':
      return age <= 6 || taker.inKindergarten;
    case 'ELDERLY':
      return age >= elderlyAge;
    case 'CHRONIC': {
      const disease = diseaseOfVariant[offered.variant ?? ''];
      return disease === undefined ? taker.diseases.length > 0 : taker.diseases.includes(disease);
    }
    case 'HEALTH_EXAM':
    case 'SPECIAL_NEEDS': {
      const { targetGroups } = offered;
      return targetGroups.length === 0 || targetGroups.some((group) => taker.focusGroups.includes(group));
    }
  }
}
