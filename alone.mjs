// Two `npm start` in one clone at the same moment install and build one after the other.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const lock = join(dirname(fileURLToPath(import.meta.url)), '.turbo', 'start.lock');

/** Runs the work while no other process of this clone runs theirs; `isDone` is asked first, and again after a wait. */
export async function alone(isDone, work) {
  if (isDone()) return;
  for (let waited = 0; !takeLock(); waited += 200) {
    if (waited === 0) {
      process.stderr.write(
        `Another start (process ${lockHolder()}) installs or builds here; waiting. If there is none, delete ${lock}. 另一个启动正在安装或构建，请稍候；若没有，请删除该文件。\n`,
      );
    }
    await wait(200);
  }
  try {
    if (!isDone()) await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** True when the lock is ours now, or when this folder is not ours to write: then nobody of our kind writes in it. */
function takeLock() {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') return true;
    const holder = lockHolder();
    if (holder > 0 && !isRunning(holder)) rmSync(lock, { force: true });
    return false;
  }
}

/** Process id of who holds the lock; 0 when it is just being taken or was let go. */
function lockHolder() {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
