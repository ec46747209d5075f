/** The ways of answering that are compared; the first is what the others are measured against. */
export const variants = ['sql', 'colocated', 'distributed', 'apollo'] as const;
export type Variant = (typeof variants)[number];
