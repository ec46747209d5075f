/// <reference types="vitest" />
// The declaration below is only accepted when the module it extends is known to the compiler.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedServer } from '@hutong/kit/embedded-server';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the maintenance database of a real PostgreSQL server: TEST_DATABASE_URL, or an embedded one. */
    databaseServer: string;
  }
}

/** Gives the whole test run one PostgreSQL server; it is stopped, and its temporary folder removed, at the end. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external !== undefined && external !== '') {
    project.provide('databaseServer', external);
    return undefined;
  }
  const dataFolder = mkdtempSync(join(tmpdir(), 'hutong-test-'));
  const server = await startEmbeddedServer({ dataFolder, durable: false });
  project.provide('databaseServer', server.url);
  return async () => {
    await server.close();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}
