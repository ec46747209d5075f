import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSupergraphFile } from './supergraph-file.ts';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hutong-supergraph-'));
});

afterAll(() => rm(directory, { recursive: true }));

test('each new content is told once, whether the file is written or replaced', async () => {
  const path = join(directory, 'watched.graphql');
  await writeFile(path, 'first');
  const file = await openSupergraphFile(path);
  const seen: string[] = [];
  const unwatch = file.watch(async (sdl) => void seen.push(sdl));
  await writeFile(path, 'second');
  await vi.waitFor(() => expect(seen).toEqual(['second']), 5_000);
  await writeFile(join(directory, 'next.graphql'), 'third');
  await rename(join(directory, 'next.graphql'), path);
  await vi.waitFor(() => expect(seen).toEqual(['second', 'third']), 5_000);
  await writeFile(path, 'third');
  await rm(path);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  unwatch();
  expect([file.sdl, seen]).toEqual(['first', ['second', 'third']]);
});

test('a file that is not there is one sentence', async () => {
  const path = join(directory, 'absent.graphql');
  await expect(openSupergraphFile(path)).rejects.toThrow(`The supergraph file ${path} cannot be read (ENOENT).`);
});
