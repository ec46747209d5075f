import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@hutong/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from './config.ts';
import { optionsOf, readSubgraphOptions } from './subgraph-options.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hutong-options-'));
});
afterAll(() => rm(folder, { recursive: true }));

const common = { responseTimeout: 10_000, retries: 2 };

async function written(content: string): Promise<string> {
  const path = join(folder, 'options.json');
  await writeFile(path, content);
  return path;
}

async function refusal(content: string): Promise<string> {
  const path = await written(content);
  const thrown: unknown = await readSubgraphOptions(path, common).catch((error: unknown) => error);
  if (!(thrown instanceof ConfigError)) throw new Error('It was not refused.');
  return thrown.message.replaceAll(path, 'FILE');
}

test('without a file every subgraph has the common options', async () => {
  expect(optionsOf(await readSubgraphOptions(undefined, common), 'people')).toEqual(common);
});

test('a subgraph has its own options, else those of *, else the common ones', async () => {
  const people = {
    url: 'http://10.0.0.1:4000/graphql',
    connectTimeout: 500,
    responseTimeout: 60_000,
    maxResponseBytes: 104_857_600,
    connections: 16,
    breakerThreshold: 0.9,
    breakerWindow: 60_000,
    breakerRequests: 50,
    breakerPause: 1_000,
    breakerCodes: ['OVERLOADED', 'DATABASE_DOWN'],
  };
  const path = await written(JSON.stringify({ people, '*': { retries: 0, connectTimeout: 900 } }));
  const settings = await readSubgraphOptions(path, common);
  expect(optionsOf(settings, 'people')).toEqual({ ...people, retries: 0 });
  expect(optionsOf(settings, 'places')).toEqual({ responseTimeout: 10_000, retries: 0, connectTimeout: 900 });
  expect([...settings.named.keys()]).toEqual(['people']);
});

test.each(['README.md', 'README.zh-CN.md'])('the example of %s may be used', async (file) => {
  const text = await readFile(join(repositoryRoot, file), 'utf8');
  const example = /<!-- subgraph-options -->\n```json\n([^`]*)```/.exec(text)?.[1] ?? '';
  const { named } = await readSubgraphOptions(await written(example), common);
  expect([...named.keys()]).toEqual(['claims', 'archive']);
});

test('all faults are named at once', async () => {
  const content = {
    people: { url: 'ftp://x', timeout: 5, retries: -1, connectTimeout: '500', breakerThreshold: 2, breakerCodes: 'A' },
    places: 5,
    '*': { url: 'http://x/', subscriptionUrl: 'ws://x/', retries: 1.5, breakerCodes: ['a b'] },
  };
  expect(await refusal(JSON.stringify(content))).toBe(
    [
      'FILE cannot be used. 子图选项文件有误：',
      '"people": url has "ftp://x", which is not of type http(s) URL',
      '"people" has the unknown option "timeout"; known are url, connectTimeout, responseTimeout, maxResponseBytes, connections, retries, breakerThreshold, breakerWindow, breakerRequests, breakerPause, breakerCodes, subscriptionUrl, subscriptionProtocol',
      '"people": retries has -1, which is not of type integer ≥ 0',
      '"people": connectTimeout has "500", which is not of type milliseconds',
      '"people": breakerThreshold has 2, which is not of type share, over 0 up to 1',
      '"people": breakerCodes has "A", which is not of type list of error codes',
      '"places" must be an object of options',
      '"*" cannot have a url, for it stands for every subgraph',
      '"*" cannot have a subscriptionUrl, for it stands for every subgraph',
      '"*": retries has 1.5, which is not of type integer ≥ 0',
      '"*": breakerCodes has ["a b"], which is not of type list of error codes',
    ].join('\n  '),
  );
});

test.each([
  ['[]', 'FILE cannot be used. 子图选项文件有误：\n  FILE must hold an object of subgraphs'],
  ['{', expect.stringMatching(/^The subgraph options FILE cannot be read: .*JSON.* 无法读取子图选项文件 FILE。$/)],
])('a file that holds %s is refused', async (content, message) => {
  expect(await refusal(content)).toEqual(message);
});

test('a file that is not there is refused', async () => {
  await expect(readSubgraphOptions(join(folder, 'none.json'), common)).rejects.toThrow(
    /none\.json cannot be read: ENOENT/,
  );
});
