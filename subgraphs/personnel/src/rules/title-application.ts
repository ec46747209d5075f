import { Decimal } from 'decimal.js';
import type { TitleLevel } from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';

/** An application for a higher title 职称申报. */
export interface TitleApplication {
  readonly currentLevel: TitleLevel;
  readonly targetLevel: TitleLevel;
  /** Takes the primary-care path 基层职称通道, which asks for no paper. */
  readonly paperWaived: boolean;
  /** Years of service at township hospitals and village clinics. */
  readonly primaryCareYears: string;
  readonly serviceVolume: number;
  /** Score of the skill test, 0–100. */
  readonly skill: string;
}

/** Years at township or village level that the primary-care path asks for (domain.md 3.14.2). */
const pathYears = 1;

/** Levels of title, the lowest first (VS-53). */
const ladder: readonly TitleLevel[] = ['NONE', 'ENTRY', 'JUNIOR', 'MID', 'ASSOCIATE_SENIOR', 'SENIOR'];

/** Whether a title may be applied for (domain.md 3.14.2): a higher one; without a paper, after a year in primary care. */
export function decideTitleApplication(application: TitleApplication): Decision {
  const { currentLevel, targetLevel, paperWaived, primaryCareYears, serviceVolume, skill } = application;
  const inRange = new Decimal(skill).clamp(0, 100).eq(skill);
  return firstRefusal([
    isHigherTitle(targetLevel, currentLevel) ? ALLOWED : refuse('VALIDATION_FAILED', 'targetLevel'),
    paperWaived && !opensPrimaryCarePath(primaryCareYears) ? refuse('VALIDATION_FAILED', 'paperWaived') : ALLOWED,
    serviceVolume >= 0 ? ALLOWED : refuse('VALIDATION_FAILED', 'serviceVolume'),
    inRange ? ALLOWED : refuse('VALIDATION_FAILED', 'skill'),
  ]);
}

/** Whether a level of title is above another. */
export function isHigherTitle(level: TitleLevel, other: TitleLevel): boolean {
  return ladder.indexOf(level) > ladder.indexOf(other);
}

/** Whether so many years at township or village level open the path without a paper (domain.md 3.14.2): from one year. */
export function opensPrimaryCarePath(primaryCareYears: string): boolean {
  return new Decimal(primaryCareYears).gte(pathYears);
}
