import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectNotPast,
  expectNumber,
  expectSize,
  expectText,
  expectVersion,
  lockById,
  newId,
} from '@hutong/kit';
import { and, eq, ne } from 'drizzle-orm';
import { decideSecondment, decideSecondmentEnd, isCompliant, isOverSixMonths } from '../rules/secondment.ts';
import type { CreateSecondmentInput, EndSecondmentInput } from '../schema-types.ts';
import { secondments, type SecondmentRow } from '../tables/secondment.ts';
import { note, withPlaces } from './checks.ts';
import { expectLicence, expectOnStaff, lockPerson, type Person } from './people.ts';
import { expectOpen, expectOpenOwn, expectOwn, type Place, placesById, sharedAlliances } from './places.ts';
import { texts } from './texts.ts';

/** Mutations of secondments 派驻 (domain.md 3.12). */
export const secondmentWrites = (mutation: Mutation) => ({
  createSecondment: mutation('createSecondment', createSecondment),
  endSecondment: mutation('endSecondment', endSecondment),
});

/** Sends a person to another institution, and judges by the planned end what it will count for. */
async function createSecondment(input: CreateSecondmentInput, write: Write): Promise<Written> {
  expectSize(input.objectives, MOST_ENTRIES, 'objectives');
  const { practitionerId, fromId, toId, kind, startOn, plannedEndOn } = input;
  const person = await lockPerson(write, practitionerId);
  const places = await placesById(write, [fromId, toId]);
  const [from, to] = [places.get(fromId), places.get(toId)];
  const daysPerWeek = input.daysPerWeek ?? null;
  const faults = createFaults();
  checkPeopleAndPlaces(input, { person, from, to }, write, faults);
  expectNotPast(faults, write, startOn, 'startOn');
  expectNumber(faults, daysPerWeek, 'daysPerWeek', withPlaces(1));
  input.objectives.forEach((text, index) => expectText(faults, text, `objectives.${index}`));
  const { fullTime } = input;
  const asked = { fromId, toId, startOn, plannedEndOn, fullTime, daysPerWeek };
  note(faults, decideSecondment(asked, await othersOf(write, practitionerId)));
  faults.throwIfAny();

  const id = newId('sd');
  const titleLevelAtStart = person?.titleLevel ?? 'NONE';
  const row = {
    practitionerId,
    kind,
    fromId,
    toId,
    startOn,
    plannedEndOn,
    actualEndOn: null,
    fullTime,
    titleLevelAtStart,
    regionCode: to?.regionCode ?? '',
    allianceId: allianceOf(from, to),
    ...judged({ titleLevelAtStart, startOn, plannedEndOn, actualEndOn: null, fullTime, daysPerWeek }),
  };
  const { purpose, objectives } = input;
  const rest = { daysPerWeek, purpose, objectives: [...objectives], outcomes: [], updatedAt: write.clock.instant };
  await write.tx.insert(secondments).values({ id, ...row, ...rest });
  write.change({ type: 'Secondment', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'Secondment', id, from: null, to: 'RUNNING' });
  return { id };
}

/** Ends a secondment; what it counts for is judged again by its actual end (TV-79). */
async function endSecondment(input: EndSecondmentInput, write: Write): Promise<Written> {
  expectSize(input.outcomes, MOST_ENTRIES, 'outcomes');
  const { id, actualEndOn, reason } = input;
  const row = await lockById(write, secondments, id, 'id');
  await lockPerson(write, row.practitionerId);
  expectVersion(row, input.version);
  const places = await placesById(write, [row.fromId, row.toId]);
  const faults = createFaults();
  expectOwn(faults, write, [places.get(row.fromId), places.get(row.toId)], 'id');
  expectNotLong(faults, reason, 'reason');
  input.outcomes.forEach(({ technique, peopleTrained }, index) => {
    expectText(faults, technique, `outcomes.${index}.technique`);
    const people = { least: 0, most: 100_000, places: 0 };
    expectNumber(faults, peopleTrained, `outcomes.${index}.peopleTrained`, people);
  });
  const others = await othersOf(write, row.practitionerId, id);
  note(faults, decideSecondmentEnd(row, actualEndOn, write.clock.day, others));
  faults.throwIfAny();

  const told = input.outcomes.map(({ technique, peopleTrained }) => ({ technique, peopleTrained }));
  const changed = { actualEndOn, ...judged({ ...row, actualEndOn }) };
  await write.tx
    .update(secondments)
    .set({ ...changed, outcomes: [...row.outcomes, ...told], ...advanced(row, write) })
    .where(eq(secondments.id, id));
  write.change({ type: 'Secondment', id, kind: 'UPDATED', payload: { ...toldOf(row), ...changed } });
  write.step({ type: 'Secondment', id, from: 'RUNNING', to: 'ENDED', reason });
  return { id };
}

interface Sending {
  readonly person: Person | undefined;
  readonly from: Place | undefined;
  readonly to: Place | undefined;
}

/** The person is of the sending institution and licensed; both institutions are open and of the tiers of the kind. */
function checkPeopleAndPlaces(
  input: CreateSecondmentInput,
  { person, from, to }: Sending,
  write: Write,
  faults: Faults,
) {
  expectOnStaff(faults, person, 'practitionerId');
  faults.expect(person?.status !== 'ON_LEAVE', 'VALIDATION_FAILED', 'practitionerId', texts.onLeave);
  expectLicence(faults, person, input.startOn, 'practitionerId');
  expectOpenOwn(faults, write, from, 'fromId');
  expectOpen(faults, to, 'toId');
  const isHere = person === undefined || person.primaryInstitutionId === input.fromId;
  faults.expect(isHere, 'VALIDATION_FAILED', 'practitionerId', texts.elsewhere);
  if (from === undefined || to === undefined || from.id === to.id) return;
  const fits = endsOf[input.kind](from, to);
  faults.expect(fits.from, 'MODE_MISMATCH', 'fromId', own.kind);
  faults.expect(fits.to, 'MODE_MISMATCH', 'toId', own.kind);
}

/** Which institutions each kind of secondment 派驻类型 joins (domain.md 3.12, S1-41, S1-48, S1-49). */
const endsOf: Readonly<
  Record<CreateSecondmentInput['kind'], (from: Place, to: Place) => { readonly from: boolean; readonly to: boolean }>
> = {
  LEAD_TO_MEMBER: (from, to) => {
    const leading = new Set(from.alliances.filter(({ isLead }) => isLead).map(({ id }) => id));
    return { from: leading.size > 0, to: to.alliances.some(({ id }) => leading.has(id)) };
  },
  CITY_TO_LEAD: (from, to) => ({ from: from.tier === 'CITY', to: to.alliances.some(({ isLead }) => isLead) }),
  CITY_TO_COUNTY: (from, to) => ({ from: from.tier === 'CITY', to: to.tier !== 'CITY' }),
  TOWNSHIP_TO_VILLAGE: (from, to) => ({ from: from.tier === 'TOWNSHIP', to: to.tier === 'VILLAGE' }),
};

/** The alliance inside which it happens: one in which both meet, first of all one that the sending institution leads. */
function allianceOf(from: Place | undefined, to: Place | undefined): string | null {
  const shared = sharedAlliances(from, to);
  const led = from?.alliances.find(({ id, isLead }) => isLead && shared.includes(id));
  return led?.id ?? shared[0] ?? null;
}

function judged(terms: Parameters<typeof isCompliant>[0]) {
  return { compliant: isCompliant(terms), overSixMonths: isOverSixMonths(terms) };
}

async function othersOf({ tx }: Write, practitionerId: string, exceptId = '') {
  const { startOn, plannedEndOn, actualEndOn } = secondments;
  return tx
    .select({ startOn, plannedEndOn, actualEndOn })
    .from(secondments)
    .where(and(eq(secondments.practitionerId, practitionerId), ne(secondments.id, exceptId)));
}

function toldOf(row: SecondmentRow) {
  const { practitionerId, kind, fromId, toId, regionCode, allianceId, startOn, plannedEndOn, version } = row;
  const { fullTime, titleLevelAtStart } = row;
  const places = { fromId, toId, regionCode, allianceId };
  return { practitionerId, kind, ...places, startOn, plannedEndOn, fullTime, titleLevelAtStart, version: version + 1 };
}

const own = {
  kind: { en: 'The kind of secondment joins other institutions.', zh: '派驻类型与机构层级不符。' },
};
