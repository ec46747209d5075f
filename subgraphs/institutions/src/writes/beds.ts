import { createFaults, type Write, type Written } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import type { BedClass, RecordBedsInput } from '../schema-types.ts';
import { bedStats } from '../tables/place.ts';
import { expectOwnPlace } from './care-checks.ts';
import { institutionsById } from './places.ts';

/** States the beds of one class as the institution counts them 上报床位. */
export async function recordBeds(input: RecordBedsInput, write: Write): Promise<Written> {
  const { institutionId, class: bedClass, open, physical, occupied } = input;
  const places = await institutionsById(write, [institutionId]);
  const faults = createFaults();
  expectOwnPlace(places.get(institutionId), { id: institutionId, path: 'institutionId' }, write, faults);
  for (const [path, count] of Object.entries({ open, physical, occupied })) {
    faults.expect(count >= 0, 'VALIDATION_FAILED', path, texts.count);
  }
  faults.throwIfAny();
  const counted = { open, physical, occupied, updatedAt: write.clock.instant };
  const [row] = await write.tx
    .insert(bedStats)
    .values({ institutionId, class: bedClass, ...counted })
    .onConflictDoUpdate({ target: [bedStats.institutionId, bedStats.class], set: counted })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  tellBeds(write, { institutionId, class: bedClass, open, physical, occupied }, row?.isNew === true);
  return { id: institutionId };
}

/** Takes a bed for a stay, or gives it back; a class of which the institution tells no beds stays untold. */
export async function moveBed(
  write: Write,
  { institutionId, bedClass }: { readonly institutionId: string; readonly bedClass: BedClass | null },
  step: 1 | -1,
): Promise<void> {
  if (bedClass === null) return;
  const [row] = await write.tx
    .update(bedStats)
    .set({ occupied: sql`greatest(0, ${bedStats.occupied} + ${step})`, updatedAt: write.clock.instant })
    .where(and(eq(bedStats.institutionId, institutionId), eq(bedStats.class, bedClass)))
    .returning();
  if (row !== undefined) tellBeds(write, row, false);
}

interface Beds {
  readonly institutionId: string;
  readonly class: BedClass;
  readonly open: number;
  readonly physical: number;
  readonly occupied: number;
}

function tellBeds(
  write: Write,
  { institutionId, class: bedClass, open, physical, occupied }: Beds,
  isNew: boolean,
): void {
  write.change({
    type: 'BedStat',
    id: `${institutionId}/${bedClass}`,
    kind: isNew ? 'CREATED' : 'UPDATED',
    payload: { institutionId, class: bedClass, open, physical, occupied },
  });
}

const texts = { count: { en: 'A number of beds is not negative.', zh: '床位数不能为负。' } };
