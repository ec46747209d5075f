export * from './load-subgraph-sdl.ts';
export * from './subgraph-names.ts';
export * from './caller.ts';
export * from './error-codes.ts';
export * from './value-sets.ts';
export * from './identifiers.ts';
