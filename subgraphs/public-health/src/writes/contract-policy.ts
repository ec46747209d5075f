import {
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBetween,
  expectNotPast,
  expectNumber,
  expectVersion,
  governs,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import type { UpsertContractPolicyInput } from '../schema-types.ts';
import { contractPolicies } from '../tables/contract-policy.ts';
import { texts } from './texts.ts';

/** Rules on contracts of a region from a day on; what has begun stays, so that nobody's contract is judged anew (domain.md 3.8, 3.9). */
export async function upsertContractPolicy(input: UpsertContractPolicyInput, write: Write): Promise<Written> {
  const { regionCode, validFrom, strictStructure, doctorCapacity, elderlyAge, incentiveUnit, subsidyPerHead } = input;
  if (!governs(write.caller, regionCode)) refuse('FORBIDDEN', 'regionCode', texts.commission);
  const table = contractPolicies;
  const isRuling = and(eq(table.regionCode, regionCode), eq(table.validFrom, validFrom));
  const [stored] = await write.tx.select().from(table).where(isRuling).for('update');
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  faults.expect(/^\d{4,12}$/.test(regionCode), 'VALIDATION_FAILED', 'regionCode', own.region);
  expectNotPast(faults, write, validFrom, 'validFrom');
  const hasBegun = stored !== undefined && stored.validFrom <= write.clock.day;
  faults.expect(!hasBegun, 'INVALID_TRANSITION', 'validFrom', own.begun);
  expectBetween(faults, doctorCapacity, [1, 10_000], 'doctorCapacity');
  expectBetween(faults, elderlyAge, [50, 80], 'elderlyAge');
  expectNumber(faults, incentiveUnit, 'incentiveUnit', { least: 0, most: 1000, places: 2 });
  expectNumber(faults, subsidyPerHead, 'subsidyPerHead', { least: 0, most: 1000, places: 2 });
  faults.throwIfAny();

  const id = stored?.id ?? newId('kp');
  const ruled = { strictStructure, doctorCapacity, elderlyAge, incentiveUnit, subsidyPerHead };
  const next = stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write);
  if (stored === undefined) await write.tx.insert(table).values({ id, regionCode, validFrom, ...ruled, ...next });
  else
    await write.tx
      .update(table)
      .set({ ...ruled, ...next })
      .where(eq(table.id, id));
  const payload = { regionCode, validFrom, ...ruled, version: next.version };
  write.change({ type: 'ContractPolicy', id, kind: stored === undefined ? 'CREATED' : 'UPDATED', payload });
  return { id };
}

const own = {
  region: { en: 'A division code has 4 to 12 digits.', zh: '区划代码为 4 至 12 位数字。' },
  begun: {
    en: 'This ruling has begun; make one from a later day.',
    zh: '该政策已生效，请制定自以后日期生效的新政策。',
  },
};
