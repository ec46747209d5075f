// Builds what has changed. Whether anything has, the files' times tell at once; what exactly, turbo finds out.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

const root = dirname(fileURLToPath(import.meta.url));

/** Holds the instant at which the newest complete build began; an installation of packages removes it. */
const stamp = join(root, 'node_modules', '.cache', 'hutong', 'built');

/** Brings every dist folder up to date; gives the exit code. */
export async function build() {
  let code = 0;
  await alone(isCurrent, async () => {
    const began = Date.now();
    process.stderr.write('Building, a minute at most when all is new … 正在构建，首次约一分钟 …\n');
    code = await runTurbo();
    if (code === 0) leaveStamp(began);
  });
  return code;
}

/** Whether what the build made is there, and nothing that goes into it has changed since it began. */
function isCurrent() {
  const packages = ['schema', 'gateway', ...readdirSync(join(root, 'subgraphs')).map((name) => `subgraphs/${name}`)];
  const outputs = [...packages.map((folder) => `${folder}/dist`), 'gateway/dist/console/index.html'];
  const inputs = ['gateway/console', 'schema/showcase', 'tsconfig.base.json', 'turbo.json', 'package-lock.json'];
  for (const folder of packages) inputs.push(`${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`);
  const began = readStamp();
  return outputs.every((path) => changedAt(path) > 0) && inputs.every((path) => isUntouched(path, began));
}

/** Folders count too: theirs is the change when a file in them comes, goes or is renamed. */
function isUntouched(path, since) {
  if (changedAt(path) >= since) return false;
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) return true;
  return readdirSync(join(root, path)).every((name) => isUntouched(join(path, name), since));
}

/** When a file or folder last changed, also by an older one that took its place; 0 when it is not there. */
function changedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.ctimeMs ?? 0;
}

function readStamp() {
  try {
    return Number(readFileSync(stamp, 'utf8'));
  } catch {
    return 0;
  }
}

/** Without it (node_modules belongs to somebody else), the next start asks turbo again. */
function leaveStamp(began) {
  try {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, String(began));
  } catch {
    process.stderr.write(
      `${stamp} cannot be written: every start will check the build anew. 每次启动都会重新检查构建。\n`,
    );
  }
}

/** One line per package that is built; turbo's own words only when it fails. Stops with us. */
function runTurbo() {
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const tasks = ['run', 'build', 'build:console', '--output-logs=new-only', '--log-order=stream'];
  const child = spawn(process.execPath, [turbo, ...tasks], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  const said = [];
  const note = (line) => {
    const name = /^@hutong\/(\S+): cache miss/.exec(line)?.[1];
    if (name === undefined) said.push(line);
    else process.stderr.write(`  ${name.replace(/:build$/, '')}\n`);
  };
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', note);
  const stop = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.on(signal, stop);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, stop);
      if (code !== 0)
        process.stderr.write(`${said.join('\n')}\nThe build failed, its reason is above. 构建失败，原因见上。\n`);
      resolve(code ?? 1);
    });
  });
}
