import { actsFor, createFaults, numberOfOwn, type Faults, type Write, type Written } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq, inArray } from 'drizzle-orm';
import { normaliseIcd10 } from '../rules/icd10.ts';
import type { CreateReferralInput } from '../schema-types.ts';
import { encounters } from '../tables/encounter.ts';
import { departments } from '../tables/place.ts';
import { referralEpisodes } from '../tables/referral.ts';
import { careDocuments } from '../tables/report.ts';
import { expectOpen, texts as commonTexts } from './checks.ts';
import { openEpisode } from './referral-episode.ts';
import { openReferral, publicIdOf } from './referral-record.ts';
import { scopeBetween, type ReferralEnds } from './referral-scope.ts';
import { expectLiving } from './residents.ts';

/** Makes a draft: consent recorded, diagnosis present (domain.md 3.4.1). */
export async function createReferral(input: CreateReferralInput, write: Write): Promise<Written> {
  const { caller } = write;
  const { residentId } = input;
  const faults = createFaults();
  const { from, scope } = await checkEnds(input, write, faults);
  const links = await checkLinks(input, write, faults);
  await expectLiving(residentId, 'residentId', write, faults);
  checkForm(input, write, faults);
  faults.throwIfAny();

  const { diagnosis } = input;
  const referral = await openReferral(
    write,
    {
      residentId,
      episodeNo: links.episodeNo ?? (await openEpisode(residentId, write)),
      direction: input.direction,
      scope,
      fromId: input.fromId,
      toId: input.toId,
      toDepartmentId: input.toDepartmentId ?? null,
      reason: input.reason,
      reasonText: input.reasonText ?? null,
      diagnosis: {
        rank: diagnosis.rank,
        icd10: diagnosis.code,
        kind: diagnosis.kind,
        tcmCode: diagnosis.tcmCode ?? null,
      },
      urgency: input.urgency,
      status: 'DRAFT',
      referrerId: input.referrerId ?? caller.practitionerId ?? '',
      referrerName: input.referrerName ?? caller.name ?? '',
      fromEncounterNo: links.fromEncounterNo ?? null,
      consentId: input.consentId ?? '',
    },
    from?.regionCode ?? '',
  );
  await attach(input, referral.no, write);
  return { id: publicIdOf(referral) };
}

/** Both institutions are open, differ, and the caller belongs to the referring one. */
async function checkEnds(input: CreateReferralInput, write: Write, faults: Faults): Promise<ReferralEnds> {
  const ends = await scopeBetween(write, input);
  const { from, to } = ends;
  expectOpen(faults, from, 'fromId');
  expectOpen(faults, to, 'toId');
  faults.expect(actsFor(write.caller, input.fromId), 'FORBIDDEN', 'fromId', texts.ownInstitution);
  faults.expect(input.fromId !== input.toId, 'VALIDATION_FAILED', 'toId', texts.samePlace);
  return ends;
}

/** What else the form needs: consent, a known diagnosis, who refers. */
function checkForm(input: CreateReferralInput, { caller }: Write, faults: Faults): void {
  faults.expect((input.consentId ?? '').startsWith('co_'), 'CONSENT_REQUIRED', 'consentId');
  faults.expect(isDiagnosisCode(input.diagnosis.code), 'VALIDATION_FAILED', 'diagnosis.code', commonTexts.unknownCode);
  faults.expect(
    (input.referrerId ?? caller.practitionerId) !== undefined,
    'VALIDATION_FAILED',
    'referrerId',
    texts.referrer,
  );
  faults.expect((input.referrerName ?? caller.name) !== undefined, 'VALIDATION_FAILED', 'referrerName', texts.referrer);
}

function isDiagnosisCode(code: string): boolean {
  return normaliseIcd10(code) !== undefined && hasCode('ICD-10', code);
}

interface ReferralLinks {
  readonly fromEncounterNo: number | undefined;
  readonly episodeNo: number | undefined;
}

/** Everything the form points to is there, and the same resident's. */
async function checkLinks(input: CreateReferralInput, { tx }: Write, faults: Faults): Promise<ReferralLinks> {
  const { residentId, fromEncounterId, episodeId, toDepartmentId, documentIds } = input;
  const fromEncounterNo = numberOfOwn('en', residentId, fromEncounterId ?? '');
  const episodeNo = numberOfOwn('re', residentId, episodeId ?? '');
  const documentNos = (documentIds ?? []).map((id) => numberOfOwn('cd', residentId, id) ?? 0);
  if (fromEncounterId) {
    const [encounter] = await tx
      .select({ institutionId: encounters.institutionId })
      .from(encounters)
      .where(and(eq(encounters.residentId, residentId), eq(encounters.no, fromEncounterNo ?? 0)));
    faults.expect(encounter?.institutionId === input.fromId, 'NOT_FOUND', 'fromEncounterId');
  }
  if (episodeId) {
    const [episode] = await tx
      .select({ closed: referralEpisodes.closed })
      .from(referralEpisodes)
      .where(and(eq(referralEpisodes.residentId, residentId), eq(referralEpisodes.no, episodeNo ?? 0)));
    faults.expect(episode !== undefined, 'NOT_FOUND', 'episodeId');
    faults.expect(episode?.closed !== true, 'INVALID_TRANSITION', 'episodeId', texts.closedEpisode);
  }
  if (toDepartmentId) {
    const [department] = await tx
      .select({ institutionId: departments.institutionId })
      .from(departments)
      .where(eq(departments.id, toDepartmentId));
    faults.expect(department?.institutionId === input.toId, 'NOT_FOUND', 'toDepartmentId');
  }
  if (documentNos.length === 0) return { fromEncounterNo, episodeNo };
  const documents = await tx
    .select({ no: careDocuments.no })
    .from(careDocuments)
    .where(and(eq(careDocuments.residentId, residentId), inArray(careDocuments.no, documentNos)));
  const known = new Set(documents.map(({ no }) => no));
  documentNos.forEach((no, index) => faults.expect(known.has(no), 'NOT_FOUND', `documentIds.${index}`));
  return { fromEncounterNo, episodeNo };
}

async function attach(
  { residentId, documentIds }: CreateReferralInput,
  referralNo: number,
  { tx }: Write,
): Promise<void> {
  const nos = (documentIds ?? []).flatMap((id) => numberOfOwn('cd', residentId, id) ?? []);
  if (nos.length === 0) return;
  await tx
    .update(careDocuments)
    .set({ referralNo })
    .where(and(eq(careDocuments.residentId, residentId), inArray(careDocuments.no, nos)));
}

const texts = {
  ownInstitution: { en: 'Only people of the referring institution may refer.', zh: '仅转出机构的人员可发起转诊。' },
  samePlace: { en: 'The receiving institution must be another one.', zh: '转入机构须不同于转出机构。' },
  referrer: { en: 'A caller who is no physician must name the one who refers.', zh: '非医师身份须填写转诊医师。' },
  closedEpisode: { en: 'The episode is closed; begin a new one.', zh: '该转诊闭环已结束，请新建。' },
};
