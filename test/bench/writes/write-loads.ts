import { personaId, resolvePersonas } from '@hutong/gateway';
import { encodeOwnedId, type Sql } from '@hutong/kit';
import type { WriteRegion } from './write-region.ts';

/** One write: on whose behalf, and what. */
export interface WriteRequest {
  /** Persona that asks. */
  readonly caller: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Writes of one kind. */
export interface WriteLoad {
  readonly name: 'settlements' | 'signings' | 'bookings';
  readonly mutation: string;
  /** What is asked of the object written. */
  readonly selection: string;
  /** Refusals that a caller may get here: code and field. */
  readonly refusals: ReadonlySet<string>;
  /** The next one; undefined when there is nothing left to write. */
  next(): WriteRequest | undefined;
}

/** Numbers of encounters that no seeded one has. */
export const firstEncounter = 1_000_000;

const hospital = 'hospital-doctor';

/** Makes what is written ready: nobody has a contract, and the hospital has published its slots. */
export async function openLoads(url: string, region: WriteRegion): Promise<readonly WriteLoad[]> {
  const publicHealth = region.database('public-health').sql;
  const rows = await publicHealth<{ id: string }[]>`select id from residents where status = 'ACTIVE' order by id`;
  const residents = rows.map(({ id }) => id);
  return [
    await settlements(region.database('insurance').sql),
    await signings(publicHealth, residents),
    bookings(await publishSlots(url, region.database('institutions').sql), residents),
  ];
}

/** One of five is for one of ten residents, who then wait for each other. */
async function settlements(sql: Sql): Promise<WriteLoad> {
  const insured = await sql<{ id: string }[]>`
    select distinct resident_id as id from coverages
    where status = 'VALID' and valid_from <= '2024-12-31' and coalesce(valid_to, 'infinity') >= '2024-12-31' order by 1`;
  const [item] = await sql<{ code: string; name: string }[]>`select code, name from price_items order by code limit 1`;
  const line = { kind: 'SERVICE', itemCode: item?.code, name: item?.name, quantity: '1' };
  return {
    name: 'settlements',
    mutation: 'settleClaim',
    selection: 'claim { id settlement { cash } }',
    refusals: new Set(['VALIDATION_FAILED encounterId']),
    next: withRivals('settle', (no) => {
      const residentId = insured[no % 5 === 0 ? (no / 5) % 10 : no % insured.length]?.id ?? '';
      const price = `${10 + (no % 40)}.50`;
      return {
        caller: hospital,
        input: {
          residentId,
          institutionId: institutionOf(hospital),
          encounterId: encodeOwnedId('en', residentId, firstEncounter + no),
          medicalCategory: '11',
          diagnoses: ['I10'],
          serviceDate: '2024-12-31',
          lines: [{ ...line, unitPrice: price, amount: price }],
        },
      };
    }),
  };
}

/** The teams take turns; who signs for the same team waits, so that it takes no more than it can. */
async function signings(sql: Sql, residents: readonly string[]): Promise<WriteLoad> {
  const places = await sql<{ teamId: string; familyDoctorId: string; institutionId: string }[]>`
    select t.id as "teamId", m.member ->> 'practitionerId' as "familyDoctorId", t.institution_id as "institutionId"
    from team_projections t, jsonb_array_elements(t.members) as m (member)
    where m.member ->> 'duty' = 'FAMILY_DOCTOR' and m.member ->> 'to' is null
      and t.institution_id in (select base_institution_id from service_contracts) order by 1, 2`;
  await sql`
    update service_contracts set status = 'TERMINATED', terminated_on = valid_from - 1
    where status in ('DRAFT', 'PENDING_CONFIRM', 'ACTIVE', 'EXPIRED')`;
  let signed = 0;
  return {
    name: 'signings',
    mutation: 'signContract',
    selection: 'serviceContract { id status }',
    refusals: new Set(['ALREADY_CONTRACTED residentId']),
    next: withRivals('sign', (no) => {
      const place = places[no % places.length];
      const residentId = residents[signed];
      signed += 1;
      if (place === undefined || residentId === undefined) return undefined;
      const { institutionId, ...terms } = place;
      return { caller: institutionId, input: { ...terms, residentId, channel: 'PAPER' } };
    }),
  };
}

function bookings(slotIds: readonly string[], residents: readonly string[]): WriteLoad {
  return {
    name: 'bookings',
    mutation: 'bookAppointment',
    selection: 'appointment { id status }',
    refusals: new Set(['SCHEDULE_CONFLICT residentId', 'SLOT_FULL slotId']),
    next: withRivals('book', (no) => {
      const [slotId, residentId] = [slotIds[no % slotIds.length], residents[no % residents.length]];
      return { caller: hospital, input: { slotId, residentId } };
    }),
  };
}

/** Every tenth asks, under a key of its own, for what the one before it has just asked for: one of the two must be refused. */
function withRivals(name: string, make: (no: number) => WriteRequest | undefined): WriteLoad['next'] {
  let no = 0;
  let last: WriteRequest | undefined;
  return () => {
    no += 1;
    if (no % 10 !== 0) last = make(no);
    return last && { ...last, input: { ...last.input, idempotencyKey: `${name}-${no}` } };
  };
}

function institutionOf(persona: string): string {
  return resolvePersonas(personaId).find(({ id }) => id === persona)?.caller.institutionId ?? '';
}

/** The sessions of two days in all departments of the hospital, by its own staff; gives the ids of what can be booked. */
async function publishSlots(url: string, sql: Sql): Promise<readonly string[]> {
  const institutionId = institutionOf(hospital);
  const departments = await sql<{ id: string }[]>`
    select id from departments where institution_id = ${institutionId} order by id`;
  const sessions = ['2025-01-01', '2025-01-02'].flatMap((day) =>
    ['08', '10', '14', '16'].map((hour) => ({
      start: `${day}T${hour}:00:00+08:00`,
      end: `${day}T${hour}:59:00+08:00`,
    })),
  );
  const inputs = departments.flatMap(({ id: departmentId }) =>
    sessions.map((session) => ({ institutionId, departmentId, ...session, places: 60 })),
  );
  const ids: string[] = [];
  for (const input of inputs) {
    const query =
      'mutation ($input: PublishSlotsInput!) { publishSlots(input: $input) { errors { code path } slots { id } } }';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-hutong-persona': hospital },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const answer = Object(await response.json());
    const slots = Object(answer.data).publishSlots?.slots;
    if (!Array.isArray(slots)) throw new Error(`no slots are published: ${JSON.stringify(answer)}`);
    ids.push(...slots.map(({ id }) => id));
  }
  return ids;
}
