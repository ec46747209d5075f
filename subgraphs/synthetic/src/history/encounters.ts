import { dateOf, instantOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { departmentCodeOf, departmentsOf } from '../catalogues/specialties.ts';
import type { EncounterFact } from '../facts/care.ts';
import { doctorAt } from '../place-world.ts';
import { clinicalOf } from './clinical.ts';
import type { Clinical, NumberedContact, Subject } from './contact.ts';
import { costLines, reportKeysOf } from './costs.ts';
import { totalOf } from './lines.ts';
import { type OrderLedger, placeOrders } from './orders.ts';

/** An encounter with what other facts are made from. */
export interface DressedEncounter {
  readonly contact: NumberedContact;
  readonly clinical: Clinical;
  readonly fact: EncounterFact;
}

/** All encounters of a resident, and the examinations ordered at them. */
export interface Dressed {
  readonly encounters: readonly DressedEncounter[];
  readonly orders: OrderLedger;
}

/** Numbers that other lists assign: referral of an encounter, appointment of a visit. */
export interface Links {
  readonly referralNo: (contact: NumberedContact) => number | null;
  readonly appointmentNo: (contact: NumberedContact) => number | null;
}

/** A new episode begins when nobody was seen for so many days. */
const EPISODE_GAP = 14;

/** The encounters of a resident in order (domain.md 2.2). */
export function encountersOf(subject: Subject, contacts: readonly NumberedContact[], links: Links): Dressed {
  const orders: OrderLedger = { performed: [], decisions: [] };
  let lastDay = -Infinity;
  const encounters = contacts.map((contact) => {
    const draws = new Draws(subject.world.seed, `${subject.path}/c/${contact.key}`);
    const clinical = clinicalOf(contact, subject.person, draws);
    const reportKeys = placeOrders(subject, contact, reportKeysOf(contact, clinical, draws), orders);
    const lines = costLines(contact, clinical, reportKeys, draws);
    const primary = contact.level === 'V' || contact.level === 'T';
    const arrived = contact.referral !== null && contact.referral.role !== 'ORIGIN';
    const isFirstContact = primary && !arrived && contact.day - lastDay > EPISODE_GAP;
    lastDay = contact.day + contact.nights;
    const fact: EncounterFact = {
      no: contact.no,
      kind: contact.kind,
      visitNo: visitNumber(contact),
      institutionId: contact.site.id,
      careLevel: contact.level,
      departmentCode: departmentFor(contact),
      practitionerId:
        contact.grant?.practitionerId ?? doctorAt(subject.world, contact.site, contact.specialty, draws.uniform()),
      startedAt: instantOf(contact.day, contact.minutes),
      endedAt: instantOf(contact.day + contact.nights, endMinutes(contact)),
      diagnoses: clinical.diagnoses,
      procedures: clinical.procedures,
      isFirstContact,
      referralNo: arrived ? links.referralNo(contact) : null,
      lines,
      totalCost: totalOf(lines),
      appointmentNo: links.appointmentNo(contact),
      waitingMinutes:
        contact.kind === 'OUTPATIENT' ? Math.round(draws.lognormal(contact.grant === null ? 26 : 14, 0.5)) : null,
      isTcm: contact.specialty === 'TCM',
      steps: stepsOf(contact, reportKeys.length > 0),
      emergency: emergencyOf(contact, draws),
      stay: stayOf(subject, contact, clinical, draws),
      homeServices: contact.kind === 'HOME' ? (contact.script?.homeServices ?? [draws.pick(HOME_SERVICES)]) : [],
      homeVulnerability: contact.kind === 'HOME' ? (subject.person.vulnerability[0] ?? null) : null,
      online: onlineOf(contact, draws),
    };
    return { contact, clinical, fact };
  });
  return { encounters, orders };
}

const HOME_SERVICES = ['DRUG_DELIVERY', 'HOME_EXAM', 'INFUSION_PICKUP', 'NURSING', 'REHAB_GUIDANCE'];

function visitNumber(contact: NumberedContact): string {
  const kind = { OUTPATIENT: 'MZ', EMERGENCY: 'JZ', INPATIENT: 'ZY', HOME: 'SM', ONLINE: 'WZ' }[contact.kind];
  return `${kind}${dateOf(contact.day).replaceAll('-', '')}${String(contact.site.serial).padStart(4, '0')}${String(contact.no).padStart(4, '0')}`;
}

function departmentFor(contact: NumberedContact): string {
  const own = departmentsOf(contact.site.class);
  const wanted = departmentCodeOf(contact.specialty);
  if (own.some((department) => department.code === wanted)) return wanted;
  return own.find((department) => department.code === '02' || department.code === '03')?.code ?? own[0]?.code ?? wanted;
}

function endMinutes(contact: NumberedContact): number {
  switch (contact.kind) {
    case 'INPATIENT':
      return Math.min(Math.max(contact.minutes, 600), 990) + 90;
    case 'EMERGENCY':
      return contact.minutes + 150;
    case 'HOME':
      return contact.minutes + 45;
    case 'ONLINE':
      return contact.minutes + 30;
    case 'OUTPATIENT':
      return contact.minutes + 20;
  }
}

function stepsOf(contact: NumberedContact, examined: boolean): EncounterFact['steps'] {
  if (contact.kind !== 'OUTPATIENT' || contact.level === 'V') return [];
  const at = (after: number) => instantOf(contact.day, contact.minutes + after);
  return [
    { step: 'REGISTER', at: instantOf(contact.day, Math.max(0, contact.minutes - 15)) },
    { step: 'PAY', at: at(8) },
    ...(examined ? [{ step: 'EXAM' as const, at: at(12) }] : []),
    { step: 'PHARMACY', at: at(18) },
  ];
}

function emergencyOf(contact: NumberedContact, draws: Draws): EncounterFact['emergency'] {
  if (contact.kind !== 'EMERGENCY') return null;
  const triageLevel = draws.weighted([[1, 3] as const, [2, 12] as const, [3, 50] as const, [4, 35] as const]);
  return {
    triageLevel,
    arrivedBy: contact.referral !== null ? 'TRANSFER' : triageLevel <= 2 && draws.chance(0.6) ? 'AMBULANCE' : 'SELF',
    disposition: triageLevel === 1 ? 'ICU' : triageLevel === 2 ? 'WARD' : 'HOME',
    doorToMinutes: Math.round(draws.lognormal(triageLevel <= 2 ? 60 : 110, 0.4)),
  };
}

function stayOf(subject: Subject, contact: NumberedContact, clinical: Clinical, draws: Draws): EncounterFact['stay'] {
  if (contact.kind !== 'INPATIENT') return null;
  const died = subject.person.status === 'DECEASED' && subject.person.statusDay === contact.day + contact.nights;
  const byReferral = contact.referral !== null;
  return {
    admittedAt: instantOf(contact.day, contact.minutes),
    dischargedAt: instantOf(contact.day + contact.nights, endMinutes(contact)),
    bedClass:
      contact.specialty === 'REHAB'
        ? 'REHAB'
        : contact.specialty === 'PAEDIATRICS'
          ? 'CHILD'
          : contact.delivery === null
            ? 'GENERAL'
            : 'MATERNAL',
    admittedFrom: byReferral ? '3' : draws.chance(0.2) ? '1' : '2',
    lengthOfStay: contact.nights,
    dischargeMode: died ? '5' : contact.referral?.role === 'ARRIVAL' && draws.chance(0.4) ? '3' : '1',
    drgCode: clinical.drgCode,
    surgery: clinical.surgery,
  };
}

function onlineOf(contact: NumberedContact, draws: Draws): EncounterFact['online'] {
  if (contact.kind !== 'ONLINE') return null;
  const after = Math.max(2, Math.round(draws.lognormal(45, 0.9)));
  return {
    question: draws.pick([
      '血压药可以停吗？',
      '近期头晕，需要复查吗？',
      '孩子发热如何处理？',
      '体检报告如何解读？',
      '胰岛素剂量需要调整吗？',
    ]),
    replies: [
      { at: instantOf(contact.day, contact.minutes + after), text: '请按时服药并于本周复查，如有不适及时就诊。' },
    ],
    respondedWithinMinutes: after,
  };
}
