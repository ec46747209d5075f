import { createFaults, encodeOwnedId, expectBounds, nextNo, numberOfOwn, type Write, type Written } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import type { RecordDocumentInput } from '../schema-types.ts';
import { careDocuments } from '../tables/report.ts';
import { encounterOf, expectCode, expectOwnPlace, expectPast, expectText } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { expectResident } from './residents.ts';

/** Puts a document into the index; its content lies elsewhere, and the hash tells whether it is still the same. */
export async function recordDocument(input: RecordDocumentInput, write: Write): Promise<Written> {
  expectBounds(input, { storageUri: LONGEST_ADDRESS });
  const { tx, caller, clock } = write;
  const { residentId, institutionId, type } = input;
  const sha256 = input.sha256.toLowerCase();
  const faults = createFaults();
  const places = await institutionsById(write, [institutionId]);
  expectOwnPlace(places.get(institutionId), { id: institutionId, path: 'institutionId' }, write, faults);
  await expectResident(residentId, 'residentId', write, faults);
  expectCode('VS-27', { code: type, path: 'type' }, faults);
  expectPast(input.createdAt, 'createdAt', write, faults);
  expectText(input.title, 'title', faults);
  faults.expect(/^[0-9a-f]{64}$/.test(sha256), 'VALIDATION_FAILED', 'sha256', texts.hash);
  faults.expect(isAddress(input.storageUri), 'VALIDATION_FAILED', 'storageUri', texts.address);
  faults.expect((input.authorId ?? 'pr_').startsWith('pr_'), 'NOT_FOUND', 'authorId');
  const encounterNo = numberOfOwn('en', residentId, input.encounterId ?? '');
  const encounter = await encounterOf(write, residentId, encounterNo);
  if (input.encounterId) faults.expect(encounter?.institutionId === institutionId, 'NOT_FOUND', 'encounterId');
  const no = await nextNo(write, careDocuments, residentId);
  const same = and(
    eq(careDocuments.residentId, residentId),
    eq(careDocuments.type, type),
    eq(careDocuments.sha256, sha256),
  );
  const known = await tx.select({ no: careDocuments.no }).from(careDocuments).where(same);
  faults.expect(known.length === 0, 'VALIDATION_FAILED', 'sha256', texts.known);
  faults.throwIfAny();

  await tx.insert(careDocuments).values({
    residentId,
    no,
    type,
    encounterNo: encounterNo ?? null,
    institutionId,
    authorId: input.authorId ?? caller.practitionerId ?? null,
    createdAt: input.createdAt ?? clock.instant,
    title: input.title ?? null,
    sha256,
    storageUri: input.storageUri,
    confidentiality: input.confidentiality,
  });
  const id = encodeOwnedId('cd', residentId, no);
  write.change({ type: 'CareDocument', id, kind: 'CREATED', residentId, payload: { institutionId, version: 1 } });
  return { id };
}

const LONGEST_ADDRESS = 1_000;

function isAddress(text: string): boolean {
  return URL.canParse(text) && ['https:', 's3:', 'file:'].includes(new URL(text).protocol);
}

const texts = {
  hash: { en: 'A SHA-256 has 64 hexadecimal digits.', zh: 'SHA-256 须为 64 位十六进制数。' },
  address: { en: 'The address has the scheme https, s3 or file.', zh: '存储位置须为 https、s3 或 file 地址。' },
  known: { en: 'The index has this document already.', zh: '该文档已登记。' },
};
