import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@hutong/schema';
import { type DocumentNode, parse, print, separateOperations } from 'graphql';

/** One of our own apps (S3-42), as schema/clients registers it. */
export interface Client {
  readonly id: string;
  /** What it may do (domain.md 6.4). */
  readonly scopes: readonly string[];
  readonly document: DocumentNode;
  /** The text of each of its operations, by name. */
  readonly operations: Readonly<Record<string, string>>;
}

const folder = join(repositoryRoot, 'schema', 'clients');

/** The three apps, each with the operations of its document. */
export const clients: readonly Client[] = Object.entries(registrations()).map(([id, { scopes }]) => {
  const document = parse(readFileSync(join(folder, `${id}.graphql`), 'utf8'));
  const operations = Object.entries(separateOperations(document)).map(([name, one]) => [name, print(one)] as const);
  return { id, scopes, document, operations: Object.fromEntries(operations) };
});

function registrations(): Readonly<Record<string, Pick<Client, 'scopes'>>> {
  return JSON.parse(readFileSync(join(folder, 'clients.json'), 'utf8'));
}
