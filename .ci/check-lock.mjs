// A lock file written on one platform may lack the others' packages: npm then installs a tree that cannot run there.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));

const missing = Object.values(packages)
  .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  .filter((name) => !names.has(name));
const placed = Object.entries(packages).filter(([, entry]) => entry.resolved?.startsWith('http'));

for (const name of missing) process.stdout.write(`package-lock.json lacks ${name}\n`);
for (const [path] of placed) process.stdout.write(`package-lock.json names the registry of ${path}\n`);
process.exitCode = missing.length === 0 && placed.length === 0 ? 0 : 1;
