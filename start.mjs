// `npm start`: builds what has changed, then becomes the server (one process, so that signals reach it).
import { spawnSync } from 'node:child_process';

process.stdout.write('Building …\n');
const { status } = spawnSync('npx', ['turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
});
if (status === 0) await import('./gateway/dist/main.js');
else process.exitCode = status ?? 1;
