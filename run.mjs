// `npm start`, `npm run seed`, …: installs what is missing, builds what has changed, then becomes the program it was asked for
// (one process, so that signals reach it).
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import './ensure-installed.mjs';
import { build } from './build.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const programs = {
  gateway: 'gateway/dist/main.js',
  seed: 'gateway/dist/commands/seed.js',
  backup: 'gateway/dist/commands/backup.js',
  restore: 'gateway/dist/commands/restore.js',
  import: 'gateway/dist/commands/import.js',
  keys: 'gateway/dist/cli/caller-keys.js',
};
const subgraphs = ['institutions', 'personnel', 'insurance', 'public-health'];

/** The built file of the program named by the first argument; `subgraph` is followed by the subgraph's name. */
function chooseProgram() {
  const [name = ''] = process.argv.splice(2, 1);
  if (name !== 'subgraph') return programs[name];
  const [subgraph] = process.argv.splice(2, 1);
  return subgraphs.includes(subgraph) ? `subgraphs/${subgraph}/dist/main.js` : undefined;
}

/** npm's shell passes no signal on: when it is gone, whoever stopped npm meant us. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  watch.unref();
}

const program = chooseProgram();
if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
if (program === undefined) {
  process.stderr.write(`Which one? npm run subgraph -- ${subgraphs.join(' | ')} 请指定子图。\n`);
  process.exitCode = 1;
} else if (!process.exitCode) {
  process.exitCode = await build();
  if (process.exitCode === 0) await import(pathToFileURL(join(root, program)).href);
}
