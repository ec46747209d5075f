import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the maintenance database of a real PostgreSQL server: TEST_DATABASE_URL, or an embedded one. */
    databaseServer: string;
  }
}

/** Gives the whole test run one PostgreSQL server. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('databaseServer', process.env['TEST_DATABASE_URL'] ?? '');
}
