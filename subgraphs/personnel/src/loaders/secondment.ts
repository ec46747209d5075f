import type { Query, Read } from '@hutong/kit';
import { sql, type SQL } from 'drizzle-orm';
import type { SecondmentKind } from '../schema-types.ts';
import { secondments, secondmentTargets } from '../tables/secondment.ts';
import type { Days } from '../rules/calendar.ts';
import { meetsTarget } from '../rules/secondment.ts';
import { perArgument, requireDays } from './period.ts';

/** How secondments of one kind, or of all, stand in a period. */
export interface ComplianceRow {
  readonly kind: SecondmentKind | null;
  readonly period: string;
  readonly total: number;
  readonly compliant: number;
  readonly overSixMonths: number;
  readonly institutionsCovered: number;
  readonly target: number | null;
  readonly targetStrict: boolean | null;
  readonly met: boolean | null;
}

/** Reads of secondments. */
export const secondmentLoaders = (read: Read) => ({
  secondment: read.byKey(secondments, 'id'),
  secondments: read.page(secondments, 'id'),
  secondmentsTo: read.pageBy(secondments, 'toId', 'id'),
  secondmentsFrom: read.pageBy(secondments, 'fromId', 'id'),
  secondmentsOfPractitioner: read.listBy(secondments, 'practitionerId', { orderBy: ['startOn', 'id'] }),
  complianceOfAlliance: perArgument((period) =>
    read.batch((alliances, query) => complianceOfAlliances(alliances, period, query)),
  ),
  complianceOfRegion: (kind: SecondmentKind, regionCode: string, period: string) =>
    complianceOfRegion(kind, regionCode, period, read.query),
});

const counts = sql`
  count(*)::integer,
  (count(*) filter (where ${secondments.compliant}))::integer,
  (count(*) filter (where ${secondments.overSixMonths}))::integer,
  (count(distinct ${secondments.toId}) filter (where ${secondments.compliant}))::integer`;

function runningIn({ from, to }: Days): SQL {
  return sql`${secondments.startOn} <= ${to}::date and coalesce(${secondments.actualEndOn}, ${secondments.plannedEndOn}) >= ${from}::date`;
}

async function complianceOfAlliances(
  alliances: readonly string[],
  period: string,
  query: Query,
): Promise<ReadonlyMap<string, ComplianceRow>> {
  const rows = await query(
    sql`select ${secondments.allianceId}, ${counts} from ${secondments}
        where ${secondments.allianceId} = any(${sql.param([...alliances])}::text[]) and ${runningIn(requireDays(period))}
        group by 1`,
  );
  const noTarget = { kind: null, period, target: null, targetStrict: null, met: null };
  const none = { total: 0, compliant: 0, overSixMonths: 0, institutionsCovered: 0 };
  const found = new Map(rows.map(([alliance, ...numbers]) => [String(alliance), countsOf(numbers)]));
  return new Map(alliances.map((id) => [id, { ...noTarget, ...(found.get(id) ?? none) }]));
}

async function complianceOfRegion(
  kind: SecondmentKind,
  regionCode: string,
  period: string,
  query: Query,
): Promise<ComplianceRow> {
  const days = requireDays(period);
  const [rows, targets] = await Promise.all([
    query(
      sql`select ${counts} from ${secondments}
          where ${secondments.kind} = ${kind} and starts_with(${secondments.regionCode}, ${regionCode}) and ${runningIn(days)}`,
    ),
    query(
      sql`select ${secondmentTargets.target}, ${secondmentTargets.strict} from ${secondmentTargets}
          where ${secondmentTargets.regionCode} = ${regionCode} and ${secondmentTargets.kind} = ${kind}
            and ${secondmentTargets.year} = ${days.to.slice(0, 4)}::integer`,
    ),
  ]);
  const numbers = countsOf(rows[0] ?? []);
  const [target] = targets.map(([value, strict]) => ({ target: Number(value), strict: strict === true }));
  return {
    kind,
    period,
    ...numbers,
    target: target?.target ?? null,
    targetStrict: target?.strict ?? null,
    met: target === undefined ? null : meetsTarget(numbers.compliant, target),
  };
}

function countsOf(numbers: readonly unknown[]) {
  const [total, compliant, overSixMonths, institutionsCovered] = numbers.map(Number);
  return {
    total: total ?? 0,
    compliant: compliant ?? 0,
    overSixMonths: overSixMonths ?? 0,
    institutionsCovered: institutionsCovered ?? 0,
  };
}
