import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

import type { RejectedRow } from './validate-row.ts';

/** A file of rejected rows, opened when there is the first. */
export interface RejectsFile {
  write(rows: readonly RejectedRow[]): Promise<void>;
  close(): Promise<void>;
}

/** CSV that a spreadsheet opens as UTF-8 (byte order mark); readable by its owner only, for it shows values of the file. */
export function openRejectsFile(path: string): RejectsFile {
  let stream: ReturnType<typeof createWriteStream> | undefined;
  return {
    write: async (rows) => {
      if (rows.length === 0) return;
      if (stream === undefined) {
        stream = createWriteStream(path, { mode: 0o600 });
        stream.write('\uFEFFline,column,value,code,message_zh,message_en\r\n');
      }
      if (!stream.write(rows.map(lines).join(''))) await once(stream, 'drain');
    },
    close: async () => {
      if (stream === undefined) return;
      stream.end();
      await finished(stream);
    },
  };
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
