import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { ConfigError } from './config.ts';

/** A supergraph in a file. */
export interface SupergraphFile {
  readonly sdl: string;
  /**
   * Calls the listener with each new content, and not again before it is done: of what comes meanwhile, it is told the
   * latest. Gives the function that ends this.
   */
  watch(listener: (sdl: string) => Promise<void>): () => void;
}

/** How often the file is looked at. Asking works on every file system, also on mounted volumes, where notices do not come. */
const interval = 500;

/** Reads a supergraph file. Rejects with a sentence for the person who starts the server. */
export async function openSupergraphFile(path: string): Promise<SupergraphFile> {
  let known = await read(path);
  return {
    sdl: known,
    watch(listener) {
      const look = async (): Promise<void> => {
        const sdl = await read(path).catch(() => known);
        if (sdl === known || sdl.trim() === '') return;
        known = sdl;
        await listener(sdl);
      };
      const onChange = whenever(look);
      watchFile(path, { interval, persistent: false }, onChange);
      return () => unwatchFile(path, onChange);
    },
  };
}

/** Runs the work each time it is asked for; asked for while it runs, it runs once more. */
function whenever(work: () => Promise<void>): () => void {
  let state: 'idle' | 'working' | 'asked again' = 'idle';
  const run = async (): Promise<void> => {
    do {
      state = 'working';
      await work();
    } while (isAskedAgain());
    state = 'idle';
  };
  const isAskedAgain = (): boolean => state === 'asked again';
  return () => {
    if (state === 'idle') void run();
    else state = 'asked again';
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ConfigError(`The supergraph file ${path} cannot be read (${code}). 无法读取超图文件 ${path}。`, {
      cause,
    });
  }
}
