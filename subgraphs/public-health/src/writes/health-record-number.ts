import { refuse, type Write } from '@hutong/kit';
import { inArray, sql } from 'drizzle-orm';
import { residents } from '../tables/resident.ts';

/** The greatest serial of a village: five digits. */
const LAST_SERIAL = 99_999;

/**
 * The next health record number 居民健康档案编号 of a village (domain.md 3.21.3): 9 digits township, 3 village, 5 serial. Numbers are
 * sealed, so their hashes are asked for, nine at a time, one decimal place after the other; who registers in the village waits.
 */
export async function nextHealthRecordNo(write: Write, regionCode: string): Promise<string> {
  await write.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`record numbers ${regionCode}`}, 0))`);
  let taken = 0;
  for (const place of [10_000, 1000, 100, 10, 1]) taken += place * (await countTaken(write, regionCode, taken, place));
  if (taken >= LAST_SERIAL) refuse('CAPACITY_EXCEEDED', 'regionCode');
  return numberOf(regionCode, taken + 1);
}

/** How many of the nine serials after one, a decimal place apart, are taken without a gap. */
async function countTaken(write: Write, regionCode: string, after: number, place: number): Promise<number> {
  const serials = Array.from({ length: 9 }, (_, index) => after + (index + 1) * place);
  const hashes = serials.map((serial) => write.keyedHash(numberOf(regionCode, serial)));
  const { healthRecordNoHash } = residents;
  const rows = await write.tx
    .select({ hash: healthRecordNoHash })
    .from(residents)
    .where(inArray(healthRecordNoHash, hashes));
  const known = new Set(rows.map(({ hash }) => hash));
  const free = hashes.findIndex((hash) => !known.has(hash));
  return free === -1 ? 9 : free;
}

function numberOf(regionCode: string, serial: number): string {
  return `${regionCode}${String(serial).padStart(5, '0')}`;
}
