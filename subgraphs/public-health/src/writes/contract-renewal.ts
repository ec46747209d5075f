import { createFaults, decodeOwnedId, refuse, type Faults, type Write, type Written } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { decidesFor, type Signatory } from '../rules/contract-signature.ts';
import { isRenewal, successorValidFrom } from '../rules/contract-term.ts';
import type { ChangeFamilyDoctorInput, RenewContractInput } from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import type { Person } from './contract-people.ts';
import { checkPlace, checkStructure, lockSigningPlace, worksFor, type SigningPlace } from './contract-place.ts';
import { waiveOwed } from './contract-plan.ts';
import { lockStandingContract, takeSteps, type HeldContract } from './contract-record.ts';
import { checkChannel, contractIds, expectPackages } from './contract-sign.ts';
import { signAll, type Signing } from './contract-signing.ts';
import type { TeamOfContract } from './team-of.ts';
import { texts } from './texts.ts';

/** Renews a contract near its end: the successor follows without a gap where it is signed in time (domain.md 3.8.1, 3.23). */
export async function renewContract(input: RenewContractInput, write: Write): Promise<Written> {
  const before = await contractOf(write, input.id);
  const place = await lockSigningPlace(write, {
    teamId: input.teamId ?? before.teamId,
    familyDoctorId: input.familyDoctorId ?? before.familyDoctorId,
    villageClinicId: input.villageClinicId ?? before.villageClinicId,
  });
  const held = await lockStandingContract(write, input);
  const { contract } = held;
  expectParty(write, place, held.person, 'id');
  const isRenewable = contract.status === 'ACTIVE' || contract.status === 'EXPIRED';
  if (!isRenewable) return refuse('INVALID_TRANSITION', 'id');
  const faults = createFaults();
  faults.expect(isRenewal(contract.validTo, write.clock.day), 'VALIDATION_FAILED', 'id', own.window);
  const isResident = write.caller.role === 'RESIDENT';
  checkChannel(input.channel, write, faults);
  const validFrom = successorValidFrom(contract.validTo, write.clock.day);
  const agreed = isResident || input.channel === 'PAPER';
  const succeeds = { contract, validFrom, isRenewal: true };
  return follow(write, { held, place, input, faults }, { ...signingOf(contract, input.channel, agreed), succeeds });
}

/** Changes the family doctor: the old contract ends today, with the reason CHANGE, and a new one begins (domain.md 3.8.1). */
export async function changeFamilyDoctor(input: ChangeFamilyDoctorInput, write: Write): Promise<Written> {
  const place = await lockSigningPlace(write, input);
  const held = await lockStandingContract(write, input);
  const { contract } = held;
  expectParty(write, place, held.person, 'teamId');
  const isInForce = contract.status === 'ACTIVE' && contract.validTo >= write.clock.day;
  if (!isInForce) return refuse('INVALID_TRANSITION', 'id');
  const faults = createFaults();
  const isOther = contract.familyDoctorId !== input.familyDoctorId || contract.teamId !== input.teamId;
  faults.expect(isOther, 'VALIDATION_FAILED', 'familyDoctorId', own.same);
  const reason = 'CHANGE';
  const change = { terminatedOn: write.clock.day, terminationReason: reason };
  const left = await takeSteps(write, [{ contract, step: 'TERMINATE', change, reason }]);
  await waiveOwed(write, left);
  const channel = write.caller.role === 'RESIDENT' ? 'APP' : 'PAPER';
  return follow(write, { held, place, input, faults }, signingOf(contract, channel, true));
}

function signingOf({ scope }: ServiceContractRow, channel: Signing['channel'], agreed: boolean): Signing {
  return { scope, channel, draft: false, hasAgreed: () => agreed };
}

interface Following {
  readonly held: HeldContract;
  readonly place: SigningPlace;
  readonly input: RenewContractInput | ChangeFamilyDoctorInput;
  readonly faults: Faults;
}

/** Signs the contract that follows another, with its packages unless others are chosen. */
async function follow(write: Write, { held, place, input, faults }: Following, signing: Signing): Promise<Written> {
  checkPlace(place, faults);
  checkStructure(place, faults);
  const packageCodes = input.packageCodes ?? held.contract.packageCodes;
  const { planningPregnancy } = input;
  const row = { residentId: held.person.id, packageCodes, planningPregnancy, at: '', idPath: 'id' };
  expectPackages([row]);
  const [id] = contractIds(await signAll(write, place, signing, [row]), faults);
  return { id: id ?? '' };
}

/** A contract as it is before anything is locked; refuses with NOT_FOUND at `id`. */
export async function contractOf({ tx }: Write, id: string): Promise<ServiceContractRow> {
  const key = decodeOwnedId('ct', id);
  if (key === undefined) return refuse('NOT_FOUND', 'id');
  const { residentId, no } = serviceContracts;
  const [row] = await tx
    .select()
    .from(serviceContracts)
    .where(and(eq(residentId, key.residentId), eq(no, key.no)));
  return row ?? refuse('NOT_FOUND', 'id');
}

/** Whether a caller decides for a resident. */
export function decides({ caller, clock }: Write, person: Signatory): boolean {
  return caller.residentId !== undefined && decidesFor(caller.residentId, person, clock.day);
}

interface Party {
  readonly team: TeamOfContract;
}

/** That the caller is of the team, or decides for the resident. */
export function expectParty(write: Write, { team }: Party, person: Person, path: string): void {
  if (worksFor(write, team) || decides(write, person)) return;
  refuse('FORBIDDEN', path, texts.ownTeam);
}

const own = {
  window: {
    en: 'A contract is renewed from 60 days before its end to 30 days after; sign a new one later.',
    zh: '协议到期前60天至到期后30天内可续签；逾期请重新签约。',
  },
  same: { en: 'This is the present doctor and team; choose another.', zh: '与现任家庭医生及团队相同，请另选。' },
};
