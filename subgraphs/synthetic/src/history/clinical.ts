import type { Draws } from '../chance/draws.ts';
import type { PersonPlan } from '../residents/person.ts';
import type { Clinical, Contact } from './contact.ts';

/** ICD-10 codes of visits by specialty. */
const VISIT_CODES: Readonly<Record<string, readonly string[]>> = {
  GP: ['J06.9', 'K29.7', 'M54.5', 'J20.9', 'R51', 'K30', 'J00', 'L30.9'],
  INTERNAL: ['J06.9', 'K29.7', 'J20.9', 'R07.4', 'N39.0', 'K21.9', 'E78.5', 'J18.9'],
  SURGERY: ['S61.9', 'M54.5', 'L02.9', 'K80.2', 'N20.0', 'I83.9'],
  OBGYN: ['N76.0', 'N92.6', 'D25.9', 'N72'],
  PAEDIATRICS: ['J06.9', 'J20.9', 'A09.9', 'L20.9', 'J03.9'],
  TCM: ['M54.5', 'K30', 'G47.0', 'M25.5'],
  REHAB: ['M54.5', 'I69.3', 'Z50.1', 'M75.0'],
  EMERGENCY: ['S06.0', 'R07.4', 'T14.9', 'R10.4', 'J45.9'],
};

/** Main diagnosis, DRG group, procedure, surgery, weight. */
type StayCase = readonly [string, string | null, string | null, boolean, number];

const INTERNAL_CASES: readonly StayCase[] = [
  ['J18.9', 'ES25', null, false, 26],
  ['J44.1', 'ES23', null, false, 14],
  ['M54.5', 'IU25', null, false, 10],
  ['K29.7', null, null, false, 4],
];
const SURGERY_CASES: readonly StayCase[] = [
  ['K35.8', 'GD25', '47.0101', true, 40],
  ['M51.2', 'IU25', null, false, 35],
  ['K80.2', null, '51.2301', true, 10],
];
const CHILD_CASES: readonly StayCase[] = [
  ['J18.0', 'ES25', null, false, 60],
  ['J20.9', 'ES25', null, false, 30],
  ['K35.8', 'GD25', '47.0101', true, 10],
];

/** TCM disease codes (GB/T 15657) [k] by ICD-10. */
const TCM_CODES: Readonly<Record<string, string>> = { 'M54.5': 'A07.06.19', K30: 'A04.03.15', 'G47.0': 'A04.01.15' };

/** What a contact was about. */
export function clinicalOf(contact: Contact, person: PersonPlan, draws: Draws): Clinical {
  if (contact.script !== null) return scripted(contact.script.icd10, contact.script.drgCode, contact.specialty);
  if (contact.delivery !== null) {
    const caesarean = contact.delivery === 'CAESAREAN';
    return {
      diagnoses: diagnosesOf([caesarean ? 'O82.9' : 'O80.0'], false),
      procedures: [caesarean ? '74.1x01' : '73.5901'],
      surgery: caesarean,
      drgCode: caesarean ? 'OB15' : 'OR15',
    };
  }
  return contact.kind === 'INPATIENT' ? stayCase(contact, person, draws) : visitCase(contact, person, draws);
}

function scripted(codes: readonly string[], drgCode: string | null, specialty: string): Clinical {
  return { diagnoses: diagnosesOf(codes, specialty === 'TCM'), procedures: [], surgery: false, drgCode };
}

function visitCase(contact: Contact, person: PersonPlan, draws: Draws): Clinical {
  const codes = [visitCode(contact, person, draws), ...(person.conditions.htn && draws.chance(0.2) ? ['I10'] : [])];
  return {
    diagnoses: diagnosesOf([...new Set(codes)], contact.specialty === 'TCM'),
    procedures: contact.specialty === 'TCM' && draws.chance(0.4) ? ['99.9202'] : [],
    surgery: false,
    drgCode: null,
  };
}

function visitCode(contact: Contact, person: PersonPlan, draws: Draws): string {
  const { conditions } = person;
  const u = draws.uniform();
  if (contact.referral !== null && person.age >= 50 && u < 0.15) return 'I63.9';
  const chronic = contact.specialty === 'GP' || contact.specialty === 'INTERNAL' || contact.kind === 'HOME';
  if (chronic && conditions.htn && u < 0.42) return 'I10';
  if (chronic && conditions.dm && u < 0.62) return 'E11.9';
  if (chronic && conditions.copd && u < 0.72) return 'J44.9';
  if (contact.specialty === 'OBGYN' && person.pregnancy !== null && u < 0.8) return 'Z34.9';
  return draws.pick(VISIT_CODES[contact.specialty] ?? VISIT_CODES.GP ?? ['Z00.0']);
}

function stayCase(contact: Contact, person: PersonPlan, draws: Draws): Clinical {
  const chosen = draws.weighted(stayCases(contact, person).map((one) => [one, one[4]] as const));
  const [code, drgCode, procedure, surgery] = chosen;
  const others = [...(person.conditions.htn ? ['I10'] : []), ...(person.conditions.dm ? ['E11.9'] : [])];
  return {
    diagnoses: diagnosesOf([code, ...others.filter((one) => one !== code)], contact.specialty === 'TCM'),
    procedures: procedure === null ? [] : [procedure],
    surgery,
    drgCode,
  };
}

function stayCases(contact: Contact, person: PersonPlan): readonly StayCase[] {
  const { conditions, age } = person;
  if (contact.specialty === 'PAEDIATRICS') return CHILD_CASES;
  if (contact.specialty === 'SURGERY') return SURGERY_CASES;
  return [
    ...INTERNAL_CASES,
    ...(age >= 50 ? [['I63.9', 'BR25', null, false, 14] as const, ['I63.5', 'BR21', null, false, 5] as const] : []),
    ...(conditions.htn ? [['I10', 'FV25', null, false, 16] as const] : []),
    ...(conditions.dm ? [['E11.9', 'KS15', null, false, 18] as const] : []),
    ...(conditions.cancer ? [['C34.9', null, null, false, 40] as const] : []),
  ];
}

function diagnosesOf(codes: readonly string[], tcm: boolean): Clinical['diagnoses'] {
  return codes.map((icd10, index) => ({
    rank: index + 1,
    icd10,
    kind: index === 0 ? 'MAIN' : 'OTHER',
    tcmCode: tcm ? (TCM_CODES[icd10] ?? null) : null,
  }));
}
