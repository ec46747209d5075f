import { actsFor, compositeKey, createFaults, governs, refuse, type Write, type Written } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import { incentiveAmount } from '../rules/fund-split.ts';
import { forgoesIncentive } from '../rules/fulfilment-sample.ts';
import type { PeriodRange } from '../rules/period-range.ts';
import type { CalculateTeamIncentiveInput } from '../schema-types.ts';
import { teamIncentives } from '../tables/contract.ts';
import { inspections } from '../tables/oversight.ts';
import { finishedQuarter } from './checks.ts';
import { policyOf } from './contract-place.ts';
import { lockTeam } from './team-of.ts';

/**
 * Works out the incentive of a team and quarter: so many yuan for each pregnancy and elderly package that came into force, less those
 * of contracts ended within 30 days, in the quarter of their end; none below 70 % truth (domain.md 3.9.1, 3.8.7, 3.23).
 */
export async function calculateTeamIncentive(input: CalculateTeamIncentiveInput, write: Write): Promise<Written> {
  const { teamId, period } = input;
  const { team, regionCode } = await lockTeam(write, teamId);
  const { caller } = write;
  const isHospital = caller.role === 'INST_ADMIN' && actsFor(caller, team.institutionId);
  if (!isHospital && !governs(caller, regionCode)) refuse('FORBIDDEN', 'teamId', own.who);
  const faults = createFaults();
  const quarter = finishedQuarter(faults, period, write.clock.day);
  faults.throwIfAny();
  const key = and(eq(teamIncentives.teamId, teamId), eq(teamIncentives.period, period));
  const [stored] = await write.tx.select().from(teamIncentives).where(key).for('update');
  if (stored !== undefined && stored.paidOn !== null) refuse('INVALID_TRANSITION', 'period', own.paid);

  const { prenatal, elderly } = await signingsOf(write, teamId, quarter);
  const { incentiveUnit: unit } = await policyOf(write, regionCode);
  const earned = incentiveAmount(unit, prenatal, elderly);
  const amount = (await isForgone(write, input)) ? '0.00' : earned;
  const row = { prenatalSignings: prenatal, elderlySignings: elderly, unit, amount };
  await write.tx
    .insert(teamIncentives)
    .values({ teamId, period, ...row })
    .onConflictDoUpdate({ target: [teamIncentives.teamId, teamIncentives.period], set: row });
  const kind = stored === undefined ? 'CREATED' : 'UPDATED';
  const id = compositeKey(teamId, period);
  write.change({ type: 'TeamIncentive', id, kind, payload: { teamId, period, ...row } });
  return { id };
}

interface Signings {
  readonly prenatal: number;
  readonly elderly: number;
}

async function signingsOf({ tx }: Write, teamId: string, { from, to }: PeriodRange): Promise<Signings> {
  const rows = await tx.execute<{ kind: string; signings: number }>(sql`
    select s.kind, (count(*) filter (where c.valid_from between ${from}::date and ${to}::date)
      - count(*) filter (where c.terminated_on between ${from}::date and ${to}::date
        and c.terminated_on - c.valid_from <= 30))::integer as signings
    from service_contracts c join service_packages s on s.code = any(c.package_codes)
    where c.team_id = ${teamId} and s.kind in ('PREGNANCY', 'ELDERLY')
      and c.status in ('ACTIVE', 'SUSPENDED', 'EXPIRED', 'RENEWED', 'TERMINATED')
      and (c.terminated_on is null or c.terminated_on >= c.valid_from)
      and (c.valid_from between ${from}::date and ${to}::date or c.terminated_on between ${from}::date and ${to}::date)
    group by s.kind`);
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.signings ?? 0;
  return { prenatal: of('PREGNANCY'), elderly: of('ELDERLY') };
}

async function isForgone({ tx }: Write, { teamId, period }: CalculateTeamIncentiveInput): Promise<boolean> {
  const [check] = await tx
    .select({ samples: inspections.samples, truthful: inspections.truthful })
    .from(inspections)
    .where(and(eq(inspections.teamId, teamId), eq(inspections.period, period)));
  return forgoesIncentive(check?.truthful ?? 0, check?.samples ?? 0);
}

const own = {
  who: {
    en: 'Only the hospital’s administrators or the health commission may do this.',
    zh: '仅本机构管理者或卫生健康行政部门可操作。',
  },
  paid: { en: 'The incentive has been paid.', zh: '该激励已发放。' },
};
