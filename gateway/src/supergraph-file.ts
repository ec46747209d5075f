import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { ConfigError } from './config.ts';

/** A supergraph in a file. */
export interface SupergraphFile {
  readonly sdl: string;
  /** Calls the listener with each new content; gives the function that ends this. */
  watch(listener: (sdl: string) => void): () => void;
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
        listener(sdl);
      };
      const onChange = (): void => void look();
      watchFile(path, { interval, persistent: false }, onChange);
      return () => unwatchFile(path, onChange);
    },
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
