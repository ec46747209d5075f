import { createFaults, refuse, stableId, type Write, type Written } from '@hutong/kit';
import { eq, inArray, sql } from 'drizzle-orm';
import { monthBefore, periodBounds, type PeriodBounds } from '../rules/period.ts';
import { supervisionAlerts as alertsOf, type RaisedAlert, type SupervisionMeasure } from '../rules/supervision.ts';
import { institutions } from '../tables/place.ts';
import { supervisionAlertCauses, supervisionAlerts } from '../tables/planning.ts';
import { storedMeasures, toldMeasures, type StoredMeasure } from './supervision-measures.ts';

/** Which month to raise alerts of. */
export interface RaiseAlertsInput {
  /** A month that has ended, `2024-03`; the last one when absent. */
  readonly period?: string;
}

/**
 * Raises the alerts of a month 监管预警 (domain.md 3.20): from the stored rows, each with the rows that caused it, and from what insurance told of
 * the providers' months. Run by the system once a month; run again it raises only what was not raised before: once for each rule, institution
 * and period. The notes tell how many were raised.
 */
export async function raiseSupervisionAlerts(input: RaiseAlertsInput, write: Write): Promise<Written> {
  const period = input.period ?? monthBefore(write.clock.day);
  const month = checkedMonth(period, write);
  await write.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`supervision ${period}`}, 0))`);
  const measured = await measureAll(month, write);
  const groups = await groupsOf([...measured.keys()], write);
  const before = await raisedBefore(period, write);
  const raised = [...measured].flatMap(([institutionId, measures]) =>
    alertsOf(
      { institutionId, group: groups.get(institutionId) ?? 'HOSPITAL', period, measures },
      before.get(institutionId) ?? new Set(),
    ),
  );
  await insertAlerts(raised, write);
  for (const measure of storedMeasures) await insertCauses(measure, { raised, month }, write);
  return { id: period, notes: { raised: raised.length } };
}

function checkedMonth(period: string, { caller, clock }: Write): PeriodBounds {
  const bounds = /^\d{4}-\d{2}$/.test(period) ? periodBounds(period) : undefined;
  const faults = createFaults();
  faults.expect(caller.role === 'SYSTEM', 'FORBIDDEN', '');
  const ended = bounds !== undefined && Date.parse(bounds.until) <= Date.parse(clock.instant);
  faults.expect(ended, 'VALIDATION_FAILED', 'period', {
    en: 'A month that has ended is needed.',
    zh: '须为已结束的月份。',
  });
  faults.throwIfAny();
  return bounds ?? refuse('VALIDATION_FAILED', 'period');
}

async function measureAll(
  month: PeriodBounds,
  { tx }: Write,
): Promise<ReadonlyMap<string, readonly SupervisionMeasure[]>> {
  const found = new Map<string, SupervisionMeasure[]>();
  for (const { ruleId, measure } of [...storedMeasures, ...toldMeasures]) {
    const rows = await tx.execute<{ institution_id: string; part: string; whole: string }>(sql`
      select institution_id, part::text, whole::text from (${measure(month)}) measured order by 1`);
    for (const { institution_id: id, part, whole } of rows)
      found.set(id, [...(found.get(id) ?? []), { ruleId, part, whole }]);
  }
  return found;
}

async function groupsOf(ids: readonly string[], { tx }: Write): Promise<ReadonlyMap<string, 'HOSPITAL' | 'PRIMARY'>> {
  const rows = await tx
    .select({ id: institutions.id, isPrimaryCare: institutions.isPrimaryCare })
    .from(institutions)
    .where(inArray(institutions.id, [...ids]));
  return new Map(rows.map(({ id, isPrimaryCare }) => [id, isPrimaryCare ? 'PRIMARY' : 'HOSPITAL']));
}

async function raisedBefore(period: string, { tx }: Write): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await tx
    .select({ id: supervisionAlerts.institutionId, ruleId: supervisionAlerts.ruleId })
    .from(supervisionAlerts)
    .where(eq(supervisionAlerts.period, period));
  const found = new Map<string, Set<string>>();
  for (const { id, ruleId } of rows) found.set(id, (found.get(id) ?? new Set()).add(ruleId));
  return found;
}

async function insertAlerts(raised: readonly RaisedAlert[], write: Write): Promise<void> {
  const at = write.clock.instant;
  for (let start = 0; start < raised.length; start += batchSize)
    await write.tx
      .insert(supervisionAlerts)
      .values(
        raised
          .slice(start, start + batchSize)
          .map((alert) => ({ ...alert, id: idOf(alert), raisedAt: at, status: 'OPEN' as const, updatedAt: at })),
      );
  for (const alert of raised) {
    const { institutionId, ruleId, period } = alert;
    const id = idOf(alert);
    const payload = { institutionId, ruleId, period, status: 'OPEN', version: 1 };
    write.change({ type: 'SupervisionAlert', id, kind: 'CREATED', payload });
    write.step({ type: 'SupervisionAlert', id, from: null, to: 'OPEN' });
  }
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const batchSize = 1000;

async function insertCauses(
  { ruleId, causeType, causes }: StoredMeasure,
  { raised, month }: { readonly raised: readonly RaisedAlert[]; readonly month: PeriodBounds },
  { tx }: Write,
): Promise<void> {
  const ids = raised.filter((alert) => alert.ruleId === ruleId).map(idOf);
  if (ids.length === 0) return;
  await tx.execute(sql`
    insert into ${supervisionAlertCauses} (alert_id, seq, type, resident_id, no)
    select a.id, row_number() over (partition by a.id order by c.at, c.resident_id, c.no), ${causeType}, c.resident_id, c.no
    from (${causes(month)}) c join ${supervisionAlerts} a on a.institution_id = c.institution_id
    where a.id = any(${sql.param(ids)}::text[])`);
}

function idOf({ institutionId, ruleId, period }: RaisedAlert): string {
  return stableId('sa', institutionId, ruleId, period);
}
