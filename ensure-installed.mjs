// Installs what is missing: runs before `npm start` and `npm test` with nothing but Node and npm at hand.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

const root = dirname(fileURLToPath(import.meta.url));

/** When a file was last written, in milliseconds; 0 when it is not there. */
function writtenAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** npm writes this file last, so an installation cut short counts as none. */
function isInstalled() {
  return writtenAt('node_modules/.package-lock.json') >= writtenAt('package-lock.json');
}

function install() {
  process.stdout.write('Installing packages (npm ci), about a minute … 正在安装依赖，约一分钟 …\n');
  // Development packages build and test the project, also where NODE_ENV=production.
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(
    'npm ci did not succeed, its reason is above; when that is mended (network, registry, disk space, write permission), start again. 依赖安装失败，请按上述原因处理后重新启动。\n',
  );
  process.exitCode = status ?? 1;
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node.js 20.19 or newer is needed, this is ${process.versions.node}: install a newer one (https://nodejs.org) and start again. 需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}，请升级后重新启动。\n`,
  );
  process.exitCode = 1;
} else {
  await alone(isInstalled, install);
}
