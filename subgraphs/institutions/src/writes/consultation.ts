import {
  actsFor,
  advanced,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectVersion,
  lockByOwnedId,
  LONGEST_PROSE,
  nextNo,
  numberOfOwn,
  refuse,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { minutesBetween } from '../rules/instant.ts';
import type {
  AnswerRemoteConsultationInput,
  RemoteConsultationKind,
  ReplyConsultationInput,
  RequestRemoteConsultationInput,
  SharedCentreKind,
} from '../schema-types.ts';
import { sharedCentres } from '../tables/capability.ts';
import { encounters } from '../tables/encounter.ts';
import { diagnosticReports, remoteConsultations } from '../tables/report.ts';
import { expectMoney, expectOpenPlace, expectOwnPlace, expectText, practitionerOf } from './care-checks.ts';
import { institutionsById } from './places.ts';
import { expectLiving } from './residents.ts';

/** Mutations of consultations from afar 远程会诊 and online 在线问诊. */
export const consultationWrites = (mutation: Mutation) => ({
  requestRemoteConsultation: mutation('requestRemoteConsultation', requestRemoteConsultation),
  answerRemoteConsultation: mutation('answerRemoteConsultation', answerRemoteConsultation),
  replyConsultation: mutation('replyConsultation', replyConsultation),
});

/** Asks another institution, or the shared centre that serves the asking one. */
async function requestRemoteConsultation(input: RequestRemoteConsultationInput, write: Write): Promise<Written> {
  expectBounds(input, { question: LONGEST_PROSE });
  const { tx, clock } = write;
  const { residentId, kind, requesterId } = input;
  const faults = createFaults();
  const hostId = await checkCentre(input, write, faults);
  const providerId = input.providerId ?? hostId ?? '';
  const places = await institutionsById(write, [requesterId, providerId]);
  expectOwnPlace(places.get(requesterId), { id: requesterId, path: 'requesterId' }, write, faults);
  if (hostId === undefined || input.providerId) expectOpenPlace(places.get(providerId), 'providerId', write, faults);
  faults.expect(providerId !== requesterId, 'VALIDATION_FAILED', 'providerId', texts.self);
  await expectLiving(residentId, 'residentId', write, faults);
  expectText(input.question, 'question', faults);
  expectMoney(input.fee, 'fee', faults);
  const reportNo = numberOfOwn('dr', residentId, input.reportId ?? '') ?? null;
  const report = await reportOf(write, residentId, reportNo);
  if (input.reportId) faults.expect(report?.performedAtId === requesterId, 'NOT_FOUND', 'reportId');
  faults.throwIfAny();

  const no = await nextNo(write, remoteConsultations, residentId);
  const asked = { residentId, no, kind, requesterId, providerId, centreId: input.centreId ?? null, reportNo };
  await tx.insert(remoteConsultations).values({
    ...asked,
    question: input.question,
    requestedAt: clock.instant,
    status: 'REQUESTED',
    fee: input.fee ?? null,
    updatedAt: clock.instant,
  });
  const id = encodeOwnedId('rc', residentId, no);
  write.step({ type: 'RemoteConsultation', id, residentId, from: null, to: 'REQUESTED' });
  const payload = { requesterId, providerId, status: 'REQUESTED', version: 1 };
  write.change({ type: 'RemoteConsultation', id, kind: 'CREATED', residentId, payload });
  return { id };
}

/** The kind of shared centre that reads what is asked; a consultation of physicians needs none. */
const centreKinds: Readonly<Partial<Record<RemoteConsultationKind, SharedCentreKind>>> = {
  IMAGING: 'IMAGING',
  ECG: 'ECG',
  PATHOLOGY: 'PATHOLOGY',
  LAB: 'LAB',
};

/** The centre runs, reads this kind, serves the asking institution and is hosted by the one that is named; gives its host. */
async function checkCentre(
  input: RequestRemoteConsultationInput,
  { tx }: Write,
  faults: Faults,
): Promise<string | undefined> {
  if (!input.centreId) return undefined;
  const [centre] = await tx.select().from(sharedCentres).where(eq(sharedCentres.id, input.centreId));
  faults.expect(centre !== undefined, 'NOT_FOUND', 'centreId');
  if (centre === undefined) return undefined;
  const runs = centre.status === 'IN_OPERATION' && centre.kind === centreKinds[input.kind];
  faults.expect(runs, 'VALIDATION_FAILED', 'centreId', texts.centre);
  faults.expect(centre.servesIds.includes(input.requesterId), 'FORBIDDEN', 'centreId', texts.notServed);
  const hosted = !input.providerId || input.providerId === centre.hostId;
  faults.expect(hosted, 'VALIDATION_FAILED', 'providerId', texts.host);
  return centre.hostId;
}

/** Answers once, by the institution that was asked. */
async function answerRemoteConsultation(input: AnswerRemoteConsultationInput, write: Write): Promise<Written> {
  expectBounds(input, { answer: LONGEST_PROSE });
  const { tx, clock } = write;
  const asked = await lockByOwnedId(write, { table: remoteConsultations, prefix: 'rc' }, input.id, 'id');
  const { residentId, no, providerId, status } = asked;
  if (!actsFor(write.caller, providerId)) refuse('FORBIDDEN', 'id', texts.ownAnswer);
  if (status !== 'REQUESTED' && status !== 'ACCEPTED') refuse('INVALID_TRANSITION', 'id', texts.answered);
  expectVersion(asked, input.version);
  const faults = createFaults();
  const places = await institutionsById(write, [providerId]);
  expectOpenPlace(places.get(providerId), 'id', write, faults);
  expectText(input.answer, 'answer', faults);
  const reportNo = numberOfOwn('dr', residentId, input.reportId ?? '') ?? null;
  const report = await reportOf(write, residentId, reportNo);
  if (input.reportId) {
    const read = report?.performedAtId === providerId || report?.interpretedAtId === providerId;
    faults.expect(read, 'NOT_FOUND', 'reportId');
    faults.expect(!read || report?.status === 'FINAL', 'INVALID_TRANSITION', 'reportId', texts.notFinal);
  }
  faults.throwIfAny();

  const next = advanced(asked, write);
  await tx
    .update(remoteConsultations)
    .set({
      status: 'ANSWERED',
      answer: input.answer,
      reportNo: reportNo ?? asked.reportNo,
      answeredAt: clock.instant,
      minutes: Math.floor(minutesBetween(asked.requestedAt, clock.instant)),
      ...next,
    })
    .where(and(eq(remoteConsultations.residentId, residentId), eq(remoteConsultations.no, no)));
  write.step({ type: 'RemoteConsultation', id: input.id, residentId, from: status, to: 'ANSWERED' });
  const payload = {
    requesterId: asked.requesterId,
    providerId,
    status: 'ANSWERED',
    version: next.version,
  };
  write.change({ type: 'RemoteConsultation', id: input.id, kind: 'UPDATED', residentId, payload });
  return { id: input.id };
}

/** Adds a reply to an online consultation that has not ended. */
async function replyConsultation(input: ReplyConsultationInput, write: Write): Promise<Written> {
  expectBounds(input, { text: LONGEST_PROSE });
  const { tx, clock } = write;
  const { encounterId } = input;
  const asked = await lockByOwnedId(write, { table: encounters, prefix: 'en' }, encounterId, 'encounterId');
  const { residentId, no, institutionId } = asked;
  if (asked.class !== 'ONLINE') refuse('VALIDATION_FAILED', 'encounterId', texts.notOnline);
  if (!actsFor(write.caller, institutionId)) refuse('FORBIDDEN', 'encounterId', texts.ownAnswer);
  if (asked.endedAt !== null) refuse('INVALID_TRANSITION', 'encounterId', texts.ended);
  expectVersion(asked, input.version);
  const faults = createFaults();
  const places = await institutionsById(write, [institutionId]);
  expectOpenPlace(places.get(institutionId), 'encounterId', write, faults);
  expectText(input.text, 'text', faults);
  const byId = practitionerOf(input.practitionerId, 'practitionerId', write, faults);
  faults.throwIfAny();

  const next = advanced(asked, write);
  await tx
    .update(encounters)
    .set({
      replies: [...(asked.replies ?? []), { at: clock.instant, byId, text: input.text }],
      respondedWithin: asked.respondedWithin ?? Math.floor(minutesBetween(asked.startedAt, clock.instant)),
      attendingId: asked.attendingId ?? byId,
      endedAt: input.ends ? clock.instant : null,
      ...next,
    })
    .where(and(eq(encounters.residentId, residentId), eq(encounters.no, no)));
  const payload = { class: asked.class, institutionId, ended: input.ends, version: next.version };
  write.change({ type: 'Encounter', id: encounterId, kind: 'UPDATED', residentId, payload });
  return { id: encounterId };
}

async function reportOf({ tx }: Write, residentId: string, no: number | null) {
  if (no === null) return undefined;
  const [row] = await tx
    .select({
      performedAtId: diagnosticReports.performedAtId,
      interpretedAtId: diagnosticReports.interpretedAtId,
      status: diagnosticReports.status,
    })
    .from(diagnosticReports)
    .where(and(eq(diagnosticReports.residentId, residentId), eq(diagnosticReports.no, no)));
  return row;
}

const texts = {
  self: { en: 'The institution that answers must be another one.', zh: '受邀机构须不同于申请机构。' },
  centre: { en: 'The centre does not run, or reads another kind.', zh: '该中心未运行或不提供此类诊断。' },
  notServed: { en: 'The centre does not serve this institution.', zh: '该中心不服务本机构。' },
  host: { en: 'The centre belongs to another institution.', zh: '该中心属于其他机构。' },
  ownAnswer: { en: 'Only people of the institution that was asked may answer.', zh: '仅受邀机构的人员可答复。' },
  answered: { en: 'It was answered or cancelled already.', zh: '该申请已答复或已取消。' },
  notFinal: { en: 'The report is not final.', zh: '该报告不是正式报告。' },
  notOnline: { en: 'This is no online consultation.', zh: '该就诊不是在线问诊。' },
  ended: { en: 'The consultation has ended.', zh: '该问诊已结束。' },
};
