import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** The page in headless Chromium: needs a Chromium on the machine and the built page, so it is a run of its own. */
const { projects: _projects, ...test } = base.test ?? {};

export default mergeConfig(
  { ...base, test },
  {
    test: {
      name: 'browser',
      include: ['test/browser/**/*.test.ts'],
      globalSetup: [fileURLToPath(new URL('../region.ts', import.meta.url))],
      testTimeout: 120_000,
    },
  },
);
