import {
  type Mutation,
  type Write,
  type Written,
  createFaults,
  expectNumber,
  expectSize,
  expectText,
  expectVersion,
} from '@hutong/kit';
import { eq, or } from 'drizzle-orm';
import type { DesignateProviderInput } from '../schema-types.ts';
import { designatedProviders, type DesignatedProviderRow } from '../tables/payment.ts';
import { institutionProjections } from '../tables/projection.ts';
import { closeAllianceYear } from './alliance-year.ts';
import { closeCapitationYear, prepayCapitation } from './capitation.ts';
import { expectOrder, insures } from './checks.ts';
import { settleDrgMonth } from './drg-month.ts';
import { tellProviderMonths } from './provider-sums.ts';
import { texts } from './texts.ts';

/** Mutations of payment 支付方式: agreements with providers 定点协议, and their settlement; the months told are a job, no field of the graph. */
export const paymentWrites = (mutation: Mutation) => ({
  designateProvider: mutation('designateProvider', designateProvider, {
    designated_providers_pkey: ['VALIDATION_FAILED', 'providerCode'],
    designated_providers_institution_id_index: ['VALIDATION_FAILED', 'providerCode'],
  }),
  settleDrgMonth: mutation('settleDrgMonth', settleDrgMonth, {
    drg_months_settled_once: ['INVALID_TRANSITION', 'month'],
  }),
  prepayCapitation: mutation('prepayCapitation', prepayCapitation),
  closeCapitationYear: mutation('closeCapitationYear', closeCapitationYear),
  closeAllianceYear: mutation('closeAllianceYear', closeAllianceYear),
  tellProviderMonths: mutation('tellProviderMonths', tellProviderMonths),
});

const mostMethods = 7;

/** Signs an agreement, or renews it; the provider code stays with the institution. */
async function designateProvider(input: DesignateProviderInput, write: Write): Promise<Written> {
  const { institutionId, providerCode, agreementNo, level, validFrom, validTo } = input;
  expectSize(input.paymentMethods, mostMethods, 'paymentMethods');
  const { rows, region, status } = await knownOf(write, input);
  const own = rows.find((row) => row.institutionId === institutionId);
  if (own !== undefined) expectVersion(own, input.version);
  const faults = createFaults();
  faults.expect(status !== undefined, 'NOT_FOUND', 'institutionId');
  if (status !== undefined) {
    faults.expect(insures(write.caller, region), 'FORBIDDEN', 'institutionId', texts.bureau);
    faults.expect(status === 'ACTIVE', 'VALIDATION_FAILED', 'institutionId', texts.closed);
  }
  faults.expect(/^[HP]\d{11}$/.test(providerCode), 'VALIDATION_FAILED', 'providerCode', ownTexts.code);
  const isTaken =
    rows.some((row) => row.institutionId !== institutionId) || (own?.providerCode ?? providerCode) !== providerCode;
  faults.expect(!isTaken, 'VALIDATION_FAILED', 'providerCode', ownTexts.taken);
  expectText(faults, agreementNo, 'agreementNo', 50);
  expectOrder(faults, validFrom, validTo, 'validTo');
  faults.expect(validTo >= write.clock.day, 'VALIDATION_FAILED', 'validTo', texts.past);
  expectNumber(faults, input.creditScore, 'creditScore', { least: 0, most: 100, places: 2 });
  faults.expect(input.paymentMethods.length > 0, 'VALIDATION_FAILED', 'paymentMethods', texts.needed);
  faults.throwIfAny();

  const terms = {
    agreementNo,
    level,
    validFrom,
    validTo,
    creditScore: input.creditScore ?? own?.creditScore ?? null,
    paymentMethods: [...new Set(input.paymentMethods)],
    version: (own?.version ?? 0) + 1,
    updatedAt: write.clock.instant,
  };
  await write.tx
    .insert(designatedProviders)
    .values({ providerCode, institutionId, regionCode: region.slice(0, countyLength), ...terms })
    .onConflictDoUpdate({ target: designatedProviders.providerCode, set: terms });
  const payload = { institutionId, level, validFrom, validTo, version: terms.version };
  const kind = own === undefined ? 'CREATED' : 'UPDATED';
  write.change({ type: 'DesignatedProvider', id: providerCode, kind, payload });
  return { id: providerCode };
}

const countyLength = 6;

/** What is known of the institution, and the agreements of it and of the code, locked. */
async function knownOf(
  { tx }: Write,
  { institutionId, providerCode }: DesignateProviderInput,
): Promise<{ rows: readonly DesignatedProviderRow[]; region: string; status: string | undefined }> {
  const [institution] = await tx
    .select()
    .from(institutionProjections)
    .where(eq(institutionProjections.id, institutionId));
  const rows = await tx
    .select()
    .from(designatedProviders)
    .where(or(eq(designatedProviders.institutionId, institutionId), eq(designatedProviders.providerCode, providerCode)))
    .orderBy(designatedProviders.providerCode)
    .for('update');
  return { rows, region: institution?.regionCode ?? '', status: institution?.status };
}

const ownTexts = {
  code: { en: 'A provider code is H or P and 11 digits.', zh: '定点机构编码为 H 或 P 加 11 位数字。' },
  taken: {
    en: 'The code is another institution’s, or this one has another.',
    zh: '该编码属于其他机构，或本机构已有其他编码。',
  },
};
