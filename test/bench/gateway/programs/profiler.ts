// Loaded into a gateway's process by --import: SIGUSR2 begins a CPU profile, the next one ends and writes it.
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const session = new Session();
session.connect();
let isRunning = false;

process.on('SIGUSR2', () => void toggle());

async function toggle(): Promise<void> {
  if (isRunning) {
    const { profile } = await session.post('Profiler.stop');
    const file = join(process.env['PROFILE_DIRECTORY'] ?? '.', `gateway-${process.pid}.cpuprofile`);
    writeFileSync(`${file}.part`, JSON.stringify(profile));
    renameSync(`${file}.part`, file);
  } else {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
  }
  isRunning = !isRunning;
}
