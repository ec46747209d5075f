import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandSubgraphSdl, repositoryRoot } from '../load-subgraph-sdl.ts';
import { subgraphTypes } from './subgraph-types.ts';

const sdl = expandSubgraphSdl([
  {
    path: 'personnel/staff.graphql',
    text: `
type Query {
  institution(id: ID!): Institution
}
type Institution @key(fields: "id") @key(fields: "uscc") {
  id: ID!
  uscc: String
  name: String!
  class: Coded!
  address: Address
  signedCount: Int @external
  workload: Int @requires(fields: "signedCount")
}
type Address {
  street: String
  region: Region
}
type Region @key(fields: "code") {
  code: ID!
  population: Int @external
  doctors: Int @requires(fields: "population")
}
type Stub @key(fields: "id", resolvable: false) {
  id: ID!
  of: Institution @external
}
`,
  },
]);

const mappers = { Institution: './tables.ts#InstitutionRow' };

const context = `export interface Context { readonly doctors: (code: string) => Promise<number> }`;
const tables = `export interface InstitutionRow { id: string; uscc: string | null; name: string; classCode: string }`;

const complete = {
  query: 'institution: () => row',
  institution: [
    '__resolveReference: byReference(row)',
    'id: (parent) => parent.id',
    'uscc: (parent) => parent.uscc',
    'name: (parent) => parent.name',
    "class: (parent) => ({ system: 'WS 218', code: parent.classCode, display: '综合医院', displayEn: 'General hospital' })",
    "address: () => ({ street: null, region: { code: '330203' } })",
    'workload: (parent) => (parent.signedCount ?? 0) * 2',
  ],
  region: 'doctors: async (parent, _, context) => (await context.doctors(parent.code)) * (parent.population ?? 1)',
};

/** A resolver file; `parts` replaces what a complete one has. */
function resolvers(parts: Partial<typeof complete>): string {
  const { query, institution, region } = { ...complete, ...parts };
  return `import type { InstitutionResolvers, QueryResolvers, RegionResolvers, Resolvers } from './schema-types.ts';
import type { InstitutionRow } from './tables.ts';
const row: InstitutionRow = { id: 'in_1', uscc: null, name: 'Clinic', classCode: 'A100' };
const byReference = (row: InstitutionRow) => async (reference: Readonly<Record<string, unknown>>) =>
  reference['id'] === row.id ? row : null;
const Query: QueryResolvers = { ${query} };
const Institution: InstitutionResolvers = { ${institution.join(',\n  ')} };
const Region: RegionResolvers = { ${region} };
export const resolvers: Resolvers = { Query, Institution, Region };
`;
}

const without = (name: string): string[] => complete.institution.filter((line) => !line.startsWith(`${name}:`));

const files = {
  'complete.ts': resolvers({}),
  'no-query-field.ts': resolvers({ query: '' }),
  'no-plain-field.ts': resolvers({ institution: without('name') }),
  'no-required-field.ts': resolvers({ institution: without('workload') }),
  'no-reference.ts': resolvers({ institution: without('__resolveReference') }),
  'no-contributed-field.ts': resolvers({ region: '' }),
  'half-a-value.ts': resolvers({ institution: [...without('address'), 'address: () => ({ street: null })'] }),
  'wrong-type.ts': resolvers({ institution: [...without('name'), 'name: () => 7'] }),
  'forgotten-type.ts': resolvers({}).replace('{ Query, Institution, Region }', '{ Query, Institution }'),
};

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(repositoryRoot, 'node_modules', '.resolver-types-'));
  const options = { noEmit: true, allowImportingTsExtensions: true, rootDir: '.' };
  const config = { extends: '../../tsconfig.base.json', compilerOptions: options, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'schema-types.ts'), await subgraphTypes(sdl, mappers, 'codegen.json'));
  writeFileSync(join(folder, 'context.ts'), context);
  writeFileSync(join(folder, 'tables.ts'), tables);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the TypeScript compiler refuses, by file. */
function compile(): Readonly<Record<string, string>> {
  const tsc = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: folder,
  });
  const messages = stdout.split(/^(?=\S)/m).filter((message) => !message.includes('TS6133'));
  const missing = /Property '(\w+)' is missing/;
  return Object.fromEntries(
    messages.map((message) => [
      message.slice(0, message.indexOf('(')),
      missing.exec(message)?.[0] ?? message.replace(/^.*error /, '').split('\n')[0] ?? '',
    ]),
  );
}

test('complete resolvers compile, and each one that is left out or wrong is a compile error', () => {
  expect(compile()).toStrictEqual({
    'no-query-field.ts': "Property 'institution' is missing",
    'no-plain-field.ts': "Property 'name' is missing",
    'no-required-field.ts': "Property 'workload' is missing",
    'no-reference.ts': "Property '__resolveReference' is missing",
    'no-contributed-field.ts': "Property 'doctors' is missing",
    'half-a-value.ts': "Property 'region' is missing",
    'wrong-type.ts': expect.stringContaining("TS2322: Type 'number' is not assignable to type"),
    'forgotten-type.ts': "Property 'Region' is missing",
  });
});

test('a mapper of a type that is not there is refused', async () => {
  await expect(subgraphTypes(sdl, { Instituton: './tables.ts#Row' }, 'subgraphs/x/codegen.json')).rejects.toThrow(
    'subgraphs/x/codegen.json  mappers.Instituton: this subgraph has no object or interface Instituton.',
  );
});
