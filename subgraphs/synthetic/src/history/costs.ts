import type { Draws } from '../chance/draws.ts';
import type { CostLineFact } from '../facts/care.ts';
import type { CareLevel } from '../facts/places.ts';
import type { Clinical, Contact } from './contact.ts';
import { cents, centsOf, drugLine, drugOf, plainLine, repeatedLine } from './lines.ts';

/** Mean of the drawn cost by level; where examinations set a floor it lies below the mean of domain.md 8.4 that comes out. */
const VISIT_COST: Readonly<Record<CareLevel, number>> = { V: 61, T: 94, C: 198, M: 380, O: 420 };
const STAY_COST: Readonly<Record<CareLevel, number>> = { V: 0, T: 2450, C: 6900, M: 15_200, O: 21_500 };

/** Chance and share of items outside the catalogue by level. */
const SELF_PAID: Readonly<Record<CareLevel, readonly [number, number]>> = {
  V: [0.02, 0.1],
  T: [0.08, 0.1],
  C: [0.18, 0.12],
  M: [0.25, 0.14],
  O: [0.3, 0.15],
};

/** Reports made at a contact: expected number by level and kind (domain.md 8.5). */
export function reportKeysOf(contact: Contact, clinical: Clinical, draws: Draws): string[] {
  if (contact.script !== null) return [...(contact.script.reportKeys ?? [])];
  const mean = contact.kind === 'INPATIENT' ? 2.5 : REPORTS[contact.level];
  if (contact.kind === 'HOME' || contact.kind === 'ONLINE' || mean === 0) return [];
  const count = contact.kind === 'INPATIENT' ? 2 + Number(draws.chance(0.5)) : Number(draws.chance(mean));
  const main = clinical.diagnoses[0]?.icd10 ?? '';
  const choice = choicesFor(main, contact.level);
  const keys = Array.from({ length: count }, () => draws.pick(choice));
  return [...new Set(keys)].concat(count > new Set(keys).size ? missing(keys, choice, count) : []);
}

/** Cost lines of a contact; drugs only when something is prescribed (domain.md 8.4, 8.7). */
export function costLines(
  contact: Contact,
  clinical: Clinical,
  reports: readonly string[],
  draws: Draws,
): CostLineFact[] {
  if (contact.script !== null) return [...contact.script.lines];
  if (contact.kind === 'INPATIENT') return stayLines(contact, clinical, reports, draws);
  return visitLines(contact, clinical, reports, draws);
}

const REPORTS: Readonly<Record<CareLevel, number>> = { V: 0, T: 0.35, C: 0.8, M: 0, O: 0 };

function missing(keys: readonly string[], choice: readonly string[], count: number): string[] {
  const left = choice.filter((key) => !keys.includes(key));
  return left.slice(0, count - new Set(keys).size);
}

function choicesFor(icd10: string, level: CareLevel): readonly string[] {
  if (icd10.startsWith('E11')) return ['BIOCHEM', 'HBA1C', 'URINE_RT', 'ECG'];
  if (icd10.startsWith('I1') || icd10.startsWith('I2')) return ['BIOCHEM', 'ECG', 'BLOOD_RT', 'US_ABD'];
  if (icd10.startsWith('I6')) return level === 'T' ? ['ECG', 'BIOCHEM'] : ['CT_HEAD', 'MRI_HEAD', 'BIOCHEM', 'ECG'];
  if (icd10.startsWith('J'))
    return level === 'T' ? ['BLOOD_RT', 'DR_CHEST'] : ['BLOOD_RT', 'CT_CHEST', 'DR_CHEST', 'BIOCHEM'];
  if (icd10.startsWith('K'))
    return level === 'T' ? ['US_ABD', 'BLOOD_RT'] : ['US_ABD', 'GASTROSCOPY', 'BLOOD_RT', 'HBV', 'PATHOLOGY'];
  return ['BLOOD_RT', 'URINE_RT', 'US_ABD', 'ECG'];
}

function visitLines(contact: Contact, clinical: Clinical, reports: readonly string[], draws: Draws): CostLineFact[] {
  const { level } = contact;
  const consult = plainLine(contact.kind === 'EMERGENCY' ? 'EMERGENCY' : 'CONSULT', level);
  const exams = reports.map((key) => plainLine(key, level));
  const fixed = [consult, ...exams];
  const target = Math.round(draws.lognormal(VISIT_COST[level], 0.6) * 100);
  let rest = target - sum(fixed);
  const lines = [...fixed];
  const [chance, share] = SELF_PAID[level];
  if (draws.chance(chance) && rest > 500) {
    const part = Math.round(target * share);
    lines.push(plainLine('SELF_PAID', level, cents(part)));
    rest -= part;
  }
  const drugs = drugLines(clinical, contact, rest, draws);
  lines.push(...drugs);
  rest -= sum(drugs);
  if (rest >= 100) lines.push(plainLine(contact.specialty === 'TCM' ? 'ACUPUNCTURE' : 'THERAPY', level, cents(rest)));
  return lines;
}

/** Drugs by diagnosis. */
function drugsFor(icd10: string): readonly string[] {
  if (icd10 === 'I10') return ['C08CA01', 'C09CA03', 'C09AA02', 'C03AA03'];
  if (icd10.startsWith('E11')) return ['A10BA02', 'A10BB12', 'A10BF01', 'A10AD01'];
  if (icd10.startsWith('I6') || icd10.startsWith('I25')) return ['B01AC06', 'C10AA05', 'ZC03DAB'];
  if (icd10.startsWith('J44') || icd10.startsWith('J45')) return ['R03AC02', 'R05DA20'];
  if (icd10.startsWith('J')) return ['J01CA04', 'ZA01BAG', 'ZA04CBL', 'R05DA20', 'J01DC02'];
  if (icd10.startsWith('K') || icd10.startsWith('A')) return ['A02BC01', 'A07BC05', 'J01MA12'];
  if (icd10.startsWith('F')) return ['N05AX08'];
  return icd10.startsWith('Z34') ? ['B03BB01'] : ['M01AE01', 'J01MA12', 'A02BC01'];
}

/** Whether something is prescribed at a visit: .63 of visits, nearly always for the two diseases. */
function prescribes(contact: Contact, icd10: string, draws: Draws): boolean {
  if (contact.kind === 'ONLINE') return draws.chance(0.2);
  const chronic = icd10 === 'I10' || icd10.startsWith('E11') || icd10.startsWith('J44');
  return draws.chance(chronic ? 0.92 : 0.56);
}

function drugLines(clinical: Clinical, contact: Contact, rest: number, draws: Draws): CostLineFact[] {
  const main = clinical.diagnoses[0]?.icd10 ?? '';
  const wanted = prescribes(contact, main, draws);
  const choice = drugsFor(main);
  const count = Math.min(choice.length, 1 + Number(draws.chance(0.75)));
  const first = draws.integer(0, choice.length - 1);
  if (!wanted) return [];
  const budget = Math.max(0, rest) * (0.6 + draws.uniform() * 0.35);
  return Array.from({ length: count }, (_, index) => {
    const atc = choice[(first + index) % choice.length] ?? 'M01AE01';
    const packs = Math.max(1, Math.floor(budget / count / centsOf(drugOf(atc).price)));
    return drugLine(atc, String(Math.min(packs, 12)));
  });
}

function stayLines(contact: Contact, clinical: Clinical, reports: readonly string[], draws: Draws): CostLineFact[] {
  const { level, nights } = contact;
  const fixed = [
    repeatedLine('BED', level, nights),
    repeatedLine('WARD_ROUND', level, nights),
    repeatedLine('NURSING', level, nights),
    ...reports.map((key) => plainLine(key, level)),
    ...(contact.delivery === 'VAGINAL' ? [plainLine('DELIVERY', level)] : []),
  ];
  const mean = contact.delivery === null ? STAY_COST[level] * lengthFactor(contact) : DELIVERY_COST[contact.delivery];
  const target = Math.max(
    Math.round(draws.lognormal(mean, contact.delivery === null ? 0.7 : 0.3) * 100),
    Math.round(sum(fixed) * 1.15),
  );
  const selfPaid = Math.round(target * SELF_PAID[level][1] * (0.3 + draws.uniform() * 0.5));
  const consumables = Math.round(target * (clinical.surgery ? 0.16 : 0.06) * (0.6 + draws.uniform() * 0.8));
  const surgery = clinical.surgery ? Math.round(target * (0.15 + draws.uniform() * 0.1)) : 0;
  const lines = [
    ...fixed,
    plainLine('SELF_PAID', level, cents(selfPaid)),
    plainLine('CONSUMABLE', level, cents(consumables)),
    ...(surgery > 0 ? [plainLine('SURGERY', level, cents(surgery))] : []),
  ];
  const drugs = stayDrugs(clinical, Math.round((target - sum(lines)) * 0.5), nights, draws);
  lines.push(...drugs);
  const rest = target - sum(lines);
  return rest >= 100 ? [...lines, plainLine('THERAPY', level, cents(rest))] : lines;
}

const DELIVERY_COST = { VAGINAL: 4200, CAESAREAN: 8200 } as const;

/** Longer stays cost more; on average the factor is 1. */
function lengthFactor(contact: Contact): number {
  const means: Readonly<Record<CareLevel, number>> = { V: 1, T: 6.2, C: 7.8, M: 8.9, O: 9.8 };
  return 0.4 + (0.6 * contact.nights) / means[contact.level];
}

function stayDrugs(clinical: Clinical, budget: number, nights: number, draws: Draws): CostLineFact[] {
  const stroke = clinical.diagnoses.some((one) => one.icd10.startsWith('I6'));
  const choice = stroke ? ['N07XX14', 'ZC03AAD', 'B05BB01'] : ['J01DD04', 'B05BB01', 'ZC03AAD'];
  const count = 2 + Number(draws.chance(0.4));
  return choice.slice(0, count).flatMap((atc) => {
    const packs = Math.min(nights * 6, Math.floor(budget / count / centsOf(drugOf(atc).price)));
    return packs > 0 ? [drugLine(atc, String(packs))] : [];
  });
}

function sum(lines: readonly CostLineFact[]): number {
  return lines.reduce((total, line) => total + centsOf(line.amount), 0);
}
