import { type FileHandle, open, rm } from 'node:fs/promises';

import { ImportRefused } from './faults.ts';
import type { RejectedRow } from './validate-row.ts';

/** A file of rejected rows, made when there is the first. */
export interface RejectsFile {
  write(rows: readonly RejectedRow[]): Promise<void>;
  close(): Promise<void>;
}

const header = '\uFEFFline,column,value,code,message_zh,message_en\r\n';

/**
 * CSV that a spreadsheet opens as UTF-8 (byte order mark); readable by its owner only, for it shows values of the file. The list of an
 * earlier run is removed at once: after a run without rejected rows there is none. Any other file of that name is left alone.
 */
export async function openRejectsFile(path: string): Promise<RejectsFile> {
  await removeEarlierList(path);
  let file: FileHandle | undefined;
  return {
    write: async (rows) => {
      if (rows.length === 0) return;
      if (file === undefined) {
        file = await open(path, 'wx', 0o600).catch((error: unknown) => {
          throw notWritable(path, error);
        });
        await file.appendFile(header);
      }
      await file.appendFile(rows.map(lines).join(''));
    },
    close: async () => file?.close(),
  };
}

async function removeEarlierList(path: string): Promise<void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw notWritable(path, error);
  });
  if (file === undefined) return;
  const start = Buffer.alloc(Buffer.byteLength(header));
  try {
    await file.read(start, 0, start.length, 0);
  } finally {
    await file.close();
  }
  if (start.toString('utf8') !== header) {
    throw new ImportRefused(
      `${path} is not a list of rejected rows: name another file with --rejects, this one is not overwritten.`,
      `${path} 不是拒收清单，不会被覆盖；请用 --rejects 指定其他文件。`,
    );
  }
  await rm(path).catch((error: unknown) => {
    throw notWritable(path, error);
  });
}

function notWritable(path: string, error: unknown): ImportRefused {
  const reason = error instanceof Error ? error.message : String(error);
  return new ImportRefused(
    `The list of rejected rows ${path} cannot be written: ${reason}. Name another file with --rejects.`,
    `拒收清单 ${path} 无法写入：${reason}。请用 --rejects 指定其他文件。`,
  );
}

function lines({ line, faults }: RejectedRow): string {
  return faults
    .map(
      ({ column, value, code, message, messageZh }) =>
        `${[String(line), column, value, code, messageZh, message].map(cell).join(',')}\r\n`,
    )
    .join('');
}

/** A leading = + - @ would be run as a formula by a spreadsheet: an apostrophe makes it text. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
