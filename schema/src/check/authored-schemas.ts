import { readSharedFile, readSubgraphFiles } from '../load-subgraph-sdl.ts';
import { mergeDefinitions } from '../sdl/merge-definitions.ts';
import type { Definitions, SdlFile } from '../sdl/merge-definitions.ts';
import { subgraphNames } from '../subgraph-names.ts';

/** What people wrote: each subgraph's definitions, and those of shared.graphql, with file and line. */
export type AuthoredSchemas = ReadonlyMap<string, Definitions>;

/** Reads what people wrote, without what is generated from it. */
export function readAuthoredSchemas(root: string): AuthoredSchemas {
  const files = new Map<string, readonly SdlFile[]>(subgraphNames.map((name) => [name, readSubgraphFiles(name, root)]));
  files.set('shared', [readSharedFile(root)]);
  return authoredSchemas(files);
}

/** The same from texts at hand. */
export function authoredSchemas(files: ReadonlyMap<string, readonly SdlFile[]>): AuthoredSchemas {
  return new Map([...files].map(([name, texts]) => [name, mergeDefinitions(texts)]));
}
