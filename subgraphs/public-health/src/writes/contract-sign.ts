import {
  createFaults,
  encodeOwnedId,
  expectSize,
  WriteRefused,
  type Faults,
  type Write,
  type Written,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decidesFor, headSignsFor } from '../rules/contract-signature.ts';
import type { ContractChannel, SignContractInput, SignContractsInput } from '../schema-types.ts';
import { households } from '../tables/household.ts';
import { lockPeople, type Person } from './contract-people.ts';
import { checkPlace, checkStructure, lockSigningPlace, worksFor, type SigningPlace } from './contract-place.ts';
import { signAll, type Signed, type Signing, type SigningRow } from './contract-signing.ts';
import { texts } from './texts.ts';

const MOST_MEMBERS = 50;
const MOST_ROWS = 1000;
const MOST_PACKAGES = 20;

/** Signs a person, or a household by its head (domain.md 3.8.1–3.8.4): all of them or nobody. */
export async function signContract(input: SignContractInput, write: Write): Promise<Written> {
  expectSize(input.members, MOST_MEMBERS, 'members');
  const rows: readonly SigningRow[] = [
    { ...rowOf(input), at: '', idPath: 'residentId' },
    ...input.members.map((row, index) => ({
      ...rowOf(row),
      at: `members.${index}.`,
      idPath: `members.${index}.residentId`,
    })),
  ];
  expectPackages(rows);
  const place = await lockSigningPlace(write, input);
  const people = await lockPeople(
    write,
    rows.map(({ residentId }) => residentId),
  );
  const head = people.get(input.residentId);
  expectSigner(write, place, input, head);

  const faults = createFaults();
  checkPlace(place, faults);
  if (!input.draft) checkStructure(place, faults);
  checkChannel(input.channel, write, faults);
  await checkHousehold(input, { head, people }, write, faults);
  const hasAgreed = agreement(input, write, head);
  const { scope, channel, draft } = input;
  const signed = await signAll(write, place, { scope, channel, draft, hasAgreed }, rows);
  const [first, ...members] = contractIds(signed, faults);
  return { id: first ?? '', notes: { members } };
}

/** Signs many on paper (S3-41): who can be signed is signed, and the notes tell of each. */
export async function signContracts(input: SignContractsInput, write: Write): Promise<Written> {
  expectSize(input.rows, MOST_ROWS, 'rows');
  const rows = input.rows.map((row, index) => ({
    ...rowOf(row),
    at: `rows.${index}.`,
    idPath: `rows.${index}.residentId`,
  }));
  expectPackages(rows);
  const place = await lockSigningPlace(write, input);
  const faults = createFaults();
  faults.expect(worksFor(write, place.team), 'FORBIDDEN', 'teamId', texts.ownTeam);
  faults.expect(rows.length > 0, 'VALIDATION_FAILED', 'rows', texts.needed);
  checkPlace(place, faults);
  checkStructure(place, faults);
  faults.throwIfAny();
  const signing: Signing = { scope: 'PERSON', channel: 'BATCH', draft: false, hasAgreed: () => true };
  const signed = await signAll(write, place, signing, rows);
  const results = signed.map((one, index) => ({
    residentId: rows[index]?.residentId,
    contractId: one.kind === 'SIGNED' ? idOf(one.contract) : null,
    faults: one.kind === 'REFUSED' ? one.faults : [],
  }));
  return { id: input.teamId, notes: { results } };
}

/** The public ids of the contracts of a signing in which nobody may be refused. */
export function contractIds(signed: readonly Signed[], faults: Faults): readonly string[] {
  const refused = signed.flatMap((one) => (one.kind === 'REFUSED' ? one.faults : []));
  if (faults.found.length + refused.length > 0) throw new WriteRefused([...faults.found, ...refused]);
  return signed.flatMap((one) => (one.kind === 'SIGNED' ? idOf(one.contract) : []));
}

function idOf({ residentId, no }: { readonly residentId: string; readonly no: number }): string {
  return encodeOwnedId('ct', residentId, no);
}

function rowOf({
  residentId,
  packageCodes,
  planningPregnancy,
}: Pick<SigningRow, 'residentId' | 'packageCodes' | 'planningPregnancy'>) {
  return { residentId, packageCodes, planningPregnancy };
}

/** No list of packages is longer than anybody needs. */
export function expectPackages(rows: readonly Pick<SigningRow, 'at' | 'packageCodes'>[]): void {
  for (const { at, packageCodes } of rows) expectSize(packageCodes, MOST_PACKAGES, `${at}packageCodes`);
}

/** The team signs its residents; in the app a resident signs who may decide for the one named. */
function expectSigner(write: Write, { team }: SigningPlace, input: SignContractInput, head: Person | undefined): void {
  const { residentId } = write.caller;
  const decides = residentId !== undefined && head !== undefined && decidesFor(residentId, head, write.clock.day);
  const faults = createFaults();
  if (write.caller.role === 'RESIDENT') {
    faults.expect(decides, 'FORBIDDEN', 'residentId', own.signer);
    faults.expect(!input.draft, 'FORBIDDEN', 'draft', texts.ownTeam);
  } else {
    faults.expect(worksFor(write, team), 'FORBIDDEN', 'teamId', texts.ownTeam);
  }
  faults.throwIfAny();
}

/** The team signs on paper or in the app, residents in the app; batches are a mutation of their own. */
export function checkChannel(channel: ContractChannel, { caller }: Write, faults: Faults): void {
  const fits = channel === 'APP' || (channel === 'PAPER' && caller.role !== 'RESIDENT');
  faults.expect(fits, 'VALIDATION_FAILED', 'channel', own.channel);
}

interface House {
  readonly head: Person | undefined;
  readonly people: ReadonlyMap<string, Person>;
}

/** A household is signed by its head, and its members live in it. */
async function checkHousehold(
  { scope, residentId, members }: SignContractInput,
  { head, people }: House,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  if (scope === 'PERSON') {
    faults.expect(members.length === 0, 'VALIDATION_FAILED', 'members', own.members);
    return;
  }
  const [home] = await tx
    .select({ headId: households.headId })
    .from(households)
    .where(eq(households.id, head?.householdId ?? ''));
  faults.expect(home?.headId === residentId, 'VALIDATION_FAILED', 'residentId', own.head);
  members.forEach((member, index) => {
    const livesHere = people.get(member.residentId)?.householdId === head?.householdId;
    faults.expect(livesHere, 'VALIDATION_FAILED', `members.${index}.residentId`, own.otherHousehold);
  });
}

/** Whose agreement comes with the signing: on paper and in the app the one's who signs, and of those for whom this one decides. */
function agreement({ scope, channel }: SignContractInput, { caller, clock }: Write, head: Person | undefined) {
  const signerId = caller.role === 'RESIDENT' ? caller.residentId : channel === 'PAPER' ? head?.id : undefined;
  return (person: Person): boolean => {
    if (signerId === undefined) return false;
    if (scope === 'PERSON' || person.id === head?.id) return true;
    return headSignsFor(signerId, person, clock.day);
  };
}

const own = {
  signer: {
    en: 'Only the resident, or the guardian of a minor, signs in the app.',
    zh: '在应用中仅可由居民本人或未成年人的监护人签约。',
  },
  channel: {
    en: 'The team signs on paper or in the app, residents in the app.',
    zh: '团队可纸质或应用签约，居民仅可应用签约。',
  },
  members: { en: 'Further members are signed with a household only.', zh: '仅家庭签约可填写同户成员。' },
  head: { en: 'A household is signed by its head.', zh: '家庭签约须由户主办理。' },
  otherHousehold: { en: 'This resident does not live in the household.', zh: '该居民不属于此家庭。' },
};
