import type { FetchNode } from '../planner/query-plan.ts';
import type { PreparedOperation } from '../planner/prepared-operation.ts';
import type { KeyFields } from '../supergraph/entity-keys.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { type ResponseShaper, createResponseShaper } from './shape-response.ts';
import { type RepresentationMaker, compileRepresentation } from './representation.ts';
import { type ResponseLayout, layOutResponse } from './response-layout.ts';

/** A prepared operation with everything that can be decided before it runs. */
export interface CompiledOperation {
  readonly prepared: PreparedOperation;
  readonly layout: ResponseLayout;
  /** By fetch id; `undefined` for root fetches. */
  readonly representations: readonly (RepresentationMaker | undefined)[];
  readonly shaper: ResponseShaper;
}

/** Compiles a prepared operation. */
export function compileOperation(supergraph: Supergraph, prepared: PreparedOperation): CompiledOperation {
  const layout = layOutResponse(prepared.plan);
  const compile = ({ id, subgraph, requires }: FetchNode): RepresentationMaker | undefined => {
    const mount = layout.mounts[id];
    if (!requires || !mount) return undefined;
    const keysOf = (typeName: string): readonly KeyFields[] => supergraph.entityKeys(subgraph, typeName);
    return compileRepresentation(requires, supergraph.possibleTypes, mount.position, keysOf);
  };
  return {
    prepared,
    layout,
    representations: prepared.plan.fetches.map(compile),
    shaper: createResponseShaper(supergraph, prepared, layout),
  };
}
