import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBetween,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq, gte, lte, ne } from 'drizzle-orm';
import type { ApproveLayoutPlanInput, DraftLayoutPlanInput, SubmitLayoutPlanInput } from '../schema-types.ts';
import { layoutPlanItems, layoutPlans, type LayoutPlanRow } from '../tables/planning.ts';
import { expectFromToday, lockRegion, regionsByCode, texts } from './checks.ts';

/** Mutations of layout plans 布局规划 (domain.md 3.19.6, S2-6). */
export const layoutPlanWrites = (mutation: Mutation) => ({
  draftLayoutPlan: mutation('draftLayoutPlan', draftLayoutPlan, planTwice),
  submitLayoutPlan: mutation('submitLayoutPlan', submitLayoutPlan),
  approveLayoutPlan: mutation('approveLayoutPlan', approveLayoutPlan),
});

const planTwice = { layout_plans_once: ['VALIDATION_FAILED', 'validFrom'] } as const;

/** Makes a draft, or rewrites one with all its items. */
async function draftLayoutPlan(input: DraftLayoutPlanInput, write: Write): Promise<Written> {
  expectSize(input.items, 1_000, 'items');
  const stored = input.id ? await lockById(write, layoutPlans, input.id, 'id') : undefined;
  if (stored !== undefined) {
    expectVersion(stored, input.version);
    if (stored.status !== 'DRAFT') refuse('INVALID_TRANSITION', 'id', planTexts.noDraft);
  }
  const faults = createFaults();
  await checkDraft(input, stored, write, faults);
  faults.throwIfAny();

  const { regionCode, validFrom, validTo } = input;
  const id = stored?.id ?? newId('lp');
  const next = stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write);
  const values = { regionCode, validFrom, validTo, status: 'DRAFT' as const, ...next };
  if (stored === undefined) await write.tx.insert(layoutPlans).values({ id, ...values });
  else {
    await write.tx.update(layoutPlans).set(values).where(eq(layoutPlans.id, id));
    await write.tx.delete(layoutPlanItems).where(eq(layoutPlanItems.planId, id));
  }
  await write.tx.insert(layoutPlanItems).values(
    input.items.map((item) => ({
      id: newId('li'),
      planId: id,
      class: item.class,
      level: item.level,
      regionCode: item.regionCode,
      planned: item.planned,
      standard: item.standard ?? null,
    })),
  );
  write.change({
    type: 'LayoutPlan',
    id,
    kind: stored === undefined ? 'CREATED' : 'UPDATED',
    payload: { regionCode, validFrom, validTo, status: 'DRAFT', version: next.version },
  });
  if (stored === undefined) write.step({ type: 'LayoutPlan', id, from: null, to: 'DRAFT' });
  return { id };
}

async function checkDraft(
  { regionCode, validFrom, validTo, items }: DraftLayoutPlanInput,
  stored: LayoutPlanRow | undefined,
  write: Write,
  faults: Faults,
): Promise<void> {
  const known = await regionsByCode(write, [regionCode, ...items.map((item) => item.regionCode)]);
  faults.expect(known.has(regionCode), 'NOT_FOUND', 'regionCode');
  faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'regionCode', texts.commission);
  if (stored !== undefined)
    faults.expect(governs(write.caller, stored.regionCode), 'FORBIDDEN', 'id', texts.commission);
  expectFromToday(faults, validTo, write.clock.day, 'validTo');
  faults.expect(validFrom <= validTo, 'VALIDATION_FAILED', 'validTo', texts.order);
  faults.expect(items.length > 0 && items.length <= 2000, 'VALIDATION_FAILED', 'items', planTexts.items);
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const at = `items.${index}`;
    const key = `${item.class}/${item.level}/${item.regionCode}`;
    faults.expect(hasCode('VS-04', item.class), 'VALIDATION_FAILED', `${at}.class`, texts.unknownCode);
    faults.expect(known.has(item.regionCode), 'NOT_FOUND', `${at}.regionCode`);
    const inside = item.regionCode.startsWith(regionCode);
    faults.expect(inside, 'VALIDATION_FAILED', `${at}.regionCode`, planTexts.outside);
    expectBetween(faults, item.planned, [0, 10_000], `${at}.planned`);
    expectText(faults, item.standard, `${at}.standard`);
    faults.expect(!seen.has(key), 'VALIDATION_FAILED', at, planTexts.twice);
    seen.add(key);
  });
}

/** Gives a draft to review. */
async function submitLayoutPlan(input: SubmitLayoutPlanInput, write: Write): Promise<Written> {
  const plan = await lockById(write, layoutPlans, input.id, 'id');
  checkStep(plan, { from: 'DRAFT', version: input.version }, write);
  await movePlan(plan, { status: 'REVIEW' }, write);
  return { id: plan.id };
}

/**
 * Approves a plan in review whose time has not passed. What was approved for the division before ends on the day before, or is
 * replaced altogether when nothing of its time is left.
 */
async function approveLayoutPlan(input: ApproveLayoutPlanInput, write: Write): Promise<Written> {
  const plan = await lockById(write, layoutPlans, input.id, 'id');
  checkStep(plan, { from: 'REVIEW', version: input.version }, write);
  await lockRegion(write, plan.regionCode);
  const crossed = await write.tx
    .select()
    .from(layoutPlans)
    .where(
      and(
        eq(layoutPlans.regionCode, plan.regionCode),
        eq(layoutPlans.status, 'APPROVED'),
        ne(layoutPlans.id, plan.id),
        lte(layoutPlans.validFrom, plan.validTo),
        gte(layoutPlans.validTo, plan.validFrom),
      ),
    )
    .for('update');
  for (const before of crossed) {
    const validTo = dayBefore(plan.validFrom);
    const over = plan.validFrom <= write.clock.day || validTo < before.validFrom;
    await movePlan(before, over ? { status: 'SUPERSEDED' } : { validTo }, write);
  }
  await movePlan(plan, { status: 'APPROVED' }, write);
  return { id: plan.id };
}

function checkStep(
  plan: LayoutPlanRow,
  { from, version }: { readonly from: LayoutPlanRow['status']; readonly version: number | null | undefined },
  write: Write,
): void {
  expectVersion(plan, version);
  const faults = createFaults();
  faults.expect(governs(write.caller, plan.regionCode), 'FORBIDDEN', 'id', texts.commission);
  faults.expect(plan.status === from, 'INVALID_TRANSITION', 'id');
  faults.expect(plan.validTo >= write.clock.day, 'VALIDATION_FAILED', 'id', planTexts.over);
  faults.throwIfAny();
}

async function movePlan(
  plan: LayoutPlanRow,
  set: { readonly status: LayoutPlanRow['status'] } | { readonly validTo: string },
  write: Write,
): Promise<void> {
  const next = advanced(plan, write);
  await write.tx
    .update(layoutPlans)
    .set({ ...set, ...next })
    .where(eq(layoutPlans.id, plan.id));
  write.change({ type: 'LayoutPlan', id: plan.id, kind: 'UPDATED', payload: { ...set, version: next.version } });
  if ('status' in set) write.step({ type: 'LayoutPlan', id: plan.id, from: plan.status, to: set.status });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

const planTexts = {
  noDraft: { en: 'Only a draft can be rewritten.', zh: '仅草案可修改。' },
  items: { en: 'A plan has 1 to 2000 items.', zh: '规划须有 1 至 2000 个条目。' },
  outside: { en: 'The division lies outside that of the plan.', zh: '该区划不在规划范围内。' },
  twice: { en: 'There is an item of this class, level and division already.', zh: '同类别、级别、区划的条目重复。' },
  over: { en: 'The time of the plan has passed.', zh: '规划期已过。' },
};
