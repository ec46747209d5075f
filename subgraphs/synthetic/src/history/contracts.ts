import { type Day, dateOf, firstDayOf, lastDayOf, plusMonths, yearOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { ContractFact } from '../facts/public-health.ts';
import type { PlaceWorld } from '../place-world.ts';
import { familyDoctorOf, villageDoctorsOf } from '../staff/team.ts';
import type { TeamDraft } from '../staff/team-draft.ts';
import { ageIn } from '../residents/person.ts';
import type { Subject } from './contact.ts';
import { registeredDay } from './maternal.ts';

const LAST_YEAR = 2024;

/** Share of contracts that had a predecessor, when more than one year is told. */
const RENEWED = 0.85;
/** Share of residents with a contract who changed their doctor in the year. */
const CHANGED = 0.01;

const PREGNANCY = 'PK-PREGNANCY';

/** Fixtures sign on 1 March, as TV-57 does: their contracts outlive the data's last day by two months. */
const FIXTURE_START_DAY = 60;

/** Contracts of a resident in order; the last one is ACTIVE at AS_OF when the plan says so (domain.md 3.8.1, 8.5). */
export function contractsOf(subject: Subject): ContractFact[] {
  const { person } = subject;
  const draws = new Draws(subject.world.seed, `${subject.path}/contract`);
  const packageCodes = packagesOf(subject, draws);
  const start = packageCodes.includes(PREGNANCY) ? inPregnancy(subject, draws) : startDay(subject, draws);
  const had = draws.chance(subject.world.model.contractRate[subject.scenario]);
  if (!person.contracted) {
    return person.status !== 'ACTIVE' && had && person.age > 1 ? [endedByFate(subject, start, packageCodes)] : [];
  }
  const earlier = subject.years.filter(({ year }) => year < LAST_YEAR).length;
  const chain = draws.chance(RENEWED) ? earlier : 0;
  const contracts: ContractFact[] = [];
  for (let back = chain; back >= 1; back -= 1) {
    const from = plusMonths(start, -12 * back);
    if (from <= person.birthDay + 30) continue;
    const then = packageCodes.filter((code) => fitted(subject, code, from));
    contracts.push(contract(subject, contracts.length + 1, from, then, { status: 'RENEWED' }));
  }
  const changed =
    contracts.length === 0 && person.fixture === null && person.pregnancy === null && draws.chance(CHANGED);
  if (changed && start - 60 > Math.max(person.birthDay, firstDayOf(LAST_YEAR))) {
    const end = dateOf(start - 1);
    contracts.push(
      contract(subject, 1, start - 60, packageCodes, {
        status: 'TERMINATED',
        terminatedOn: end,
        terminationReason: 'CHANGE',
      }),
    );
  }
  const renewedFromNo = contracts.at(-1)?.status === 'RENEWED' ? contracts.length : null;
  contracts.push(contract(subject, contracts.length + 1, start, packageCodes, { status: 'ACTIVE', renewedFromNo }));
  return contracts;
}

/** The contract that covers a date, by its days (domain.md 3.1.4a). */
export function contractOn(contracts: readonly ContractFact[], date: string): ContractFact | undefined {
  return contracts.find((one) => date >= one.validFrom && date <= (one.terminatedOn ?? one.validTo));
}

/** The team a resident signs with: that of the village, or the demo's. */
export function teamOfSubject(world: PlaceWorld, village: string, withDemoDoctor: boolean): TeamDraft {
  const team = withDemoDoctor ? world.demoTeam : world.teamOf.get(village);
  if (team === undefined) throw new RangeError(`No team covers ${village}`);
  return team;
}

/** Most contracts begin in January, some in spring, few later; all are in force at AS_OF. */
function startDay(subject: Subject, draws: Draws): Day {
  const first = firstDayOf(LAST_YEAR);
  if (subject.person.fixture !== null) return first + FIXTURE_START_DAY;
  const u = draws.uniform();
  const day = u < 0.8 ? draws.integer(0, 30) : u < 0.95 ? draws.integer(31, 90) : draws.integer(91, 330);
  const born = subject.person.birthDay + 31;
  return Math.min(Math.max(first + day, born), firstDayOf(LAST_YEAR + 1) - 1);
}

/** A pregnancy package is signed with an open maternal record: from registration on, at the birth at the latest (domain.md 3.8.4). */
function inPregnancy(subject: Subject, draws: Draws): Day {
  const { person } = subject;
  const registered = registeredDay(subject) ?? firstDayOf(LAST_YEAR);
  if (person.fixture !== null) return registered;
  const from = Math.max(registered, firstDayOf(LAST_YEAR));
  const to = Math.min(person.pregnancy?.deliveryDay ?? Infinity, from + 60, lastDayOf(LAST_YEAR));
  return draws.integer(from, Math.max(from, to));
}

/** Whether a package fitted the person in the year of an earlier contract. */
function fitted({ person }: Subject, code: string, from: Day): boolean {
  if (code === 'PK-HTN') return (person.managedHtn?.enrolledDay ?? Infinity) < from + 365;
  if (code === 'PK-DM') return (person.managedDm?.enrolledDay ?? Infinity) < from + 365;
  if (code === 'PK-ELDERLY') return ageIn(person, yearOf(from)) >= 65;
  return code !== PREGNANCY;
}

function endedByFate(subject: Subject, start: Day, packageCodes: readonly string[]): ContractFact {
  const { person } = subject;
  const end = person.statusDay ?? start;
  return contract(subject, 1, Math.min(start, end), packageCodes, {
    status: 'TERMINATED',
    terminatedOn: dateOf(end),
    terminationReason: person.status === 'DECEASED' ? 'DEATH' : 'MOVED',
  });
}

type End = Pick<ContractFact, 'status'> &
  Partial<Pick<ContractFact, 'terminatedOn' | 'terminationReason' | 'renewedFromNo'>>;

function contract(subject: Subject, no: number, from: Day, packageCodes: readonly string[], end: End): ContractFact {
  const { world, person, fact } = subject;
  const draws = new Draws(world.seed, `${subject.path}/contract/${no}`);
  const team = teamOfSubject(world, person.village, person.withDemoDoctor);
  const lead = Math.min(from, from - draws.integer(0, 12));
  return {
    no,
    scope: person.householdSize > 1 && draws.chance(0.35) ? 'HOUSEHOLD' : 'PERSON',
    familyDoctorId: doctorOf(subject, team),
    teamId: team.id,
    baseInstitutionId: team.hospital.id,
    guidanceGroupId: world.guidanceOf.get(team.hospital.id) ?? '',
    villageClinicId: fact.clinicId,
    packageCodes,
    signedOn: dateOf(person.fixture === null ? Math.max(lead, person.birthDay) : from),
    validFrom: dateOf(from),
    validTo: dateOf(plusMonths(from, 12) - 1),
    channel: draws.weighted([['PAPER', 55] as const, ['APP', 30] as const, ['BATCH', 15] as const]),
    renewedFromNo: null,
    terminatedOn: null,
    terminationReason: null,
    ...end,
  };
}

/** Who signs: the team's general practitioner, or one of its village doctors; always the first for fixtures and the demo's doctor. */
function doctorOf({ world, person, path }: Subject, team: TeamDraft): string {
  const generalPractitioner = familyDoctorOf(team);
  if (person.fixture !== null || person.withDemoDoctor) return generalPractitioner;
  const draws = new Draws(world.seed, `${path}/contract/doctor`);
  const villageDoctors = villageDoctorsOf(world, team);
  return villageDoctors.length > 0 && person.prefersVillageDoctor ? draws.pick(villageDoctors) : generalPractitioner;
}

/** Packages by group: every contract has the public-health one (domain.md 8.5, 3.8.4). */
function packagesOf(subject: Subject, draws: Draws): string[] {
  const { person } = subject;
  const sure = person.fixture?.fixture !== undefined && person.fixture.fixture !== null;
  const offered: readonly (readonly [boolean, string, number])[] = [
    [person.pregnancy !== null, PREGNANCY, 0.9],
    [person.age <= 6, 'PK-CHILD', 0.7],
    [person.age >= 65, 'PK-ELDERLY', 0.8],
    [person.managedHtn !== null && person.fixture?.fixture !== 'rs_demo_wang', 'PK-HTN', 0.8],
    [person.managedDm !== null, 'PK-DM', 0.8],
    [person.conditions.stroke, 'PK-STROKE', 0.5],
  ];
  const byGroup = offered.filter(([fits, , share]) => draws.chance(sure ? 1 : share) && fits).map(([, code]) => code);
  const exam = draws.chance(0.15) && !sure ? ['PK-EXAM'] : [];
  const special = draws.chance(0.02) && !sure ? ['PK-SPECIAL'] : [];
  return ['PK-PUBLIC', ...byGroup, ...exam, ...special];
}
