import type {
  ChronicOutpatientFact,
  ClaimFact,
  CoverageFact,
  OutOfAreaFact,
  ResidentFact,
  TwoDiseaseFact,
} from '@hutong/synthetic';
import type { Accumulators } from '../rules/settlement-types.ts';
import type { claims } from '../tables/claim.ts';
import type {
  accumulators,
  chronicOutpatientRegistrations,
  coverages,
  outOfAreaFilings,
  twoDiseaseRegistrations,
} from '../tables/coverage.ts';
import type { SettledClaim } from './settle-history.ts';

/** What rows of residents need beside the fact itself. */
export interface ResidentSetting {
  readonly asOf: string;
  readonly keyedHash: (text: string) => string;
  readonly provider: (institutionId: string) => Provider | undefined;
  readonly planKey: (scheme: CoverageFact['scheme'], regionCode: string, year: number) => string;
}

/** What seeding must know of an institution that treats the insured. */
export interface Provider {
  readonly code: string;
  readonly countyCode: string | null;
  readonly primaryCare: boolean;
}

/** PERSON-CLASS codes of the facts' constants. */
const personClasses: Readonly<Record<CoverageFact['personClass'], string>> = {
  ACTIVE_EMPLOYEE: '11',
  RETIRED: '12',
  STUDENT_CHILD: '14',
  RESIDENT_ADULT: '15',
};

/** A coverage; the last one holds what is left on the personal account. */
export function coverageRow(
  resident: ResidentFact,
  fact: CoverageFact,
  accountBalance: string | null,
  setting: ResidentSetting,
): typeof coverages.$inferInsert {
  const lastYear = Number(setting.asOf.slice(0, 4));
  const year = Math.min(lastYear, Number((fact.validTo ?? setting.asOf).slice(0, 4)));
  return {
    residentId: resident.id,
    no: fact.no,
    psnNo: fact.psnNo,
    psnNoHash: setting.keyedHash(fact.psnNo),
    scheme: fact.scheme,
    personClass: personClasses[fact.personClass],
    pooledRegionCode: fact.pooledRegionCode,
    homeRegionCode: resident.townshipCode,
    assistance: [...fact.assistance],
    validFrom: fact.validFrom,
    validTo: fact.validTo,
    status: fact.status,
    accountBalance,
    planKey: setting.planKey(fact.scheme, fact.pooledRegionCode, year),
    updatedAt: setting.asOf,
  };
}

/** Yearly totals. */
export function accumulatorRow(
  residentId: string,
  year: number,
  totals: Accumulators,
  asOf: string,
): typeof accumulators.$inferInsert {
  return { residentId, no: year, ...totals, updatedAt: asOf };
}

/** A settled claim. */
export function claimRow(
  resident: ResidentFact,
  { fact, year, settlement, basis, coverage, contractNo }: SettledClaim,
  { asOf, provider, planKey }: ResidentSetting,
): typeof claims.$inferInsert {
  const place = provider(fact.institutionId);
  const insideCounty = place?.countyCode === resident.countyCode;
  return {
    residentId: resident.id,
    no: fact.no,
    settlementNo: `${resident.countyCode}${fact.serviceDate.replaceAll('-', '')}${resident.id.slice(3)}${String(fact.no).padStart(4, '0')}`,
    encounterNo: fact.encounterNo,
    coverageNo: coverage?.no ?? 1,
    episodeNo: fact.episodeNo,
    contractNo,
    providerCode: fact.providerCode,
    medicalCategory: categoryOf(fact),
    category: fact.kind,
    level: fact.careLevel,
    insideCounty,
    primaryCare: insideCounty && place.primaryCare,
    homeRegionCode: resident.townshipCode,
    scheme: fact.scheme,
    contractActive: fact.contractActive,
    lines: fact.lines,
    ...settlement,
    basis: { ...basis, planKey: planKey(fact.scheme, coverage?.pooledRegionCode ?? '', year) },
    referralStatus: fact.referralStatus,
    serviceDate: fact.serviceDate,
    settledAt: fact.settledAt,
    status: 'SETTLED',
    updatedAt: asOf,
  };
}

/** Two-disease drugs have regional codes; the value set holds one for all (VS-48). */
function categoryOf(fact: ClaimFact): string {
  return fact.kind === 'TWO_DISEASE' ? 'TWO_DISEASE' : fact.medicalCategory;
}

/** A registration for two-disease drugs. */
export function twoDiseaseRow(
  residentId: string,
  fact: TwoDiseaseFact,
  { asOf, provider }: ResidentSetting,
): typeof twoDiseaseRegistrations.$inferInsert {
  return {
    residentId,
    no: fact.no,
    disease: fact.disease,
    registeredAtCode: provider(fact.registeredAtInstitutionId)?.code ?? '',
    validFrom: fact.validFrom,
    status: fact.status,
    updatedAt: asOf,
  };
}

/** A registration for chronic outpatient care. */
export function chronicRow(
  residentId: string,
  fact: ChronicOutpatientFact,
): typeof chronicOutpatientRegistrations.$inferInsert {
  return { residentId, ...fact };
}

/** A filing for care outside the pooled region. */
export function filingRow(
  residentId: string,
  { toInstitutionId, ...same }: OutOfAreaFact,
  { provider }: ResidentSetting,
): typeof outOfAreaFilings.$inferInsert {
  return { residentId, ...same, toProviderCode: provider(toInstitutionId)?.code ?? '' };
}
