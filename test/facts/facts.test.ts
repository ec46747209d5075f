import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphSdl, repositoryRoot, subgraphNames } from '@hutong/schema';
import { parse, type DefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { withBlock } from '../with-block.ts';
import { evidenceByField, evidenceOfGraph } from './evidence.ts';
import { factsOfInstitutions } from './facts-of-institutions.ts';
import { factsOfInsurance } from './facts-of-insurance.ts';
import { factsOfPersonnel } from './facts-of-personnel.ts';
import { factsOfPublicHealth } from './facts-of-public-health.ts';
import { factsTable, ofPlatform } from './facts-table.ts';
import { ownedRows } from './facts.ts';
import { platformFunctions } from './platform-functions.ts';
import { readRecords } from './records.ts';

/** `Type.field` of every field, and `Type.field=VALUE` of every value a field of an enum may have. */
function coordinatesOf(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const values = new Map<string, readonly string[]>();
  for (const definition of definitions) {
    if ('values' in definition && 'name' in definition && definition.name) {
      values.set(definition.name.value, definition.values?.map(({ name }) => name.value) ?? []);
    }
  }
  const coordinates = definitions.flatMap((definition) => {
    if (!('fields' in definition) || definition.name === undefined) return [];
    const type = definition.name.value;
    return (definition.fields ?? []).flatMap((field) => {
      const coordinate = `${type}.${field.name.value}`;
      const ofEnum = values.get(namedType(field.type)) ?? [];
      return [coordinate, ...ofEnum.map((value) => `${coordinate}=${value}`)];
    });
  });
  return new Set(coordinates);
}

type FieldType = { readonly kind: string; readonly type?: FieldType; readonly name?: { readonly value: string } };

function namedType(type: FieldType): string {
  return type.type ? namedType(type.type) : (type.name?.value ?? '');
}

// `npm run facts` runs the tests that give evidence, and writes the tables anew.
describe.each([
  ['institutions', factsOfInstitutions],
  ['personnel', factsOfPersonnel],
  ['insurance', factsOfInsurance],
  ['public-health', factsOfPublicHealth],
] as const)('%s', (subgraph, facts) => {
  test('says for every row of domain.md §1 that it owns which of its fields serve it', () => {
    expect(Object.keys(facts)).toEqual(ownedRows[subgraph]);
    const known = coordinatesOf(parse(loadSubgraphSdl(subgraph)).definitions);
    const named = Object.values(facts).flatMap(({ fields }) => fields);
    expect(named.filter((field) => !known.has(field))).toEqual([]);
    expect(Object.entries(facts).filter(([, { fields }]) => fields.length === 0)).toEqual([]);
  });

  test('shows in its README by which operation, in which test of this run, each of them was reached', async () => {
    const path = join(repositoryRoot, 'subgraphs', subgraph, 'README.md');
    const before = readFileSync(path, 'utf8');
    const { lines, missing } = factsTable(facts, evidenceByField(readRecords(), subgraph), before);
    expect(missing).toEqual([]);
    await expect(withBlock(before, 'facts', lines.join('\n'))).toMatchFileSnapshot(path);
  });
});

describe('the 20 functions of the contract platform (S3-41, domain.md 1.3b)', () => {
  test('are each served by fields of the graph', () => {
    expect(Object.keys(platformFunctions)).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
    const known = coordinatesOf(subgraphNames.flatMap((name) => parse(loadSubgraphSdl(name)).definitions));
    const named = Object.values(platformFunctions).flatMap(({ fields }) => fields);
    expect(named.filter((field) => !known.has(field))).toEqual([]);
  });

  test('are shown in the README with the operation, and the test of this run, that reached each of them', async () => {
    const path = join(repositoryRoot, 'README.md');
    const before = readFileSync(path, 'utf8');
    const evidence = evidenceOfGraph(readRecords(), subgraphNames);
    const { lines, missing } = factsTable(platformFunctions, evidence, before, ofPlatform);
    expect(missing).toEqual([]);
    await expect(withBlock(before, 'functions', lines.join('\n'))).toMatchFileSnapshot(path);
  });
});
