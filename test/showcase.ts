import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@hutong/schema';

/** A showcase query of domain.md B.5 with the variables that suit the demo region. */
export interface Showcase {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const folder = join(repositoryRoot, 'schema', 'showcase');

/** The showcase queries, in their order: the same files that the page shows as tabs. */
export const showcase: readonly Showcase[] = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .toSorted()
  .map((file) => {
    const name = file.replace('.graphql', '');
    const variables: Record<string, unknown> = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    return { name, query: readFileSync(join(folder, file), 'utf8'), variables };
  });

/** The showcase query of that name. */
export function showcaseNamed(name: string): Showcase {
  const found = showcase.find((query) => query.name === name);
  if (found === undefined) throw new TypeError(`no showcase query ${name}`);
  return found;
}
