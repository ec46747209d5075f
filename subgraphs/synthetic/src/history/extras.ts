import { createHash } from 'node:crypto';
import { dateOf, dayOf, instantOf, lastDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { DocumentFact, ReferralFact, ReservationFact } from '../facts/care.ts';
import type { ConsentFact, ContractFact, SatisfactionFact } from '../facts/public-health.ts';
import type { Subject } from './contact.ts';
import type { DressedEncounter } from './encounters.ts';

const AS_OF = lastDayOf(2024);

/** Share of contracts that answer a survey (domain.md 8.5). */
const RESPONSE = 0.06;
const QUESTIONS = 10;

/** Answers to the survey on the contract: mean of the place, deviation 9 (domain.md 8.5, VS-42). */
export function satisfactionOf(subject: Subject, contracts: readonly ContractFact[]): SatisfactionFact[] {
  const { world } = subject;
  const answered = contracts.filter(
    (one) => new Draws(world.seed, `${subject.path}/survey/${one.no}`).chance(RESPONSE) && one.status !== 'TERMINATED',
  );
  return answered.map((contract, index) => {
    const draws = new Draws(world.seed, `${subject.path}/survey/${contract.no}/answers`);
    const wanted = Math.max(30, Math.min(100, world.model.satisfactionMean + draws.normal() * 9));
    const answers = answersFor(wanted);
    const day = Math.min(AS_OF, dayOf(contract.validFrom) + draws.integer(60, 330));
    return {
      no: index + 1,
      contractNo: contract.no,
      period: dateOf(day).slice(0, 4),
      at: instantOf(day, 9 * 60 + draws.integer(0, 600)),
      answers,
      score: (answers.reduce((sum, answer) => sum + (SCORES[answer] ?? 0), 0) / answers.length).toFixed(2),
      comment: draws.chance(0.1)
        ? draws.pick(['服务态度好', '希望增加上门服务', '等候时间有点长', '家庭医生很负责'])
        : null,
    };
  });
}

const SCORES: Readonly<Record<number, number>> = { 5: 100, 4: 80, 3: 60, 2: 30, 1: 0 };

/** Answers whose mean score is nearest to a wish: fives and fours above 80, fours and threes below. */
function answersFor(wanted: number): SatisfactionFact['answers'] {
  const high = wanted >= 80;
  const low = wanted < 60;
  const better = Math.max(
    0,
    Math.min(QUESTIONS, Math.round(((wanted - (high ? 80 : low ? 30 : 60)) / (low ? 30 : 20)) * QUESTIONS)),
  );
  return Array.from({ length: QUESTIONS }, (_, index) => {
    if (high) return index < better ? 5 : 4;
    if (low) return index < better ? 3 : 2;
    return index < better ? 4 : 3;
  });
}

/** Consents: one with every contract, one with every referral (domain.md 3.4.1: recorded before it is created). */
export function consentsOf(contracts: readonly ContractFact[], referrals: readonly ReferralFact[]): ConsentFact[] {
  const given = [...contracts.map(consentToContract), ...referrals.map(consentToReferral)];
  return given.map((consent, index) => ({ no: index + 1, ...consent }));
}

function consentToContract(contract: ContractFact): Omit<ConsentFact, 'no'> {
  return {
    referralNo: null,
    purpose: 'CONTRACT_SERVICE',
    recipient: contract.baseInstitutionId,
    dataClasses: ['Q', 'I', 'H'],
    from: contract.validFrom,
    to: contract.validTo,
    withdrawnAt: contract.terminatedOn === null ? null : `${contract.terminatedOn}T12:00:00+08:00`,
    method: contract.channel === 'APP' ? 'APP' : 'PAPER',
  };
}

function consentToReferral(referral: ReferralFact): Omit<ConsentFact, 'no'> {
  return {
    referralNo: referral.no,
    purpose: 'TREATMENT',
    recipient: referral.toInstitutionId,
    dataClasses: ['Q', 'I', 'H'],
    from: referral.createdAt.slice(0, 10),
    to: referral.completedAt?.slice(0, 10) ?? null,
    withdrawnAt: null,
    method: 'PAPER',
  };
}

/** Shared documents: discharge summaries, referral forms, contracts on paper stay out. */
export function documentsOf(
  subject: Subject,
  encounters: readonly DressedEncounter[],
  referrals: readonly ReferralFact[],
): DocumentFact[] {
  const summaries = encounters
    .filter(({ contact }) => contact.kind === 'INPATIENT')
    .map(({ fact }) => ({
      encounterNo: fact.no,
      referralNo: null,
      type: '53',
      institutionId: fact.institutionId,
      authorId: fact.practitionerId,
      createdAt: fact.endedAt ?? fact.startedAt,
      title: '出院小结',
      confidentiality: 'N' as const,
    }));
  const forms = referrals.map((referral) => ({
    encounterNo: referral.fromEncounterNo,
    referralNo: referral.no,
    type: 'R1',
    institutionId: referral.fromInstitutionId,
    authorId: referral.referrerId,
    createdAt: referral.createdAt,
    title: referral.direction === 'UP' ? '上转转诊单' : '下转转诊单',
    confidentiality: 'N' as const,
  }));
  return [...summaries, ...forms]
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.type < b.type ? -1 : 1))
    .map((document, index) => {
      const path = `${subject.path}/document/${index + 1}`;
      return {
        no: index + 1,
        ...document,
        sha256: createHash('sha256').update(path).digest('hex'),
        storageUri: `demo://${path}`,
      };
    });
}

/** Reservations of shared CT and MRI; they never overlap on a unit (domain.md 3.6). */
export function reservationsOf(subject: Subject): ReservationFact[] {
  const { world, fact } = subject;
  const plans = subject.years.flatMap(({ plan }) => plan.reservations);
  const ordered = plans.toSorted((a, b) => a.day - b.day || a.minutes - b.minutes);
  return ordered.flatMap((plan, index): ReservationFact[] => {
    const unit = world.largeUnits[plan.unit];
    if (unit === undefined) return [];
    const draws = new Draws(world.seed, `${subject.path}/reservation/${plan.unit}/${plan.day}/${plan.minutes}`);
    const minutes = unit.kind === 'MRI' ? 30 : 15;
    const status = draws.weighted([['DONE', 90] as const, ['NO_SHOW', 4] as const, ['CANCELLED', 6] as const]);
    return [
      {
        no: index + 1,
        equipmentId: unit.id,
        requesterInstitutionId: draws.chance(0.8) ? fact.townshipHospitalId : unit.site.id,
        examItemCode: unit.kind === 'MRI' ? 'MRI_HEAD' : draws.pick(['CT_CHEST', 'CT_HEAD']),
        start: instantOf(plan.day, plan.minutes),
        end: instantOf(plan.day, plan.minutes + minutes),
        blockedUntil: instantOf(plan.day, plan.minutes + minutes + 5),
        priority: subject.person.contracted ? 3 : 4,
        status,
        referralNo: null,
        reportNo: null,
      },
    ];
  });
}
