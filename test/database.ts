/// <reference types="vitest" />
// The declaration below is only accepted when the module it extends is known to the compiler.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dropTestTemplates } from '@hutong/kit';
import { startEmbeddedServer } from '@hutong/kit/embedded-server';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the maintenance database of a real PostgreSQL server: TEST_DATABASE_URL, or an embedded one. */
    databaseServer: string;
  }
}

/** A PostgreSQL server for a run of tests. */
export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The server of TEST_DATABASE_URL, or an embedded one in a temporary folder that close() removes; durable where that is measured. */
export async function startTestServer({ durable = false } = {}): Promise<TestServer> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external !== undefined && external !== '') return { url: external, close: () => dropTestTemplates(external) };
  const dataFolder = mkdtempSync(join(tmpdir(), 'hutong-test-'));
  const server = await startEmbeddedServer({ dataFolder, durable });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Gives the whole test run one PostgreSQL server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide('databaseServer', server.url);
  return () => server.close();
}
