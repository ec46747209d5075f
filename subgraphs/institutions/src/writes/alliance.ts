import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  createFaults,
  expectSize,
  expectText,
  governs,
  leads,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { countFinding, DEFAULT_COMMUNITIES_PER_COUNTY } from '../rules/county-structure.ts';
import type { CreateAllianceInput, JoinAllianceInput, LeaveAllianceInput } from '../schema-types.ts';
import { alliances, type AllianceRow } from '../tables/alliance.ts';
import type { InstitutionRow, RegionRow } from '../tables/place.ts';
import {
  actsForOrGoverns,
  expectFromToday,
  expectOpen,
  expectStanding,
  lockInstitutions,
  lockRegion,
  regionsByCode,
  texts,
} from './checks.ts';
import { dissolveAlliance } from './alliance-dissolution.ts';
import { inCommunityFrom, communitiesOf, isPrimaryPublic } from './communities.ts';
import { leaveOn, insertMembers, membershipsFrom, type RunningMembership } from './memberships.ts';

/** Mutations of alliances 医共体、医联体 (domain.md 3.19.1). */
export const allianceWrites = (mutation: Mutation) => ({
  createAlliance: mutation('createAlliance', createAlliance),
  joinAlliance: mutation('joinAlliance', joinAlliance, joinedTwice),
  leaveAlliance: mutation('leaveAlliance', leaveAlliance),
  dissolveAlliance: mutation('dissolveAlliance', dissolveAlliance),
});

const joinedTwice = { alliance_memberships_once: ['VALIDATION_FAILED', 'joinedOn'] } as const;

/** Founds an alliance; who founds another community of the county at the same moment waits at the division's row. */
async function createAlliance(input: CreateAllianceInput, write: Write): Promise<Written> {
  expectSize(input.memberIds, 1_000, 'memberIds');
  const { name, kind, tightness, regionCode, leadId, internetPlus } = input;
  const memberIds = [...new Set(input.memberIds)].filter((id) => id !== leadId);
  const establishedOn = input.establishedOn ?? write.clock.day;
  await lockRegion(write, regionCode);
  const region = (await regionsByCode(write, [regionCode])).get(regionCode);
  const places = await lockInstitutions(write, [leadId, ...memberIds]);
  const faults = createFaults();
  faults.expect(region !== undefined, 'NOT_FOUND', 'regionCode');
  faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'regionCode', texts.commission);
  expectText(faults, name, 'name', 100);
  expectFromToday(faults, establishedOn, write.clock.day, 'establishedOn');
  expectOpen(faults, places.get(leadId), 'leadId');
  memberIds.forEach((id, index) => expectOpen(faults, places.get(id), `memberIds.${index}`));
  if (kind !== 'COUNTY_COMMUNITY') {
    expectTheirOwn(faults, places.get(leadId), 'leadId', write);
    memberIds.forEach((id, index) => expectTheirOwn(faults, places.get(id), `memberIds.${index}`, write));
  } else if (region !== undefined)
    await checkCommunity({ region, lead: places.get(leadId), memberIds, places, day: establishedOn }, write, faults);
  faults.throwIfAny();

  const id = newId('al');
  const unified = input.governance;
  await write.tx.insert(alliances).values({
    id,
    name,
    kind,
    tightness,
    regionCode,
    leadId,
    internetPlus,
    peopleFlow: false,
    resourceFlow: false,
    careFlow: false,
    charter: unified?.charter ?? false,
    memberInDecision: unified?.memberInDecision ?? false,
    unifiedHr: unified?.unifiedHr ?? false,
    unifiedFinance: unified?.unifiedFinance ?? false,
    unifiedBusiness: unified?.unifiedBusiness ?? false,
    unifiedDrug: unified?.unifiedDrug ?? false,
    unifiedIt: unified?.unifiedIt ?? false,
    establishedOn,
    updatedAt: write.clock.instant,
  });
  write.change({ type: 'Alliance', id, kind: 'CREATED', payload: { kind, regionCode, leadId, version: 1 } });
  const joining = [leadId, ...memberIds].map((institutionId) => ({
    institution: places.get(institutionId),
    role: institutionId === leadId ? ('LEAD' as const) : ('MEMBER' as const),
  }));
  await insertMembers(
    { allianceId: id, joinedOn: establishedOn, integratedFinance: unified?.unifiedFinance ?? false },
    joining,
    write,
  );
  return { id };
}

/** Who brings an institution into an alliance is of it, or its health commission. */
function expectTheirOwn(faults: Faults, place: InstitutionRow | undefined, path: string, write: Write): void {
  const own = place === undefined || actsForOrGoverns(write, place);
  faults.expect(own, 'FORBIDDEN', path, allianceTexts.theirOwn);
}

interface NewCommunity {
  readonly region: RegionRow;
  readonly lead: InstitutionRow | undefined;
  readonly memberIds: readonly string[];
  readonly places: ReadonlyMap<string, InstitutionRow>;
  readonly day: string;
}

/** One to three communities in a county, led from it, with members of it that are in no other (domain.md 3.19.1). */
async function checkCommunity(community: NewCommunity, write: Write, faults: Faults): Promise<void> {
  const { region, lead, memberIds, places, day } = community;
  faults.expect(region.level === 'COUNTY', 'VALIDATION_FAILED', 'regionCode', allianceTexts.county);
  const standing = await communitiesOf(region.code, day, write);
  faults.expect(
    countFinding(standing.length + 1, DEFAULT_COMMUNITIES_PER_COUNTY) !== 'TOO_MANY',
    'VALIDATION_FAILED',
    'kind',
    allianceTexts.tooMany,
  );
  if (lead !== undefined) {
    const hospital = lead.class.startsWith('A') && lead.tier === 'COUNTY' && lead.countyCode === region.code;
    faults.expect(hospital, 'VALIDATION_FAILED', 'leadId', allianceTexts.lead);
    faults.expect(
      !standing.some(({ leadId }) => leadId === lead.id),
      'VALIDATION_FAILED',
      'leadId',
      allianceTexts.leads,
    );
  }
  const taken = await inCommunityFrom(memberIds, day, write);
  memberIds.forEach((id, index) => {
    const place = places.get(id);
    if (place === undefined) return;
    const path = `memberIds.${index}`;
    faults.expect(place.countyCode === region.code, 'VALIDATION_FAILED', path, allianceTexts.otherCounty);
    if (isPrimaryPublic(place)) faults.expect(!taken.has(id), 'VALIDATION_FAILED', path, allianceTexts.inOther);
  });
}

/** Adds a member; a primary public institution comes from no other community, or leaves it on the same day (domain.md 3.19.1). */
async function joinAlliance(input: JoinAllianceInput, write: Write): Promise<Written> {
  const { allianceId, institutionId, role } = input;
  const joinedOn = input.joinedOn ?? write.clock.day;
  const alliance = await lockById(write, alliances, allianceId, 'allianceId');
  const institution = (await lockInstitutions(write, [institutionId])).get(institutionId);
  const faults = createFaults();
  faults.expect(mayAdminister(alliance, write), 'FORBIDDEN', 'allianceId', texts.administrators);
  expectStanding(faults, alliance, joinedOn, 'allianceId');
  expectOpen(faults, institution, 'institutionId');
  if (!institution?.regionCode.startsWith(alliance.regionCode))
    expectTheirOwn(faults, institution, 'institutionId', write);
  faults.expect(role !== 'LEAD', 'VALIDATION_FAILED', 'role', allianceTexts.role);
  expectFromToday(faults, joinedOn, write.clock.day, 'joinedOn');
  faults.expect(joinedOn >= alliance.establishedOn, 'VALIDATION_FAILED', 'joinedOn', allianceTexts.notYet);
  const memberships = await membershipsFrom(institutionId, joinedOn, write);
  faults.expect(
    !memberships.some((membership) => membership.allianceId === allianceId),
    'VALIDATION_FAILED',
    'institutionId',
    allianceTexts.member,
  );
  const left = input.fromAllianceId ? memberships.find((each) => each.allianceId === input.fromAllianceId) : undefined;
  if (input.fromAllianceId) checkLeft(left, joinedOn, write, faults);
  if (alliance.kind === 'COUNTY_COMMUNITY' && institution !== undefined) {
    faults.expect(
      institution.countyCode === alliance.countyCode,
      'VALIDATION_FAILED',
      'institutionId',
      allianceTexts.otherCounty,
    );
    const others = memberships.filter(
      (each) => each.kind === 'COUNTY_COMMUNITY' && each.id !== left?.id && each.allianceId !== allianceId,
    );
    if (isPrimaryPublic(institution))
      faults.expect(others.length === 0, 'VALIDATION_FAILED', 'fromAllianceId', allianceTexts.inOther);
  }
  faults.throwIfAny();

  if (left !== undefined) await leaveOn([left], joinedOn, write);
  const member = { allianceId, joinedOn, integratedFinance: input.integratedFinance };
  const [id = ''] = await insertMembers(member, [{ institution, role }], write);
  return { id };
}

function checkLeft(left: RunningMembership | undefined, day: string, write: Write, faults: Faults): void {
  faults.expect(left !== undefined, 'VALIDATION_FAILED', 'fromAllianceId', texts.notMember);
  if (left === undefined) return;
  const { allianceId: id, regionCode } = left;
  faults.expect(mayAdminister({ id, regionCode }, write), 'FORBIDDEN', 'fromAllianceId', texts.administrators);
  faults.expect(left.role !== 'LEAD', 'VALIDATION_FAILED', 'fromAllianceId', allianceTexts.leadStays);
  faults.expect(left.joinedOn < day, 'VALIDATION_FAILED', 'joinedOn', texts.order);
}

/** Ends a membership; the lead stays, and so does who would be in no community then (domain.md 3.19.1). */
async function leaveAlliance(input: LeaveAllianceInput, write: Write): Promise<Written> {
  const { allianceId, institutionId } = input;
  const leftOn = input.leftOn ?? write.clock.day;
  const alliance = await lockById(write, alliances, allianceId, 'allianceId');
  const institution = (await lockInstitutions(write, [institutionId])).get(institutionId);
  const faults = createFaults();
  faults.expect(mayAdminister(alliance, write), 'FORBIDDEN', 'allianceId', texts.administrators);
  faults.expect(institution !== undefined, 'NOT_FOUND', 'institutionId');
  expectFromToday(faults, leftOn, write.clock.day, 'leftOn');
  expectText(faults, input.reason, 'reason', 500);
  const memberships = await membershipsFrom(institutionId, write.clock.day, write);
  const membership = memberships.find((each) => each.allianceId === allianceId && each.leftOn === null);
  if (membership === undefined) {
    faults.throwIfAny();
    return refuse('INVALID_TRANSITION', 'institutionId', texts.notMember);
  }
  faults.expect(membership.role !== 'LEAD', 'VALIDATION_FAILED', 'institutionId', allianceTexts.leadStays);
  faults.expect(leftOn > membership.joinedOn, 'VALIDATION_FAILED', 'leftOn', texts.order);
  if (alliance.kind === 'COUNTY_COMMUNITY' && institution !== undefined && isPrimaryPublic(institution)) {
    const others = memberships.filter((each) => each.kind === 'COUNTY_COMMUNITY' && each.id !== membership.id);
    const stays = others.some((each) => each.joinedOn <= leftOn && each.leftOn === null);
    faults.expect(stays, 'VALIDATION_FAILED', 'institutionId', allianceTexts.inNone);
  }
  faults.throwIfAny();
  await leaveOn([membership], leftOn, write, input.reason);
  return { id: membership.id };
}

function mayAdminister({ id, regionCode }: Pick<AllianceRow, 'id' | 'regionCode'>, { caller }: Write): boolean {
  return leads(caller, id) || governs(caller, regionCode);
}

const allianceTexts = {
  county: { en: 'A county community is founded for a county.', zh: '县域医共体须以县为单位组建。' },
  tooMany: { en: 'A county has at most three county communities.', zh: '每县至多三个县域医共体。' },
  lead: { en: 'A county community is led by a county hospital of the county.', zh: '县域医共体须由本县县级医院牵头。' },
  leads: { en: 'The hospital leads another county community already.', zh: '该医院已牵头其他县域医共体。' },
  otherCounty: { en: 'The institution is not of this county.', zh: '该机构不在本县。' },
  inOther: {
    en: 'A primary public institution is in exactly one county community; it must leave the other one on that day.',
    zh: '基层公立机构只能属于一个县域医共体，须于同日转出原医共体。',
  },
  inNone: {
    en: 'A primary public institution is in exactly one county community; let it join the other one instead.',
    zh: '基层公立机构须属于一个县域医共体，请改为办理转入其他医共体。',
  },
  theirOwn: {
    en: 'An institution of elsewhere is brought in by its own people or its health commission.',
    zh: '辖区以外的机构须由该机构或其卫生健康委办理。',
  },
  member: { en: 'The institution is a member already, or will be.', zh: '该机构已是或将成为成员。' },
  role: { en: 'The lead is named when the alliance is founded.', zh: '牵头医院在组建时确定。' },
  leadStays: { en: 'The lead hospital cannot leave its alliance.', zh: '牵头医院不能退出其医联体。' },
  notYet: { en: 'The alliance is not established on that day.', zh: '该日医联体尚未成立。' },
};
