import { expect, test } from 'vitest';
import { type TitleApplication, decideTitleApplication, opensPrimaryCarePath } from './title-application.ts';

const decide = (change: Partial<TitleApplication>) =>
  decideTitleApplication({
    currentLevel: 'JUNIOR',
    targetLevel: 'MID',
    paperWaived: true,
    primaryCareYears: '3.0',
    serviceVolume: 4500,
    skill: '80',
    ...change,
  });
const allowed = { kind: 'ALLOWED' };
const wrong = (path: string) => ({ kind: 'REFUSED', code: 'VALIDATION_FAILED', path: [path] });

test('the path without a paper opens after one year in primary care', () => {
  expect([
    decide({ primaryCareYears: '1.0' }),
    decide({ primaryCareYears: '0.9' }),
    decide({ primaryCareYears: '0.9', paperWaived: false }),
  ]).toEqual([allowed, wrong('paperWaived'), allowed]);
  expect(['0.9', '1', '12.5'].map(opensPrimaryCarePath)).toEqual([false, true, true]);
});

test('the title applied for is higher than the present one', () => {
  const levels = ['NONE', 'ENTRY', 'JUNIOR', 'MID', 'ASSOCIATE_SENIOR', 'SENIOR'] as const;
  const lower = wrong('targetLevel');
  expect(levels.map((targetLevel) => decide({ targetLevel }))).toEqual([
    lower,
    lower,
    lower,
    allowed,
    allowed,
    allowed,
  ]);
  expect(levels.map((currentLevel) => decide({ currentLevel }))).toEqual([
    allowed,
    allowed,
    allowed,
    lower,
    lower,
    lower,
  ]);
});

test('volume and skill are numbers that can be', () => {
  expect([
    decide({ serviceVolume: 0, skill: '0' }),
    decide({ serviceVolume: -1 }),
    decide({ skill: '100' }),
    decide({ skill: '100.5' }),
    decide({ skill: '-1' }),
  ]).toEqual([allowed, wrong('serviceVolume'), allowed, wrong('skill'), wrong('skill')]);
});
