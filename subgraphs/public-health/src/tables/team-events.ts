import { sql, type SQL } from 'drizzle-orm';

/** Whose services, done on which days, both ends inclusive. */
export interface TeamDays {
  readonly teamId: string;
  readonly from: string;
  readonly to: string;
}

/** The statement that lists the services of a team in some days: resident and number. */
export function eventsOfTeam({ teamId, from, to }: TeamDays): SQL {
  return sql`
    select e.resident_id, e.no from fulfilment_tasks t
    join fulfilment_events e on e.resident_id = t.resident_id and e.task_no = t.no
    where t.team_id = ${teamId} and e.at >= ${`${from}T00:00:00+08:00`}::timestamptz
      and e.at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`;
}
