import {
  type Faults,
  type Write,
  type Written,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBetween,
  expectSize,
  expectText,
  governs,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, or } from 'drizzle-orm';
import { drawSample } from '../rules/fulfilment-sample.ts';
import type { PeriodRange } from '../rules/period-range.ts';
import type { VerifiedFulfilmentInput, VerifyFulfilmentInput } from '../schema-types.ts';
import { fulfilmentEvents } from '../tables/contract.ts';
import { inspections } from '../tables/oversight.ts';
import { eventsOfTeam } from '../tables/team-events.ts';
import { finishedQuarter } from './checks.ts';
import { lockTeam } from './team-of.ts';
import { texts } from './texts.ts';

const MOST_RESULTS = 5000;

/** Records an inspection: what was found of each service of the sample, once for a team and quarter (domain.md 3.8.7, S3-38). */
export async function verifyFulfilment(input: VerifyFulfilmentInput, write: Write): Promise<Written> {
  expectSize(input.results, MOST_RESULTS, 'results');
  const { team, regionCode } = await lockTeam(write, input.teamId);
  if (!governs(write.caller, regionCode)) refuse('FORBIDDEN', 'teamId', texts.commission);
  const faults = createFaults();
  const quarter = finishedQuarter(faults, input.period, write.clock.day);
  checkTexts(input, faults);
  faults.throwIfAny();
  await expectUnchecked(write, input);
  const sample = await sampleOf(write, input, quarter);
  checkResults(input.results, sample, faults);
  faults.throwIfAny();

  const id = newId('is');
  const truthful = input.results.filter((one) => one.truthful).length;
  const row = { regionCode, teamId: team.id, period: input.period, drawSeed: input.drawSeed };
  const counts = { samples: sample.length, truthful };
  await write.tx.insert(inspections).values({
    id,
    scope: 'CONTRACT',
    institutionId: team.institutionId,
    status: 'CLOSED',
    updatedAt: write.clock.instant,
    ...row,
    ...counts,
    at: write.clock.instant,
    teamSize: input.teamSize,
    unannounced: input.unannounced,
    visitedHouseholds: input.visitedHouseholds ?? null,
    findings: input.findings ?? null,
    advice: input.advice ?? null,
  });
  write.change({ type: 'Inspection', id, kind: 'CREATED', payload: { scope: 'CONTRACT', ...row, ...counts } });
  write.step({ type: 'Inspection', id, from: null, to: 'CLOSED' });
  for (const isTruthful of [true, false]) await mark(write, input.results, isTruthful);
  return { id };
}

async function sampleOf(
  { tx }: Write,
  input: VerifyFulfilmentInput,
  { from, to }: PeriodRange,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ resident_id: string; no: number }>(eventsOfTeam({ teamId: input.teamId, from, to }));
  const ids = rows.map((row) => encodeOwnedId('fe', row.resident_id, row.no));
  return drawSample(ids, input.drawSeed);
}

async function expectUnchecked({ tx }: Write, { teamId, period }: VerifyFulfilmentInput): Promise<void> {
  const [done] = await tx
    .select({ id: inspections.id })
    .from(inspections)
    .where(and(eq(inspections.teamId, teamId), eq(inspections.period, period)));
  if (done !== undefined) refuse('INVALID_TRANSITION', 'period', own.checked);
}

function checkTexts(input: VerifyFulfilmentInput, faults: Faults): void {
  expectText(faults, input.drawSeed, 'drawSeed', 100);
  expectBetween(faults, input.teamSize, [1, 100], 'teamSize');
  expectBetween(faults, input.visitedHouseholds ?? 0, [0, 10_000], 'visitedHouseholds');
  expectText(faults, input.findings, 'findings', 2000);
  expectText(faults, input.advice, 'advice', 2000);
}

/** Each service of the sample once, and no other. */
function checkResults(results: readonly VerifiedFulfilmentInput[], sample: readonly string[], faults: Faults): void {
  const given = results.map(({ eventId }) => eventId);
  given.forEach((id, index) => {
    const isOnce = given.indexOf(id) === index && sample.includes(id);
    faults.expect(isOnce, 'VALIDATION_FAILED', `results.${index}.eventId`, own.notDrawn);
  });
  const missing = sample.filter((id) => !given.includes(id));
  faults.expect(missing.length === 0 && sample.length > 0, 'VALIDATION_FAILED', 'results', own.incomplete);
}

async function mark(write: Write, results: readonly VerifiedFulfilmentInput[], verified: boolean): Promise<void> {
  const keys = results
    .filter(({ truthful }) => truthful === verified)
    .flatMap(({ eventId }) => decodeOwnedId('fe', eventId) ?? []);
  if (keys.length === 0) return;
  const { residentId, no } = fulfilmentEvents;
  await write.tx
    .update(fulfilmentEvents)
    .set({ verified })
    .where(or(...keys.map((key) => and(eq(residentId, key.residentId), eq(no, key.no)))));
  for (const key of keys) {
    const id = encodeOwnedId('fe', key.residentId, key.no);
    const { residentId: owner } = key;
    write.change({ type: 'FulfilmentEvent', id, residentId: owner, kind: 'UPDATED', payload: { verified } });
  }
}

const own = {
  checked: { en: 'The quarter of this team has been checked.', zh: '该团队本季度已核查。' },
  notDrawn: {
    en: 'This service was not drawn, or is given twice; ask for the sample of this seed.',
    zh: '该记录未被抽中或重复，请按此种子重新查询样本。',
  },
  incomplete: {
    en: 'Every service of the sample needs a result; ask for the sample of this seed.',
    zh: '样本中每条记录均须有结果，请按此种子查询样本。',
  },
};
