export type * from './facts/care.ts';
export type * from './facts/insurance.ts';
export type * from './facts/places.ts';
export type * from './facts/public-health.ts';
export type * from './facts/region.ts';
export type * from './facts/residents.ts';
export type * from './facts/staff.ts';
export { benefitPlansOf } from './catalogues/benefit-plans.ts';
export { DRG_GROUPS, DRG_POLICY } from './catalogues/drg.ts';
