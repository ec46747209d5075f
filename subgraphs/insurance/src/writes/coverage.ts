import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  encodeOwnedId,
  expectNotLong,
  expectNotPast,
  expectVersion,
  lockByOwnedId,
  nextNo,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { addDays } from '../rules/calendar.ts';
import type { EndTwoDiseaseInput, FileOutOfAreaInput, RegisterTwoDiseaseInput } from '../schema-types.ts';
import {
  twoDiseaseRegistrations,
  type OutOfAreaFilingRow,
  type TwoDiseaseRegistrationRow,
  outOfAreaFilings,
} from '../tables/coverage.ts';
import { designatedProviders, type DesignatedProviderRow } from '../tables/payment.ts';
import { expectOrder, insures } from './checks.ts';
import { coverageOn, isAgreed, providerOf, type CoverageTerms } from './claim-facts.ts';
import { expectStanding } from './merged-records.ts';
import { fileOutOfArea } from './out-of-area-filing.ts';
import { texts } from './texts.ts';

/** Mutations of registrations 两病备案 (domain.md 3.1.5) and filings 异地就医备案 (domain.md 3.1.4c). */
export const coverageWrites = (mutation: Mutation) => ({
  registerTwoDisease: mutation('registerTwoDisease', registerTwoDisease),
  endTwoDisease: mutation('endTwoDisease', endTwoDisease),
  fileOutOfArea: mutation('fileOutOfArea', fileByHand),
});

/** Registers a resident for two-disease drugs; insulin replaces plain diabetes (domain.md 3.23). */
async function registerTwoDisease(input: RegisterTwoDiseaseInput, write: Write): Promise<Written> {
  const { residentId, disease, institutionId, validFrom } = input;
  const no = await nextNo(write, twoDiseaseRegistrations, residentId);
  const provider = await providerOf(write, institutionId);
  const coverage = await coverageOn(write, residentId, validFrom, false);
  const running = await runningOf(write, residentId);
  const faults = createFaults();
  await expectStanding(write, residentId, faults);
  expectProvider(faults, provider, validFrom, 'institutionId');
  const isMine = provider !== undefined && actsFor(write.caller, institutionId);
  faults.expect(isMine || isInsurer(write, coverage), 'FORBIDDEN', 'institutionId', texts.provider);
  faults.expect(coverage !== undefined, 'VALIDATION_FAILED', 'residentId', texts.noCoverage);
  if (coverage !== undefined) {
    faults.expect(coverage.scheme === 'RESIDENT', 'VALIDATION_FAILED', 'residentId', ownTexts.employee);
  }
  expectNotPast(faults, write, validFrom, 'validFrom');
  const includes = (one: TwoDiseaseRegistrationRow): boolean =>
    one.disease === disease || (disease === 'DM' && one.disease === 'DM_INSULIN');
  faults.expect(!running.some(includes), 'VALIDATION_FAILED', 'disease', ownTexts.registered);
  faults.throwIfAny();
  if (provider === undefined) return { id: '' };

  const registeredAtCode = provider.providerCode;
  const { instant } = write.clock;
  const row = { residentId, no, disease, registeredAtCode, validFrom, status: 'ACTIVE' as const, updatedAt: instant };
  await write.tx.insert(twoDiseaseRegistrations).values(row);
  const id = encodeOwnedId('tw', residentId, no);
  const payload = { status: 'ACTIVE', registeredAtCode, validFrom, version: 1 };
  write.change({ type: 'TwoDiseaseRegistration', id, kind: 'CREATED', residentId, payload });
  write.step({ type: 'TwoDiseaseRegistration', id, residentId, from: null, to: 'ACTIVE' });
  const replaced = running.filter((one) => disease === 'DM_INSULIN' && one.disease === 'DM');
  for (const one of replaced) await endRegistration(write, one, addDays(validFrom, -1), ownTexts.replaced.zh);
  return { id };
}

/** Ends a registration with its last day. */
async function endTwoDisease(input: EndTwoDiseaseInput, write: Write): Promise<Written> {
  const { id, validTo, reason } = input;
  const registration = await lockByOwnedId(write, { table: twoDiseaseRegistrations, prefix: 'tw' }, id, 'id');
  expectVersion(registration, input.version);
  const provider = await providerByCode(write, registration.registeredAtCode);
  const coverage = await coverageOn(write, registration.residentId, write.clock.day, false);
  const faults = createFaults();
  const isMine = provider !== undefined && actsFor(write.caller, provider.institutionId);
  faults.expect(isMine || isInsurer(write, coverage), 'FORBIDDEN', 'id', texts.provider);
  faults.expect(registration.status === 'ACTIVE', 'INVALID_TRANSITION', 'id');
  expectNotPast(faults, write, validTo, 'validTo');
  expectOrder(faults, registration.validFrom, validTo, 'validTo');
  expectNotLong(faults, reason, 'reason', 200);
  faults.throwIfAny();
  await endRegistration(write, registration, validTo, reason);
  return { id };
}

/** Files care at an institution outside the pooled region, beside the filings that referrals bring. */
async function fileByHand(input: FileOutOfAreaInput, write: Write): Promise<Written> {
  const { residentId, toInstitutionId, from } = input;
  const to = input.to ?? null;
  const provider = await providerOf(write, toInstitutionId);
  const coverage = await coverageOn(write, residentId, from, false);
  const faults = createFaults();
  await expectStanding(write, residentId, faults);
  const isSelf = write.caller.role === 'RESIDENT' && write.caller.residentId === residentId;
  faults.expect(isSelf || isInsurer(write, coverage), 'FORBIDDEN', 'residentId', texts.self);
  faults.expect(coverage !== undefined, 'VALIDATION_FAILED', 'residentId', texts.noCoverage);
  faults.expect(provider !== undefined, 'NOT_FOUND', 'toInstitutionId');
  if (provider !== undefined) {
    faults.expect(provider.level === 'O', 'VALIDATION_FAILED', 'toInstitutionId', ownTexts.inside);
  }
  expectNotPast(faults, write, from, 'from');
  expectOrder(faults, from, to, 'to');
  const filed = provider === undefined ? [] : await filingsAt(write, residentId, provider.providerCode);
  const overlaps = filed.some((one) => from <= (one.to ?? from) && (to === null || one.from <= to));
  faults.expect(!overlaps, 'VALIDATION_FAILED', 'from', ownTexts.filed);
  faults.throwIfAny();
  if (provider === undefined) return { id: '' };
  const filing = { residentId, referralNo: null, toProviderCode: provider.providerCode, from, to };
  return { id: encodeOwnedId('oa', residentId, await fileOutOfArea(write, filing)) };
}

async function runningOf({ tx }: Write, residentId: string): Promise<readonly TwoDiseaseRegistrationRow[]> {
  return tx
    .select()
    .from(twoDiseaseRegistrations)
    .where(and(eq(twoDiseaseRegistrations.residentId, residentId), eq(twoDiseaseRegistrations.status, 'ACTIVE')))
    .orderBy(twoDiseaseRegistrations.no)
    .for('update');
}

async function endRegistration(
  write: Write,
  registration: TwoDiseaseRegistrationRow,
  validTo: string,
  reason: string | null | undefined,
): Promise<void> {
  const { residentId, no, registeredAtCode, validFrom, version } = registration;
  await write.tx
    .update(twoDiseaseRegistrations)
    .set({ status: 'ENDED', validTo, ...advanced(registration, write) })
    .where(and(eq(twoDiseaseRegistrations.residentId, residentId), eq(twoDiseaseRegistrations.no, no)));
  const id = encodeOwnedId('tw', residentId, no);
  const payload = { status: 'ENDED', registeredAtCode, validFrom, validTo, version: version + 1 };
  write.change({ type: 'TwoDiseaseRegistration', id, kind: 'UPDATED', residentId, payload });
  write.step({ type: 'TwoDiseaseRegistration', id, residentId, from: 'ACTIVE', to: 'ENDED', reason });
}

async function providerByCode({ tx }: Write, providerCode: string): Promise<DesignatedProviderRow | undefined> {
  const [row] = await tx.select().from(designatedProviders).where(eq(designatedProviders.providerCode, providerCode));
  return row;
}

async function filingsAt({ tx }: Write, residentId: string, toProviderCode: string): Promise<OutOfAreaFilingRow[]> {
  return tx
    .select()
    .from(outOfAreaFilings)
    .where(and(eq(outOfAreaFilings.residentId, residentId), eq(outOfAreaFilings.toProviderCode, toProviderCode)));
}

function expectProvider(faults: Faults, provider: DesignatedProviderRow | undefined, day: string, path: string): void {
  faults.expect(provider !== undefined, 'NOT_FOUND', path);
  if (provider === undefined) return;
  faults.expect(isAgreed(provider, day), 'VALIDATION_FAILED', path, texts.noAgreement);
}

/** The insurance bureau of where the resident lives; of nowhere for who is not insured. */
function isInsurer({ caller }: Write, coverage: CoverageTerms | undefined): boolean {
  return insures(caller, coverage?.homeRegionCode ?? '');
}

const ownTexts = {
  employee: { en: 'Two-disease drugs are a benefit of the residents’ scheme.', zh: '两病门诊用药仅限城乡居民医保。' },
  registered: { en: 'A registration for this is in force already.', zh: '该病种已有有效备案。' },
  replaced: { en: 'Replaced by the registration with insulin.', zh: '改为胰岛素备案' },
  inside: { en: 'The institution lies in the pooled region; no filing is needed.', zh: '该机构在统筹区内，无需备案。' },
  filed: { en: 'Care there is filed already for these days.', zh: '该机构在此期间已有备案。' },
};
