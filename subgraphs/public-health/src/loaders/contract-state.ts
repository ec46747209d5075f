import { getTableColumns, sql } from 'drizzle-orm';
import { compositeKey, type Query } from '@hutong/kit';
import type { ContractStatus, PackageKind } from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { keyColumns, textList } from './key-columns.ts';

/** How a resident stands with the family-doctor contract on a day. */
export interface ContractState {
  readonly status: ContractStatus;
  /** The contract in force on the day. */
  readonly contract: ServiceContractRow | null;
  readonly packageKinds: readonly PackageKind[];
}

const properties = Object.keys(getTableColumns(serviceContracts));
const columns = sql.join(
  Object.values(getTableColumns(serviceContracts)).map((column) => sql`${column}`),
  sql`, `,
);

/** Whose state on which day. */
export interface ContractStateAsk {
  readonly residentId: string;
  readonly day: string;
}

/** Key of {@link loadContractStates}. */
export function contractStateKey({ residentId, day }: ContractStateAsk): string {
  return compositeKey(residentId, day);
}

/**
 * The state of residents on days, in one statement: the contract in force, else the last one signed. A contract covers
 * its days up to and including terminatedOn (domain.md 3.23 on 3.1.4a); an ACTIVE one past validTo
 * reads EXPIRED, and a confirmed one whose day has come is in force, even before the timer has said so.
 */
export async function loadContractStates(
  keys: readonly string[],
  query: Query,
): Promise<ReadonlyMap<string, ContractState>> {
  const [residentIds = [], days = []] = keyColumns(keys, 2);
  const rows = await query(sql`
    select k.key, service_contracts.in_force, p.kinds, ${columns}
    from unnest(${textList(keys)}, ${textList(residentIds)},
      ${textList(days)}::date[]) as k(key, resident_id, day)
    cross join lateral (
      select service_contracts.*,
        valid_from <= k.day and k.day <= coalesce(terminated_on, valid_to)
          and (status in ('ACTIVE', 'EXPIRED', 'RENEWED', 'TERMINATED')
            or (status = 'PENDING_CONFIRM' and confirmed_at is not null)) as in_force
      from service_contracts
      where service_contracts.resident_id = k.resident_id and signed_on <= k.day
      order by in_force desc, valid_from desc, no desc
      limit 1
    ) service_contracts
    left join lateral (
      select array_agg(distinct s.kind order by s.kind) as kinds
      from service_packages s
      where service_contracts.in_force and s.code = any(service_contracts.package_codes)
    ) p on true`);
  return new Map(rows.map((row) => [String(row[0]), toState(row)]));
}

function toState(row: readonly unknown[]): ContractState {
  const [, inForce, kinds, ...values] = row;
  // The select list is the table's own columns in their order.
  const contract = Object.fromEntries(
    properties.map((property, index) => [property, values[index]]),
  ) as ServiceContractRow;
  if (inForce === true) return { status: 'ACTIVE', contract, packageKinds: (kinds ?? []) as PackageKind[] };
  const status = contract.status === 'ACTIVE' ? 'EXPIRED' : contract.status;
  return { status, contract: null, packageKinds: [] };
}
