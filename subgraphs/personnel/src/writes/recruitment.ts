import {
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotPast,
  expectNumber,
  expectVersion,
  lockById,
  newId,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decideRecruitment } from '../rules/recruitment.ts';
import type { FillRecruitmentInput, OpenRecruitmentInput } from '../schema-types.ts';
import { recruitments } from '../tables/headcount.ts';
import { expectCode, note } from './checks.ts';
import { expectOpenOwn, expectOwn, placesById } from './places.ts';

/** Mutations of recruitment 招聘 (S0-17). */
export const recruitmentWrites = (mutation: Mutation) => ({
  openRecruitment: mutation('openRecruitment', openRecruitment),
  fillRecruitment: mutation('fillRecruitment', fillRecruitment),
});

/** Offers posts of an institution. */
async function openRecruitment(input: OpenRecruitmentInput, write: Write): Promise<Written> {
  const { institutionId, specialty, posts, mode, openFrom } = input;
  const openTo = input.openTo ?? null;
  const place = (await placesById(write, [institutionId])).get(institutionId);
  const faults = createFaults();
  expectOpenOwn(faults, write, place, 'institutionId');
  expectCode(faults, 'VS-16', specialty, 'specialty');
  expectNotPast(faults, write, openFrom, 'openFrom');
  expectNumber(faults, posts, 'posts', { least: -Infinity, most: 10_000, places: 0 });
  note(faults, decideRecruitment({ posts, filled: 0, openFrom, openTo }));
  faults.throwIfAny();

  const id = newId('ru');
  const row = {
    institutionId,
    regionCode: place?.regionCode ?? '',
    specialty,
    posts,
    filled: 0,
    mode,
    openFrom,
    openTo,
  };
  await write.tx.insert(recruitments).values({ id, ...row, updatedAt: write.clock.instant });
  write.change({ type: 'Recruitment', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  return { id };
}

/** Tells how many more posts are filled, from the first day of the recruitment on. */
async function fillRecruitment(input: FillRecruitmentInput, write: Write): Promise<Written> {
  const { id } = input;
  const row = await lockById(write, recruitments, id, 'id');
  expectVersion(row, input.version);
  const place = (await placesById(write, [row.institutionId])).get(row.institutionId);
  const faults = createFaults();
  expectOwn(faults, write, [place], 'id');
  faults.expect(row.openFrom === null || row.openFrom <= write.clock.day, 'INVALID_TRANSITION', '', own.notOpen);
  faults.expect(input.filled >= 1, 'VALIDATION_FAILED', 'filled');
  const filled = row.filled + input.filled;
  if (input.filled >= 1) note(faults, decideRecruitment({ ...row, filled }), '', own.full);
  faults.throwIfAny();

  await write.tx
    .update(recruitments)
    .set({ filled, ...advanced(row, write) })
    .where(eq(recruitments.id, id));
  const { institutionId, regionCode, specialty, posts } = row;
  const told = { institutionId, regionCode, specialty, posts, filled, version: row.version + 1 };
  write.change({ type: 'Recruitment', id, kind: 'UPDATED', payload: told });
  return { id };
}

const own = {
  notOpen: { en: 'The recruitment has not begun.', zh: '招聘尚未开始。' },
  full: { en: 'More people than posts offered.', zh: '录用人数超过招聘岗位数。' },
};
