import { type Day, dateOf, dayOf, firstDayOf, instantOf, yearOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { SERVICE_PACKAGES } from '../catalogues/service-packages.ts';
import type { ContractFact, FulfilmentFact, FulfilmentMode, PackageItemFact } from '../facts/public-health.ts';
import { doctorAt } from '../place-world.ts';
import type { Site } from '../places/site.ts';
import type { PersonPlan } from '../residents/person.ts';
import type { NumberedContact, Subject } from './contact.ts';
import { teamOfSubject } from './contracts.ts';
import { sessionBetween } from './sessions.ts';

const AS_OF = firstDayOf(2025) - 1;
const PACKAGES = new Map(SERVICE_PACKAGES.map((one) => [one.code, one]));
const CENTRALISED = ['EXAM', 'TEST', 'BASIC_PUBLIC_HEALTH'];

/** How tasks end: done as planned, done by the team afterwards, waived; the rest is missed (domain.md 8.5). */
const DONE_FIRST = 0.75;
const MAKE_UP = 0.15;
const WAIVED = 0.02;
const MAKE_UP_DAYS = 30;

interface Task {
  readonly contract: ContractFact;
  readonly packageCode: string;
  readonly item: PackageItemFact;
  readonly seq: number;
  readonly from: Day;
  readonly to: Day;
  readonly mode: FulfilmentMode;
}

/** What became of every task of every contract that ran to its end or still runs (domain.md 3.8.5). */
export function fulfilmentsOf(
  subject: Subject,
  contracts: readonly ContractFact[],
  contacts: readonly NumberedContact[],
): FulfilmentFact[] {
  const running = contracts.filter((contract) => contract.status === 'ACTIVE' || contract.status === 'RENEWED');
  if (running.length === 0) return [];
  const { world, person } = subject;
  const village = new Draws(world.seed, `${world.model.key}/village/${person.village}/fulfilment`);
  const hospital = teamOfSubject(world, person.village, person.withDemoDoctor).hospital;
  const where: Where = { hospital, shift: (village.uniform() - 0.5) * 0.05, contacts };
  return running.flatMap((contract) => tasksOf(subject, contract)).map((task) => fulfilment(subject, task, where));
}

/** What all tasks of a resident share: the hospital of the team, the village's share of missed ones, the contacts. */
interface Where {
  readonly hospital: Site;
  readonly shift: number;
  readonly contacts: readonly NumberedContact[];
}

/** The tasks of rule 3.8.5: each item in equal windows of the contract year. */
function tasksOf(subject: Subject, contract: ContractFact): Task[] {
  const start = dayOf(contract.validFrom);
  const days = dayOf(contract.validTo) - start + 1;
  return contract.packageCodes.flatMap((packageCode) =>
    (PACKAGES.get(packageCode)?.items ?? []).flatMap((item) =>
      Array.from({ length: item.frequencyPerYear }, (_, index): Task => ({
        contract,
        packageCode,
        item,
        seq: index + 1,
        from: start + Math.floor((index * days) / item.frequencyPerYear),
        to: start + Math.floor(((index + 1) * days) / item.frequencyPerYear) - 1,
        mode: modeOf(item, subject.person),
      })),
    ),
  );
}

function modeOf(item: PackageItemFact, { vulnerability, careHome }: PersonPlan): FulfilmentMode {
  if (careHome || (vulnerability.length > 0 && item.homeCapable)) return 'HOME';
  return CENTRALISED.includes(item.itemClass) ? 'CENTRALISED' : 'INDIVIDUAL';
}

function fulfilment(subject: Subject, task: Task, where: Where): FulfilmentFact {
  const draws = new Draws(subject.world.seed, `${subject.path}/task/${task.contract.no}/${task.item.code}/${task.seq}`);
  const u = draws.uniform() + where.shift;
  const kind =
    u < DONE_FIRST
      ? 'DONE_FIRST'
      : u < DONE_FIRST + MAKE_UP
        ? 'DONE_MAKE_UP'
        : u < DONE_FIRST + MAKE_UP + WAIVED
          ? 'WAIVED'
          : 'MISSED';
  if (kind === 'WAIVED') return notDone(task, 'WAIVED');
  if (kind === 'MISSED') return notDone(task, task.to + MAKE_UP_DAYS <= AS_OF ? 'MISSED' : 'OPEN');
  const done = kind === 'DONE_FIRST' ? firstDone(subject, task, where, draws) : madeUp(task, draws);
  if (done.day > AS_OF) return notDone(task, 'OPEN');
  return {
    contractNo: task.contract.no,
    packageCode: task.packageCode,
    itemCode: task.item.code,
    seq: task.seq,
    outcome: kind,
    dueFrom: dateOf(task.from),
    dueTo: dateOf(task.to),
    mode: kind === 'DONE_MAKE_UP' ? 'TEAM' : task.mode,
    at: instantOf(done.day, done.minutes),
    practitionerId: doctorAt(subject.world, where.hospital, 'GP', draws.uniform()),
    place: placeOf(subject, task, kind, draws),
    evidence: draws.chance(0.8) ? ['SIGNATURE'] : ['SIGNATURE', 'PHOTO'],
    residentConfirmed: draws.chance(0.93),
    truthful: draws.chance(0.96),
    encounterNo: done.encounterNo,
    sessionId: done.sessionId,
    waivedReason: null,
  };
}

/** Written out, not spread: this is one of the most frequent facts. */
function notDone(task: Task, outcome: 'WAIVED' | 'MISSED' | 'OPEN'): FulfilmentFact {
  return {
    contractNo: task.contract.no,
    packageCode: task.packageCode,
    itemCode: task.item.code,
    seq: task.seq,
    outcome,
    dueFrom: dateOf(task.from),
    dueTo: dateOf(task.to),
    mode: task.mode,
    at: null,
    practitionerId: null,
    place: null,
    evidence: [],
    residentConfirmed: false,
    truthful: true,
    encounterNo: null,
    sessionId: null,
    waivedReason: outcome === 'WAIVED' ? '居民本人谢绝' : null,
  };
}

interface Done {
  readonly day: Day;
  readonly minutes: number;
  readonly encounterNo: number | null;
  readonly sessionId: string | null;
}

/** In the planned way: at a session, at a home visit, or when the person came anyway. */
function firstDone(subject: Subject, task: Task, where: Where, draws: Draws): Done {
  const wish = draws.uniform();
  const minutes = 8 * 60 + draws.integer(0, 480);
  if (task.mode === 'CENTRALISED') {
    const year = yearOf(task.from);
    const session = sessionBetween(
      subject.world,
      where.hospital,
      { from: task.from, to: Math.min(task.to, AS_OF), year, residentType: subject.fact.residentType },
      wish * 0.95,
    );
    if (session !== null) return { day: session.day, minutes, encounterNo: null, sessionId: session.id };
  }
  const met = where.contacts.find((one) => one.day >= task.from && one.day <= task.to && servesTask(one, task.mode));
  if (met !== undefined && draws.chance(0.6)) {
    return { day: met.day, minutes: met.minutes, encounterNo: met.no, sessionId: null };
  }
  const length = Math.min(task.to, AS_OF + 20) - task.from;
  return { day: task.from + Math.floor(wish * Math.max(1, length)), minutes, encounterNo: null, sessionId: null };
}

/** By the team, within thirty days after the window's middle (a session that was missed). */
function madeUp(task: Task, draws: Draws): Done {
  const middle = task.from + Math.floor((Math.min(task.to, AS_OF) - task.from) * (0.3 + draws.uniform() * 0.5));
  const minutes = 9 * 60 + draws.integer(0, 420);
  return { day: middle + draws.integer(3, MAKE_UP_DAYS), minutes, encounterNo: null, sessionId: null };
}

function servesTask(contact: NumberedContact, mode: FulfilmentMode): boolean {
  if (mode === 'HOME') return contact.kind === 'HOME';
  return (
    contact.kind === 'ONLINE' || (contact.kind === 'OUTPATIENT' && (contact.level === 'V' || contact.level === 'T'))
  );
}

function placeOf(subject: Subject, task: Task, kind: string, draws: Draws): FulfilmentFact['place'] {
  if (subject.person.careHome) return 'CARE_HOME';
  if (task.mode === 'HOME') return 'HOME';
  if (kind === 'DONE_MAKE_UP') return draws.chance(0.6) ? 'CLINIC' : 'HOME';
  if (task.mode === 'CENTRALISED') return 'HOSPITAL';
  return draws.pick(['CLINIC', 'CLINIC', 'HOSPITAL', 'ONLINE'] as const);
}
