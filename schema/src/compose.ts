import { composeServices } from '@theguild/federation-composition';
import { parse, print } from 'graphql';
import { loadCheckedSubgraphSdl, repositoryRoot } from './load-subgraph-sdl.ts';
import { subgraphNames } from './subgraph-names.ts';

/** A subgraph's name and its complete SDL. */
export interface NamedSdl {
  readonly name: string;
  readonly sdl: string;
}

/** What composition yields. */
export interface Composition {
  /** The supergraph, with join and link directives, for the gateway. */
  readonly supergraphSdl: string;
  /** The schema that clients see. */
  readonly apiSdl: string;
}

/** Either a composition or the sentences that say why there is none. */
export type CompositionResult =
  | ({ readonly kind: 'composed' } & Composition)
  | { readonly kind: 'failed'; readonly errors: readonly string[] };

/** The complete SDL of every subgraph of the repository. */
export function loadAllSubgraphs(root: string = repositoryRoot): readonly NamedSdl[] {
  return subgraphNames.map((name) => ({ name, sdl: loadCheckedSubgraphSdl(name, root) }));
}

/** Composes subgraphs to the supergraph and the API schema (Federation 2.9). */
export function composeSubgraphs(subgraphs: readonly NamedSdl[]): CompositionResult {
  const services = subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}/graphql` }));
  const result = composeServices(services);
  const { errors, supergraphSdl, publicSdl } = result;
  if (supergraphSdl === undefined || publicSdl === undefined) {
    return { kind: 'failed', errors: (errors ?? []).map((error) => error.message) };
  }
  return { kind: 'composed', supergraphSdl: print(parse(supergraphSdl)), apiSdl: print(parse(publicSdl)) };
}
