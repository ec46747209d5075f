import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expandSdl } from './sdl/expand-sdl.ts';
import type { SdlFile } from './sdl/merge-definitions.ts';
import { SchemaProblems } from './sdl/schema-problem.ts';
import { validateSubgraph } from './sdl/validate-subgraph.ts';
import type { SubgraphName } from './subgraph-names.ts';

/** Root of the repository, found from this file (src or dist alike), whatever the current directory is. */
export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The complete Federation 2.9 SDL of a subgraph: its schema/*.graphql, what schema/shared.graphql adds, and the
 * generated connections, filters and orders. A server that starts trusts it: composition has checked it
 * ({@link loadCheckedSubgraphSdl}).
 */
export function loadSubgraphSdl(name: SubgraphName, root: string = repositoryRoot): string {
  return expandSdl(readSubgraphFiles(name, root), readSharedFile(root));
}

/** The same, held against the rules of GraphQL: throws SchemaProblems with file and line when something is wrong. */
export function loadCheckedSubgraphSdl(name: SubgraphName, root: string = repositoryRoot): string {
  return expandSubgraphSdl(readSubgraphFiles(name, root), root);
}

/** Expands and checks SDL that is not (only) that of a subgraph folder, for example a test's own. */
export function expandSubgraphSdl(files: readonly SdlFile[], root: string = repositoryRoot): string {
  return expandSdl(files, readSharedFile(root), validateSubgraph);
}

/** schema/shared.graphql. */
export function readSharedFile(root: string = repositoryRoot): SdlFile {
  return readSdlFile(root, 'schema/shared.graphql');
}

/** The authored files of a subgraph, by name. */
export function readSubgraphFiles(name: SubgraphName, root: string = repositoryRoot): readonly SdlFile[] {
  const folder = `subgraphs/${name}/schema`;
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const files = names.filter((file) => file.endsWith('.graphql')).toSorted();
  if (files.length === 0)
    throw new SchemaProblems([{ message: `Subgraph ${name} has no .graphql file in ${folder}.` }]);
  return files.map((file) => readSdlFile(root, `${folder}/${file}`));
}

function readSdlFile(root: string, path: string): SdlFile {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}
