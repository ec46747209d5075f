import { createFaults, expectVersion, newId, refuse, type Write, type Written } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { capitationResult, insurerShare } from '../rules/surplus.ts';
import type { CloseCapitationYearInput, PrepayCapitationInput } from '../schema-types.ts';
import { claims } from '../tables/claim.ts';
import { capitationPlans, capitationPrepayments, type CapitationPlanRow } from '../tables/payment.ts';
import { contractProjections } from '../tables/projection.ts';
import { insures } from './checks.ts';
import { providerOf } from './claim-facts.ts';
import { notEvaluated, qualityOfYear } from './quality.ts';
import { texts } from './texts.ts';

/** Pays the advance of a month 月度预付 (domain.md 3.2): a twelfth of the prepaid share of the budget. */
export async function prepayCapitation(
  { institutionId, month }: PrepayCapitationInput,
  write: Write,
): Promise<Written> {
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const faults = createFaults();
  await expectBureau(write, institutionId, faults);
  faults.expect(isMonth && month <= write.clock.day.slice(0, 7), 'VALIDATION_FAILED', 'month', ownTexts.begun);
  faults.throwIfAny();
  const plan = await lockPlan(write, institutionId, Number(month.slice(0, 4)), 'month');
  faults.expect(plan.closedAt === null, 'INVALID_TRANSITION', 'month', ownTexts.closed);
  const isSame = and(eq(capitationPrepayments.institutionId, institutionId), eq(capitationPrepayments.month, month));
  const [paid] = await write.tx.select().from(capitationPrepayments).where(isSame);
  faults.expect(paid === undefined, 'INVALID_TRANSITION', 'month', ownTexts.paid);
  faults.throwIfAny();
  const id = newId('cy');
  const { id: planId, monthlyPrepay: amount } = plan;
  await write.tx
    .insert(capitationPrepayments)
    .values({ id, planId, institutionId, month, amount, paidAt: write.clock.instant });
  write.change({ type: 'CapitationPrepayment', id, kind: 'CREATED', payload: { planId, institutionId, month } });
  return { id };
}

/** Closes a year of payment by head 年终清算 (domain.md 3.2): what the enrolled cost anywhere, and who gets or bears the difference. */
export async function closeCapitationYear(input: CloseCapitationYearInput, write: Write): Promise<Written> {
  const { institutionId, year } = input;
  const faults = createFaults();
  await expectBureau(write, institutionId, faults);
  faults.expect(year < Number(write.clock.day.slice(0, 4)), 'VALIDATION_FAILED', 'year', texts.yearNotOver);
  faults.throwIfAny();
  const plan = await lockPlan(write, institutionId, year, 'year');
  expectVersion(plan, input.version);
  faults.expect(plan.closedAt === null, 'INVALID_TRANSITION', 'year', ownTexts.closed);
  const quality = (await qualityOfYear(write, 'INSTITUTION', [institutionId], year)).get(institutionId);
  faults.expect(quality !== undefined, 'VALIDATION_FAILED', 'year', notEvaluated([institutionId], year));
  faults.throwIfAny();
  if (quality === undefined) return { id: plan.id };
  const actual = await spentOnEnrolled(write, institutionId, year);
  const version = plan.version + 1;
  const result = {
    actual,
    qualityScore: quality,
    ...capitationResult(plan.budget, actual, quality),
    insurerBears: insurerShare(plan.budget, actual, quality),
  };
  await write.tx
    .update(capitationPlans)
    .set({ ...result, closedAt: write.clock.instant, version })
    .where(eq(capitationPlans.id, plan.id));
  write.change({ type: 'CapitationPlan', id: plan.id, kind: 'UPDATED', payload: { institutionId, year, version } });
  write.step({ type: 'CapitationPlan', id: plan.id, from: 'OPEN', to: 'CLOSED' });
  return { id: plan.id };
}

async function expectBureau(
  write: Write,
  institutionId: string,
  faults: ReturnType<typeof createFaults>,
): Promise<void> {
  const provider = await providerOf(write, institutionId);
  faults.expect(provider !== undefined, 'NOT_FOUND', 'institutionId');
  if (provider === undefined) return;
  faults.expect(insures(write.caller, provider.regionCode), 'FORBIDDEN', 'institutionId', texts.bureau);
}

async function lockPlan({ tx }: Write, institutionId: string, year: number, path: string): Promise<CapitationPlanRow> {
  const [plan] = await tx
    .select()
    .from(capitationPlans)
    .where(and(eq(capitationPlans.institutionId, institutionId), eq(capitationPlans.year, year)))
    .for('update');
  return plan ?? refuse('NOT_FOUND', path, ownTexts.noPlan);
}

/** Outpatient fund of a year, at any institution, in the months in which the resident was enrolled here; of two contracts the later counts. */
async function spentOnEnrolled({ tx }: Write, institutionId: string, year: number): Promise<string> {
  const rows = await tx.execute<{ spent: string }>(sql`
    select coalesce(sum(c.fund_basic), 0)::numeric(14, 2)::text as spent
    from ${claims} c
    join lateral (
      select p.institution_id from ${contractProjections} p
      where p.resident_id = c.resident_id and p.status not in ('DRAFT', 'PENDING_CONFIRM')
        and date_trunc('month', p.valid_from) <= c.service_date
        and date_trunc('month', coalesce(p.terminated_on, p.valid_to)) >= date_trunc('month', c.service_date)
      order by p.valid_from desc limit 1
    ) enrolled on enrolled.institution_id = ${institutionId}
    where c.resident_id in (select resident_id from ${contractProjections} where institution_id = ${institutionId})
      and c.service_date between make_date(${year}::integer, 1, 1) and make_date(${year}::integer, 12, 31)
      and c.category <> 'INPATIENT' and c.status = 'SETTLED'`);
  return rows[0]?.spent ?? '0.00';
}

const ownTexts = {
  begun: { en: 'A month that has begun is needed, such as 2024-03.', zh: '须为已开始的月份，如 2024-03。' },
  paid: { en: 'This month was paid already.', zh: '该月已预付。' },
  closed: { en: 'The year was closed already.', zh: '该年度已清算。' },
  noPlan: { en: 'The institution has no capitation plan for that year.', zh: '该机构该年度无按人头付费方案。' },
};
