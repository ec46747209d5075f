import { dateOf, instantOf, lastDayOf, yearOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type {
  ChronicOutpatientFact,
  ClaimFact,
  CoverageFact,
  MedicalKind,
  OutOfAreaFact,
  TwoDiseaseFact,
} from '../facts/insurance.ts';
import type { ContractFact } from '../facts/public-health.ts';
import { providerCodeOf } from '../places/institution.ts';
import { ageIn, RETIREMENT_AGE } from '../residents/person.ts';
import { townshipHospital } from '../years/visit-plan.ts';
import type { Subject } from './contact.ts';
import { contractOn } from './contracts.ts';
import type { DressedEncounter } from './encounters.ts';

/** Share of insured contacts that are claimed: visits, and stays (domain.md 8.7). */
const CLAIMED_VISITS = 0.82;
const CLAIMED_STAYS = 0.88;
/** Two-disease registrations of managed patients with the resident scheme (domain.md 8.5). */
const REGISTERED = 0.85;

/** The cover of an insured resident. */
export function coveragesOf(subject: Subject): CoverageFact[] {
  const { person, fact } = subject;
  if (person.scheme === null || fact.psnNo === null) return [];
  const draws = new Draws(subject.world.seed, `${subject.path}/coverage`);
  const employee = person.scheme === 'EMPLOYEE';
  const { lowIncome, disabled } = person.conditions;
  const ended = person.statusDay;
  return [
    {
      no: 1,
      psnNo: fact.psnNo,
      scheme: person.scheme,
      personClass: employee
        ? person.retired
          ? 'RETIRED'
          : 'ACTIVE_EMPLOYEE'
        : person.age < 18
          ? 'STUDENT_CHILD'
          : 'RESIDENT_ADULT',
      pooledRegionCode: subject.world.model.pooledRegionCode,
      assistance: [
        ...(person.vulnerability.includes('FIVE_GUARANTEE') ? (['TEKUN'] as const) : []),
        ...(lowIncome ? [draws.pick(['DIBAO', 'DIBAO', 'RETURN_POVERTY'] as const)] : []),
        ...(disabled && person.assistance ? (['SEVERE_DISABLED'] as const) : []),
      ],
      validFrom: dateOf(Math.max(person.birthDay, 18_262 - draws.integer(0, 2_000))),
      validTo: ended === null ? null : dateOf(ended),
      status: ended === null ? 'VALID' : 'STOPPED',
      accountBalance: employee ? (draws.uniform() * (person.retired ? 6_000 : 9_000)).toFixed(2) : null,
    },
  ];
}

/** Two-disease registrations of managed patients. */
export function twoDiseaseOf(subject: Subject): TwoDiseaseFact[] {
  const { person, world } = subject;
  if (person.scheme !== 'RESIDENT') return [];
  const hospital = townshipHospital(world, person);
  const draws = new Draws(world.seed, `${subject.path}/two-disease`);
  const sure = person.fixture?.fixture === 'rs_demo_wang';
  const htn = (draws.chance(REGISTERED) || sure) && person.managedHtn !== null;
  const dm = draws.chance(REGISTERED) && person.managedDm !== null;
  const found: TwoDiseaseFact['disease'][] = [
    ...(htn ? (['HTN'] as const) : []),
    ...(dm ? ([person.insulin ? 'DM_INSULIN' : 'DM'] as const) : []),
  ];
  return found.map((disease, index) => {
    const managed = disease === 'HTN' ? person.managedHtn : person.managedDm;
    return {
      no: index + 1,
      disease,
      registeredAtInstitutionId: hospital.id,
      validFrom: dateOf(
        Math.min(Math.max(managed?.enrolledDay ?? 0, 18_262) + (sure ? 0 : draws.integer(0, 60)), lastDayOf(2024)),
      ),
      status: 'ACTIVE',
    };
  });
}

/** Registrations for outpatient treatment of other chronic diseases 门诊慢特病. */
export function chronicOutpatientOf(subject: Subject): ChronicOutpatientFact[] {
  const { conditions, scheme } = subject.person;
  if (scheme === null) return [];
  const draws = new Draws(subject.world.seed, `${subject.path}/chronic-outpatient`);
  const diseases: readonly (readonly [boolean, string])[] = [
    [conditions.stroke, 'I63.9'],
    [conditions.chd, 'I25.1'],
    [conditions.cancer, 'C34.9'],
  ];
  const codes = diseases.filter(([has]) => has && draws.chance(0.4)).map(([, code]) => code);
  return codes.map((diseaseCode, index) => ({
    no: index + 1,
    diseaseCode,
    validFrom: '2024-01-01',
    validTo: '2025-12-31',
  }));
}

/** Claims in order of settlement, and the filings some of them rest on. */
export function claimsOf(
  subject: Subject,
  encounters: readonly DressedEncounter[],
  contracts: readonly ContractFact[],
  episodeOf: ReadonlyMap<string, number>,
): { readonly claims: readonly ClaimFact[]; readonly filings: readonly OutOfAreaFact[] } {
  const { person, world } = subject;
  if (person.scheme === null) return { claims: [], filings: [] };
  const registrations = twoDiseaseOf(subject);
  const filings: OutOfAreaFact[] = [];
  const claimed = encounters.filter(({ contact }) => {
    const rate = contact.kind === 'INPATIENT' ? CLAIMED_STAYS : CLAIMED_VISITS;
    return contact.script !== null || new Draws(world.seed, `${subject.path}/claimed/${contact.key}`).chance(rate);
  });
  const ordered = claimed.toSorted((a, b) =>
    endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : a.fact.no - b.fact.no,
  );
  const claims = ordered.map((encounter, index) => {
    const access = accessOf(subject, encounter);
    if (access.filing) filings.push(filingOf(encounter, filings.length + 1));
    return claimFact(subject, encounter, index + 1, { contracts, registrations, episodeOf, access });
  });
  return { claims, filings };
}

const endOf = (encounter: DressedEncounter): string => encounter.fact.endedAt ?? encounter.fact.startedAt;

interface Access {
  readonly status: ClaimFact['referralStatus'];
  readonly filing: boolean;
}

/** How the person came to the place: matters for penalty and ratio (domain.md 3.1.4c, 3.23). */
function accessOf(subject: Subject, { contact }: DressedEncounter): Access {
  const draws = new Draws(subject.world.seed, `${subject.path}/access/${contact.key}`);
  const u = draws.uniform();
  if (contact.referral !== null && contact.referral.role !== 'ORIGIN')
    return { status: 'WITH_REFERRAL', filing: false };
  if (contact.kind === 'EMERGENCY') return { status: 'EMERGENCY', filing: false };
  if (contact.level === 'V' || contact.level === 'T') return { status: 'NOT_NEEDED', filing: false };
  if (contact.kind !== 'INPATIENT') return { status: 'NO_REFERRAL', filing: false };
  if (contact.level === 'C') return { status: u < 0.2 ? 'EMERGENCY' : 'NOT_NEEDED', filing: false };
  if (u < 0.18 || contact.script !== null) return { status: 'EMERGENCY', filing: false };
  return { status: 'NO_REFERRAL', filing: u < 0.62 };
}

function filingOf({ contact, fact }: DressedEncounter, no: number): OutOfAreaFact {
  return {
    no,
    referralNo: fact.referralNo,
    toInstitutionId: contact.site.id,
    from: dateOf(contact.day - 3),
    to: dateOf(contact.day + 180),
    status: contact.day + 180 < 20_088 ? 'ENDED' : 'ACTIVE',
  };
}

interface ClaimParts {
  readonly contracts: readonly ContractFact[];
  readonly registrations: readonly TwoDiseaseFact[];
  /** Episode numbers by the key of the referral. */
  readonly episodeOf: ReadonlyMap<string, number>;
  readonly access: Access;
}

function claimFact(subject: Subject, encounter: DressedEncounter, no: number, parts: ClaimParts): ClaimFact {
  const { contact, fact, clinical } = encounter;
  const { person } = subject;
  const serviceDate = dateOf(contact.day + contact.nights);
  const contract = contractOn(parts.contracts, serviceDate);
  const medicalCategory = categoryOf(encounter, parts.registrations, serviceDate);
  const role = contact.referral?.role ?? null;
  return {
    no,
    encounterNo: fact.no,
    institutionId: contact.site.id,
    providerCode: providerCodeOf(contact.site),
    careLevel: contact.level,
    scheme: person.scheme ?? 'RESIDENT',
    retired: person.retired && ageIn(person, yearOf(contact.day + contact.nights)) >= RETIREMENT_AGE,
    assistance: person.assistance,
    medicalCategory,
    kind: KINDS[medicalCategory] ?? 'OUTPATIENT',
    serviceDate,
    settledAt: settledAt(encounter),
    referralStatus: parts.access.status,
    filing: parts.access.filing,
    episodeNo: fact.referralNo === null ? null : (parts.episodeOf.get(contact.referral?.key ?? '') ?? null),
    episodeDirection: role === 'ARRIVAL' ? 'UP' : role === 'REHAB' ? 'DOWN' : null,
    diagnoses: fact.diagnoses.map((one) => one.icd10),
    lines: fact.lines,
    contractActive: contract !== undefined,
    strokeRehabPackage:
      contract !== undefined &&
      contract.packageCodes.includes('PK-STROKE') &&
      contract.baseInstitutionId === contact.site.id,
    drgCode: clinical.drgCode,
    surgery: clinical.surgery,
    lengthOfStay: contact.kind === 'INPATIENT' ? contact.nights : null,
    useAccount: person.scheme === 'EMPLOYEE',
  };
}

const KINDS: Readonly<Record<string, MedicalKind>> = { '21': 'INPATIENT', '52': 'INPATIENT', '1404': 'TWO_DISEASE' };

/** VS-48; 1404 is the demo region's code of two-disease drugs. */
function categoryOf(encounter: DressedEncounter, registrations: readonly TwoDiseaseFact[], date: string): string {
  const { contact, fact } = encounter;
  if (contact.script !== null) return contact.script.medicalCategory;
  if (contact.kind === 'INPATIENT') return contact.delivery === null ? '21' : '52';
  if (contact.kind === 'EMERGENCY') return '13';
  const main = fact.diagnoses[0]?.icd10 ?? '';
  const disease = main === 'I10' ? 'HTN' : main.startsWith('E11') ? 'DM' : null;
  const registered = registrations.some(
    (one) => disease !== null && one.disease.startsWith(disease) && one.validFrom <= date,
  );
  const covered = contact.level === 'V' || contact.level === 'T' || contact.level === 'C';
  if (registered && covered && fact.lines.some((line) => line.twoDisease)) return '1404';
  return main.startsWith('Z34') ? '51' : '11';
}

/** Stays are settled at discharge, visits when they end. */
function settledAt({ contact, fact }: DressedEncounter): string {
  return fact.endedAt ?? instantOf(contact.day, contact.minutes + 30);
}
