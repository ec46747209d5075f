// Installs what is missing: runs before `npm start` and `npm test` with nothing but Node and npm at hand.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/** When a file was last written, in milliseconds; 0 when it is not there. */
function writtenAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// npm writes this file last, so an installation cut short counts as none.
if (writtenAt('node_modules/.package-lock.json') < writtenAt('package-lock.json')) {
  process.stdout.write('Installing packages (npm ci) …\n');
  // Development packages build and test the project, also where NODE_ENV=production.
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}
