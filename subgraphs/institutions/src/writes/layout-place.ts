import { refuse, type Write } from '@hutong/kit';
import { and, eq, inArray, like, ne, sql } from 'drizzle-orm';
import { admissionRefusal, type LayoutPlace } from '../rules/layout-plan.ts';
import { institutions } from '../tables/place.ts';
import { layoutPlanItems, layoutPlans } from '../tables/planning.ts';

/** Refuses what has no licence or no free place; the plans stay locked, so that two do not take the last place. */
export async function expectPlace(
  place: LayoutPlace,
  licensed: boolean,
  institutionId: string | null,
  write: Write,
): Promise<void> {
  const { tx, clock } = write;
  const plans = await tx
    .select()
    .from(layoutPlans)
    .where(and(eq(layoutPlans.status, 'APPROVED'), sql`starts_with(${place.regionCode}, ${layoutPlans.regionCode})`))
    .orderBy(layoutPlans.id)
    .for('update');
  const items = await tx
    .select()
    .from(layoutPlanItems)
    .where(
      inArray(
        layoutPlanItems.planId,
        plans.map(({ id }) => id),
      ),
    );
  const widest = plans
    .map(({ regionCode }) => regionCode)
    .toSorted((a, b) => a.length - b.length)
    .at(0);
  const operating = await tx
    .select({ class: institutions.class, level: institutions.level, regionCode: institutions.regionCode })
    .from(institutions)
    .where(
      and(
        inArray(institutions.status, ['ACTIVE', 'SUSPENDED']),
        eq(institutions.class, place.class),
        eq(institutions.level, place.level),
        like(institutions.regionCode, `${widest ?? place.regionCode}%`),
        ne(institutions.id, institutionId ?? ''),
      ),
    );
  const refusal = admissionRefusal(
    { ...place, licensed, on: clock.day },
    plans.map((plan) => ({ ...plan, items: items.filter(({ planId }) => planId === plan.id) })),
    operating,
  );
  if (refusal !== null)
    refuse(refusal.code, `registration.${refusal.field}`, refusal.field === 'licence' ? noLicence : undefined);
}

const noLicence = {
  en: 'An institution needs a practice licence that is valid today.',
  zh: '机构须持有当日有效的执业许可证。',
};
