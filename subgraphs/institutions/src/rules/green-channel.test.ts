import { expect, test } from 'vitest';
import type { SpecialtyCentreKind } from '../schema-types.ts';
import { type GreenChannelCase, isGreenChannel } from './green-channel.ts';

function facts(icd10: string, changes: Partial<GreenChannelCase> = {}): GreenChannelCase {
  return {
    urgency: 'ROUTINE',
    icd10,
    injurySeverityScore: null,
    criticalMother: false,
    criticalChild: false,
    ...changes,
  };
}

const every: readonly SpecialtyCentreKind[] = [
  'CHEST_PAIN',
  'STROKE',
  'TRAUMA',
  'MATERNAL_CRITICAL',
  'CHILD_CRITICAL',
  'CHRONIC',
];

test('TV-39 an emergency with I21.9 and a chest-pain centre at the target is green', () => {
  expect(isGreenChannel(facts('I21.9', { urgency: 'EMERGENCY' }), ['CHEST_PAIN'])).toBe(true);
});

test('the green list needs no emergency, and ends where its ranges end', () => {
  const green = (icd10: string) => isGreenChannel(facts(icd10), every);
  expect(['I19', 'I20', 'I22.9', 'I23', 'I59', 'I60', 'I64', 'I65', 'I69'].map(green)).toEqual([
    false,
    true,
    true,
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
});

test('without the matching centre even an emergency goes the normal way', () => {
  expect([
    isGreenChannel(facts('I21.9', { urgency: 'EMERGENCY' }), []),
    isGreenChannel(facts('I21.9', { urgency: 'EMERGENCY' }), ['STROKE', 'TRAUMA']),
    isGreenChannel(facts('K35.9', { urgency: 'EMERGENCY' }), every),
    isGreenChannel(facts('unknown', { urgency: 'EMERGENCY' }), every),
  ]).toEqual([false, false, false, false]);
});

test('trauma is in the green list from a severity of 16', () => {
  const green = (icd10: string, injurySeverityScore: number | null) =>
    isGreenChannel(facts(icd10, { injurySeverityScore }), ['TRAUMA']);
  expect([
    green('S06.5', 16),
    green('T07', 75),
    green('S06.5', 15),
    green('S06.5', null),
    green('R10', 40),
    isGreenChannel(facts('S06.5', { urgency: 'EMERGENCY' }), ['TRAUMA']),
  ]).toEqual([true, true, false, false, false, true]);
});

test('critical mothers are flagged O-codes, critical children are flagged whatever the code', () => {
  expect([
    isGreenChannel(facts('O14.1', { criticalMother: true }), ['MATERNAL_CRITICAL']),
    isGreenChannel(facts('O14.1'), ['MATERNAL_CRITICAL']),
    isGreenChannel(facts('I10', { criticalMother: true }), ['MATERNAL_CRITICAL']),
    isGreenChannel(facts('J18.9', { criticalChild: true }), ['CHILD_CRITICAL']),
    isGreenChannel(facts('J18.9'), ['CHILD_CRITICAL']),
  ]).toEqual([true, false, false, true, false]);
});
