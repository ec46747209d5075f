import { createKeyRing, openDatabase, parseDataKeys, type Database } from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import { fastify } from 'fastify';
import type { RegionPlace } from '../world.ts';

/** The same answers from SQL written by hand, without GraphQL: what a careful programmer would write for these two questions. */
export async function serveHandWrittenSql(region: RegionPlace): Promise<string> {
  const keys = createKeyRing(parseDataKeys(region.dataKeys));
  const open = async (name: string): Promise<Database['sql']> =>
    (await openDatabase({ url: region.databases[name] ?? '' })).sql;
  const institutions = await open('institutions');
  const personnel = await open('personnel');
  const insurance = await open('insurance');
  const publicHealth = await open('public-health');
  const app = fastify();
  app.post<{ Body: { query: string; variables?: { id: string; year: number } } }>('/graphql', async (request) => {
    const { query, variables } = request.body;
    if (variables === undefined || query.startsWith('query Page')) return { data: { institutions: await page() } };
    return { data: { resident: await atTheDesk(variables.id, variables.year) } };
  });

  async function page(): Promise<object> {
    const rows = await institutions`
      select i.id, i.name, i.level, i.status, r.code, r.name as region_name
      from institutions i join regions r on r.code = i.region_code order by i.id limit 201`;
    const shown = rows.slice(0, 200);
    const counts = await personnel`
      select employment_used_at_id as id, count(*)::integer as n from practitioners
      where employment_used_at_id = any(${shown.map(({ id }) => String(id))}) and status = 'ACTIVE' group by 1`;
    const countOf = new Map(counts.map(({ id, n }) => [id, n]));
    const nodes = shown.map(({ id, name, level, status, code, region_name }) => {
      return { id, name, level, status, region: { code, name: region_name }, staffCount: countOf.get(id) ?? 0 };
    });
    return { nodes, pageInfo: { hasNextPage: rows.length > 200 } };
  }

  async function atTheDesk(id: string, year: number): Promise<object> {
    const [own, care, money] = await Promise.all([record(id), referrals(id), benefits(id, year)]);
    const { contract, resident, followUp } = own;
    const people = await team(String(contract?.['team_id']), String(contract?.['family_doctor_id']));
    const [hospital] = await institutions`select name from institutions where id = ${people.institutionId}`;
    const active = contract !== undefined;
    return {
      name: keys.open(resident['name']),
      sex: resident['sex'],
      age: resident['age'],
      contractStatus: active ? 'ACTIVE' : 'NONE',
      activePackageKinds: contract?.['kinds'] ?? [],
      contract: {
        validFrom: contract?.['valid_from'],
        validTo: contract?.['valid_to'],
        familyDoctor: {
          name: people.doctor,
          titleLevel: people.titleLevel,
          primaryInstitution: { name: hospital?.['name'] },
        },
        team: { name: people.team, leader: { name: people.leader } },
      },
      careTeam: people.members,
      followUps: { nodes: [followUp] },
      referrals: care,
      coverage: money.coverage,
      outpatientCap: active ? money.caps.withContract : money.caps.withoutContract,
      accumulator: money.accumulator,
    };
  }

  async function record(id: string) {
    const [[resident], [contract], [last]] = await Promise.all([
      publicHealth`select name, sex, date_part('year', age('2024-12-31'::date, birth_date))::integer as age from residents where id = ${id}`,
      publicHealth`
        select c.valid_from, c.valid_to, c.family_doctor_id, c.team_id,
          (select array_agg(distinct s.kind order by s.kind) from service_packages s where s.code = any(c.package_codes)) as kinds
        from service_contracts c
        where c.resident_id = ${id} and c.valid_from <= '2024-12-31' and coalesce(c.terminated_on, c.valid_to) >= '2024-12-31'
        order by c.valid_from desc limit 1`,
      publicHealth`select kind, at, classification, measurements, next_due from follow_ups where resident_id = ${id} order by at desc, no desc limit 1`,
    ]);
    if (resident === undefined) throw new TypeError(`no resident ${id}`);
    if (last === undefined) throw new TypeError(`no follow-up of ${id}`);
    const { display, displayEn } = codeOf('VS-39', String(last['classification']));
    const measurements = (last['measurements'] as { kind: string; value: string; unit: string }[]).map(
      ({ kind, value, unit }) => ({ kind, value, unit }),
    );
    const at = `${String(last?.['at']).replace(' ', 'T')}:00`;
    const followUp = {
      kind: last?.['kind'],
      at,
      classification: { display, displayEn },
      measurements,
      nextDue: last?.['next_due'],
    };
    return { resident, contract, followUp };
  }

  async function referrals(id: string): Promise<object> {
    const openStatuses = ['SUBMITTED', 'ACCEPTED', 'SCHEDULED', 'ARRIVED', 'IN_TREATMENT', 'DOWN_PROPOSED'];
    const rows = await institutions`
      select r.form_no as no, r.status, r.direction, i.name, count(*) over () as n from referrals r join institutions i on i.id = r.to_id
      where r.resident_id = ${id} and r.status = any(${openStatuses}) order by r.resident_id, r.no limit 1`;
    const nodes = rows.map(({ no, status, direction, name }) => ({ no, status, direction, to: { name } }));
    return { nodes, totalCount: Number(rows[0]?.['n'] ?? 0) };
  }

  async function benefits(id: string, year: number) {
    const [[coverage], [used]] = await Promise.all([
      insurance`
        select c.scheme, c.status, p.caps from coverages c join benefit_plans p on p.key = c.plan_key
        where c.resident_id = ${id} and c.valid_from <= '2024-12-31' and coalesce(c.valid_to, 'infinity') >= '2024-12-31' and c.status = 'VALID'
        order by c.valid_from desc limit 1`,
      insurance`select outpatient_fund, inpatient_fund, two_disease_fund, admissions from accumulators where resident_id = ${id} and no = ${year}`,
    ]);
    const caps = coverage?.['caps'] as { outpatient: string; contractIncrease: string };
    const sum = (Number(caps.outpatient) + Number(caps.contractIncrease)).toFixed(2);
    return {
      coverage: { scheme: coverage?.['scheme'], status: coverage?.['status'] },
      caps: { withoutContract: Number(caps.outpatient).toFixed(2), withContract: sum },
      accumulator: {
        outpatientFund: used?.['outpatient_fund'],
        inpatientFund: used?.['inpatient_fund'],
        twoDiseaseFund: used?.['two_disease_fund'],
        admissions: used?.['admissions'],
      },
    };
  }

  async function team(teamId: string, doctorId: string) {
    const [[head], members] = await Promise.all([
      personnel`
        select t.name as team, l.name as leader, d.name as doctor, d.title_level, d.primary_institution_id
        from family_doctor_teams t join practitioners l on l.id = t.leader_id, practitioners d where t.id = ${teamId} and d.id = ${doctorId}`,
      personnel`
        select m.duty, p.name from team_memberships m join practitioners p on p.id = m.practitioner_id where m.team_id = ${teamId} order by m.no`,
    ]);
    return {
      team: head?.['team'],
      leader: head?.['leader'],
      doctor: head?.['doctor'],
      titleLevel: head?.['title_level'],
      institutionId: String(head?.['primary_institution_id']),
      members: members.map(({ duty, name }) => ({ duty, practitioner: { name } })),
    };
  }

  return app.listen({ host: '127.0.0.1', port: 0 });
}
