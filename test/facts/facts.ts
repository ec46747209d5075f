/** How a subgraph serves one seed fact of domain.md §1. */
export interface Fact {
  /** What the fact is about, in short. */
  readonly term: string;
  /**
   * The fields that serve it: operations, fields of what they answer, and values of these where the fact is one of
   * several: `Mutation.createReferral`, `Institution.isPrimaryCare`, `Referral.scope=OUT_OF_COUNTY`.
   */
  readonly fields: readonly string[];
}

/** Facts by the number of their row. */
export type Facts = Readonly<Record<string, Fact>>;

/** The rows of domain.md §1 that name a subgraph as an owner, alone or with others. */
export const ownedRows = {
  institutions: (
    'S0-1 S0-7 S0-8 S0-9 S0-12 S0-24 S0-25 S0-26 S0-28 S0-29 S0-30 S0-31 S0-32 S0-33 S0-35 S0-36 S0-45 S0-46 S0-49 ' +
    'S1-5 S1-6 S1-7 S1-8 S1-9 S1-11 S1-13 S1-14 S1-16 S1-19 S1-20 S1-21 S1-23 S1-24 S1-25 S1-26 S1-27 S1-28 S1-29 ' +
    'S1-30 S1-31 S1-32 S1-33 S1-34 S1-35 S1-36 S1-37 S1-38 S1-39 S1-40 S1-42 S1-43 S1-44 S1-46 S1-47 S1-50 S1-52 ' +
    'S1-53 S1-54 S1-55 S1-56 S1-57 S1-58 S1-59 S2-2 S2-3 S2-4 S2-5 S2-6 S2-7 S2-8 S2-9 S2-11 S2-12 S2-13 S2-16 ' +
    'S2-17 S2-18 S2-19 S2-20 S2-21 S2-22 S2-23 S3-7 S3-19 S3-25 S3-32 S3-33 S3-34 S3-41 S3-52 S4-1 S4-2 S4-3 S4-4 ' +
    'S4-6 S4-7 S4-8 S4-11 S4-15 S4-17 S4-18 S4-19 S4-22 S4-23 S4-25 S4-26'
  ).split(' '),
  personnel: (
    'S0-3 S0-4 S0-5 S0-6 S0-13 S0-14 S0-15 S0-16 S0-17 S0-18 S0-19 S0-20 S0-21 S0-22 S0-23 S0-25 S0-41 S0-42 S1-12 ' +
    'S1-41 S1-44 S1-48 S1-49 S1-51 S2-5 S2-14 S2-15 S2-30 S3-6 S3-8 S3-9 S3-10 S3-11 S3-12 S3-13 S3-24 S3-27 S3-31 ' +
    'S3-35 S3-41 S4-8 S4-10 S4-11 S4-12 S4-14 S4-17 S4-21 S4-23 S4-24'
  ).split(' '),
  insurance:
    'S0-13 S0-37 S0-38 S0-39 S1-9 S1-24 S1-33 S1-53 S2-20 S2-30 S3-15 S3-18 S3-20 S3-21 S3-22 S3-23 S3-27 S3-41 S4-25'.split(
      ' ',
    ),
  'public-health': (
    'S0-2 S0-10 S0-33 S0-34 S0-40 S0-41 S0-43 S0-44 S0-47 S0-48 S0-49 S0-50 S1-1 S1-2 S1-3 S1-4 S1-10 S1-45 S1-46 ' +
    'S2-1 S2-5 S2-24 S2-25 S2-26 S2-27 S2-28 S2-29 S2-30 S2-31 S2-32 S3-1 S3-2 S3-3 S3-4 S3-5 S3-6 S3-7 S3-14 S3-15 ' +
    'S3-16 S3-17 S3-26 S3-28 S3-29 S3-30 S3-36 S3-37 S3-38 S3-39 S3-40 S3-41 S3-44 S3-45 S3-46 S3-47 S3-48 S3-49 ' +
    'S3-50 S3-51 S4-5 S4-9 S4-13 S4-20'
  ).split(' '),
};
