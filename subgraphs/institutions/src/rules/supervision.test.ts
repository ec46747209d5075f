import { expect, test } from 'vitest';
import {
  DEFAULT_SUPERVISION_RULES,
  type SupervisedGroup,
  supervisionAlerts,
  type SupervisionMeasure,
  type SupervisionRuleId,
} from './supervision.ts';

const month = (group: SupervisedGroup, ...measures: SupervisionMeasure[]) => ({
  institutionId: 'in_LEAD',
  group,
  period: '2024-03',
  measures,
});

const measure = (ruleId: SupervisionRuleId, part: string, whole: string) => ({ ruleId, part, whole });

const raisedValues = (group: SupervisedGroup, ...measures: SupervisionMeasure[]) =>
  supervisionAlerts(month(group, ...measures), new Set()).map(({ ruleId, value }) => `${ruleId} ${value}`);

test('a value above its limit raises an alert', () => {
  expect(supervisionAlerts(month('HOSPITAL', measure('DRUG_SHARE', '36012.30', '100000.00')), new Set())).toEqual([
    {
      institutionId: 'in_LEAD',
      ruleId: 'DRUG_SHARE',
      metric: '药占比',
      value: '36.01',
      threshold: '35.00',
      period: '2024-03',
    },
  ]);
});

test('the limit itself raises none, the least above it does, whatever the rounded value', () => {
  expect([
    raisedValues('HOSPITAL', measure('ALOS', '900', '100')),
    raisedValues('HOSPITAL', measure('ALOS', '90001', '10000')),
    raisedValues('HOSPITAL', measure('READMISSION_31', '3', '100')),
    raisedValues('HOSPITAL', measure('READMISSION_31', '4', '100')),
  ]).toEqual([[], ['ALOS 9.00'], [], ['READMISSION_31 4.00']]);
});

test('hospitals may have 35 % drugs, primary care 50 %', () => {
  const drugs = (group: SupervisedGroup, part: string) => raisedValues(group, measure('DRUG_SHARE', part, '100'));
  expect([
    drugs('HOSPITAL', '35'),
    drugs('HOSPITAL', '35.01'),
    drugs('PRIMARY', '35.01'),
    drugs('PRIMARY', '50'),
    drugs('PRIMARY', '50.01'),
  ]).toEqual([[], ['DRUG_SHARE 35.01'], [], [], ['DRUG_SHARE 50.01']]);
});

test('the limits of all rules', () => {
  const limits = Object.entries(DEFAULT_SUPERVISION_RULES).map(
    ([ruleId, { unit, threshold }]) => `${ruleId} ${threshold.HOSPITAL} ${threshold.PRIMARY} ${unit}`,
  );
  expect(limits).toEqual([
    'DRUG_SHARE 35.00 50.00 PERCENT',
    'CONSUMABLE_SHARE 20.00 20.00 PERCENT',
    'COST_PER_VISIT_GROWTH 10.00 10.00 PERCENT',
    'ALOS 9.00 9.00 DAYS',
    'READMISSION_31 3.00 3.00 PERCENT',
    'LOW_OUTLIER_SHARE 10.00 10.00 PERCENT',
    'HIGH_OUTLIER_SHARE 5.00 5.00 PERCENT',
    'REFERRAL_OUT_SHARE 20.00 20.00 PERCENT',
    'ANTIBIOTIC_SHARE 20.00 20.00 PERCENT',
    'REPEATED_ITEM_SHARE 5.00 5.00 PERCENT',
  ]);
});

test('growth is the increase over the year before, and a decrease raises none', () => {
  expect([
    raisedValues('PRIMARY', measure('COST_PER_VISIT_GROWTH', '12.00', '100.00')),
    raisedValues('PRIMARY', measure('COST_PER_VISIT_GROWTH', '-30.00', '100.00')),
  ]).toEqual([['COST_PER_VISIT_GROWTH 12.00'], []]);
});

test('nothing to divide by raises none', () => {
  expect(raisedValues('HOSPITAL', measure('ALOS', '5', '0'), measure('ALOS', '0', '0.00'))).toEqual([]);
});

test('several diseases raise one alert, with the greatest share', () => {
  expect(
    raisedValues(
      'PRIMARY',
      measure('REFERRAL_OUT_SHARE', '21', '100'),
      measure('REFERRAL_OUT_SHARE', '1', '3'),
      measure('REFERRAL_OUT_SHARE', '5', '0'),
      measure('REFERRAL_OUT_SHARE', '2', '100'),
    ),
  ).toEqual(['REFERRAL_OUT_SHARE 33.33']);
});

test('an alert is raised once for each rule, institution and period', () => {
  const both = month('HOSPITAL', measure('ALOS', '10', '1'), measure('ANTIBIOTIC_SHARE', '30', '100'));
  expect(supervisionAlerts(both, new Set(['ALOS'])).map(({ ruleId }) => ruleId)).toEqual(['ANTIBIOTIC_SHARE']);
});
