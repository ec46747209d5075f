import {
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectText,
  expectVersion,
  lockById,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import type { ReviewFundAlertInput } from '../schema-types.ts';
import { fundAlerts } from '../tables/fund.ts';
import { designatedProviders } from '../tables/payment.ts';
import { insures } from './checks.ts';
import { texts } from './texts.ts';

/** Mutations of the fund 基金. */
export const fundWrites = (mutation: Mutation) => ({
  reviewFundAlert: mutation('reviewFundAlert', reviewFundAlert),
});

/** Says what an open lead turned out to be; by the bureau of the provider's region. */
async function reviewFundAlert(input: ReviewFundAlertInput, write: Write): Promise<Written> {
  const { id, status, reason } = input;
  const alert = await lockById(write, fundAlerts, id, 'id');
  expectVersion(alert, input.version);
  const [provider] = await write.tx
    .select({ regionCode: designatedProviders.regionCode })
    .from(designatedProviders)
    .where(eq(designatedProviders.providerCode, alert.providerCode));
  const faults = createFaults();
  faults.expect(insures(write.caller, provider?.regionCode ?? ''), 'FORBIDDEN', 'id', texts.bureau);
  faults.expect(alert.status === 'OPEN', 'INVALID_TRANSITION', 'id');
  faults.expect(status !== 'OPEN', 'VALIDATION_FAILED', 'status', ownTexts.result);
  expectText(faults, reason, 'reason', 500);
  faults.throwIfAny();
  await write.tx
    .update(fundAlerts)
    .set({ status, ...advanced(alert, write) })
    .where(eq(fundAlerts.id, id));
  const { rule, providerCode, version } = alert;
  const payload = { rule, providerCode, status, version: version + 1 };
  write.change({ type: 'FundAlert', id, kind: 'UPDATED', payload });
  write.step({ type: 'FundAlert', id, from: 'OPEN', to: status, reason });
  return { id };
}

const ownTexts = {
  result: { en: 'A review ends with CONFIRMED or DISMISSED.', zh: '核查结果须为属实或排除。' },
};
