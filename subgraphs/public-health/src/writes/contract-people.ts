import { mergedInto as mergedText, refuse, type Write } from '@hutong/kit';
import { asc, inArray, sql } from 'drizzle-orm';
import { POSTPARTUM_DAYS } from '../rules/maternal-care.ts';
import type { ChronicDisease } from '../schema-types.ts';
import { residents, type ResidentRow } from '../tables/resident.ts';

/** A resident as contracts need one. */
export interface Person extends Pick<ResidentRow, keyof typeof personColumns> {
  /** The record that this one was merged into, as long as that holds. */
  readonly mergedInto: string | null;
}

const personColumns = {
  id: residents.id,
  sex: residents.sex,
  birthDate: residents.birthDate,
  regionCode: residents.regionCode,
  residentType: residents.residentType,
  householdId: residents.householdId,
  guardianId: residents.guardianId,
  vulnerability: residents.vulnerability,
  inCareHome: residents.inCareHome,
  focusGroups: residents.focusGroups,
  status: residents.status,
  deathDate: residents.deathDate,
};

const mergedInto = sql<string | null>`(select l.surviving_id from resident_links l
  where l.resident_id = ${residents.id} and l.ended_at is null)`;

/** Refuses for a record that was merged, and says into which one. */
export function expectStanding(person: Person, path: string): void {
  if (person.mergedInto !== null) refuse('INVALID_TRANSITION', path, mergedText(person.mergedInto));
}

/**
 * The residents of these ids, by id, locked until the write ends, always in the order of their ids: contracts and tasks of a resident
 * are written one after the other.
 */
export async function lockPeople({ tx }: Write, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = await tx
    .select({ ...personColumns, mergedInto })
    .from(residents)
    .where(inArray(residents.id, [...new Set(ids)]))
    .orderBy(asc(residents.id))
    .for('no key update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the health records say that target groups of packages ask for. */
export interface Health {
  readonly isPregnant: boolean;
  readonly inKindergarten: boolean;
  readonly diseases: readonly ChronicDisease[];
}

/**
 * The health of residents, by id, in one statement (domain.md 3.8.4); a maternal record that nobody closed stays open for 42 days after
 * the delivery, or after the day on which it was expected.
 */
export async function healthOf({ tx, clock }: Write, ids: readonly string[]): Promise<ReadonlyMap<string, Health>> {
  const { day } = clock;
  const rows = await tx.execute<Health & Record<'id', string> & Record<string, unknown>>(sql`
    select r.id,
      exists (select from maternal_records m where m.resident_id = r.id and m.status <> 'CLOSED'
        and coalesce(m.delivered_on, m.edd) + ${POSTPARTUM_DAYS}::integer >= ${day}::date) as "isPregnant",
      exists (select from child_records c where c.resident_id = r.id and c.kindergarten is not null) as "inKindergarten",
      array(select e.disease from chronic_enrollments e where e.resident_id = r.id and e.status = 'ACTIVE') as diseases
    from unnest(${sql.param(ids)}::text[]) as r(id)`);
  return new Map(rows.map((row) => [row.id, row]));
}
