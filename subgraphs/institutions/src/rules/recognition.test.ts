import { describe, expect, test } from 'vitest';
import type { QualityGrade, RecognitionReason, ReportStatus } from '../schema-types.ts';
import {
  checkRecognition,
  type ExistingReport,
  isReExaminationReason,
  type NewOrder,
  recognitionSavings,
  type RecognitionTerms,
  validUntil,
} from './recognition.ts';

const report: ExistingReport = {
  item: 'CT_CHEST',
  site: 'CHEST',
  methodClass: 'PLAIN',
  performedTime: '2024-03-01T00:00:00+08:00',
  qualityGrade: 'PROVINCE',
  status: 'FINAL',
};

const order: NewOrder = {
  item: 'CT_CHEST',
  site: 'CHEST',
  methodClass: 'PLAIN',
  at: '2024-04-15T09:00:00+08:00',
  reason: null,
};

const terms: RecognitionTerms = { validityDays: 60, requiredGrade: 'CITY' };

const recognisable = { kind: 'RECOGNISABLE' };
const refused = (reason: RecognitionReason) => ({ kind: 'NOT_RECOGNISABLE', reason });

describe('a report and an order', () => {
  test('TV-52 a chest CT of grade PROVINCE is recognised after 45 days, which saves 320.00', () => {
    expect([checkRecognition(report, order, terms), recognitionSavings('320.00', '0.65')]).toEqual([
      recognisable,
      { avoidedPrice: '320.00', fundSaved: '208.00', personSaved: '112.00' },
    ]);
  });

  test('TV-53 on day 60 it is too old, a second before it is not', () => {
    expect([
      checkRecognition(report, { ...order, at: '2024-04-30T00:00:00+08:00' }, terms),
      checkRecognition(report, { ...order, at: '2024-04-29T23:59:59+08:00' }, terms),
      validUntil(report.performedTime, 60),
    ]).toEqual([refused('EXPIRED'), recognisable, '2024-04-30T00:00:00+08:00']);
  });

  test('TV-54 grade ALLIANCE is not enough for CITY', () => {
    expect(checkRecognition({ ...report, qualityGrade: 'ALLIANCE' }, order, terms)).toEqual(
      refused('QUALITY_INSUFFICIENT'),
    );
  });

  test('TV-55 in an emergency the examination may be repeated', () => {
    expect(checkRecognition(report, { ...order, reason: 'EMERGENCY' }, terms)).toEqual(refused('EMERGENCY'));
  });

  test('grades stand in their order', () => {
    const all: readonly QualityGrade[] = ['NATIONAL', 'PROVINCE', 'CITY', 'ALLIANCE', 'NONE'];
    const enough = (requiredGrade: QualityGrade) =>
      all.filter(
        (qualityGrade) =>
          checkRecognition({ ...report, qualityGrade }, order, { ...terms, requiredGrade }).kind === 'RECOGNISABLE',
      );
    expect(all.map(enough)).toEqual([
      ['NATIONAL'],
      ['NATIONAL', 'PROVINCE'],
      ['NATIONAL', 'PROVINCE', 'CITY'],
      ['NATIONAL', 'PROVINCE', 'CITY', 'ALLIANCE'],
      ['NATIONAL', 'PROVINCE', 'CITY', 'ALLIANCE', 'NONE'],
    ]);
  });

  test('another item, an item outside the catalogue, another site or method', () => {
    expect([
      checkRecognition({ ...report, item: 'CT_HEAD' }, order, terms),
      checkRecognition(report, order, undefined),
      checkRecognition({ ...report, site: 'HEAD' }, order, terms),
      checkRecognition({ ...report, site: null }, order, terms),
      checkRecognition({ ...report, methodClass: 'CONTRAST' }, order, terms),
      checkRecognition(
        { ...report, site: null, methodClass: null },
        { ...order, site: null, methodClass: null },
        terms,
      ),
    ]).toEqual([
      refused('ITEM'),
      refused('ITEM'),
      refused('SITE_OR_METHOD'),
      refused('SITE_OR_METHOD'),
      refused('SITE_OR_METHOD'),
      recognisable,
    ]);
  });

  test('only a final report is recognised', () => {
    const others: readonly ReportStatus[] = ['REGISTERED', 'PRELIMINARY', 'AMENDED', 'CANCELLED'];
    expect(others.map((status) => checkRecognition({ ...report, status }, order, terms))).toEqual(
      others.map(() => refused('STATUS')),
    );
  });

  test('the first failing test gives the reason', () => {
    const late = { ...order, at: '2024-12-31T00:00:00+08:00', reason: 'FORENSIC' } as const;
    const poor: ExistingReport = { ...report, qualityGrade: 'NONE', status: 'PRELIMINARY' };
    expect([
      checkRecognition({ ...poor, item: 'ECG', site: 'HEAD' }, late, terms),
      checkRecognition({ ...poor, site: 'HEAD' }, late, terms),
      checkRecognition(poor, late, terms),
      checkRecognition(poor, { ...late, at: order.at }, terms),
      checkRecognition({ ...poor, qualityGrade: 'CITY' }, { ...late, at: order.at }, terms),
      checkRecognition(report, { ...late, at: order.at }, terms),
    ]).toEqual(
      (['ITEM', 'SITE_OR_METHOD', 'EXPIRED', 'QUALITY_INSUFFICIENT', 'STATUS', 'FORENSIC'] as const).map(refused),
    );
  });

  test('reasons for repeating are those of VS-31', () => {
    const reasons: readonly RecognitionReason[] = [
      'CONDITION_CHANGED',
      'FAST_CHANGING',
      'MAJOR_DECISION',
      'EMERGENCY',
      'FORENSIC',
      'QUALITY_INSUFFICIENT',
      'EXPIRED',
      'OTHER',
      'ITEM',
      'SITE_OR_METHOD',
      'STATUS',
    ];
    expect(reasons.filter((reason) => !isReExaminationReason(reason))).toEqual(['ITEM', 'SITE_OR_METHOD', 'STATUS']);
  });
});

describe('savings', () => {
  test('the fund part is rounded half up once, the person keeps the remainder', () => {
    expect([
      recognitionSavings('0.10', '0.65'),
      recognitionSavings('33.33', '0.5'),
      recognitionSavings('0.125', '0.5'),
      recognitionSavings('80', '0'),
    ]).toEqual([
      { avoidedPrice: '0.10', fundSaved: '0.07', personSaved: '0.03' },
      { avoidedPrice: '33.33', fundSaved: '16.67', personSaved: '16.66' },
      { avoidedPrice: '0.13', fundSaved: '0.07', personSaved: '0.06' },
      { avoidedPrice: '80.00', fundSaved: '0.00', personSaved: '80.00' },
    ]);
  });
});
