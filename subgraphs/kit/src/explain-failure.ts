import { BackupRefused } from './database/backup.ts';
import { EmbeddedServerError } from './database/embedded/embedded-server-error.ts';
import { ImportRefused } from './import/faults.ts';
import { ListenError } from './listen-error.ts';
import { ConfigError } from './settings.ts';

/** What the person who starts a program can mend is one sentence; anything else is a fault of ours and shows where it is. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof EmbeddedServerError || error instanceof ImportRefused)
    return `${error.message} ${error.messageZh}`;
  const isPlain = error instanceof ConfigError || error instanceof ListenError || error instanceof BackupRefused;
  return isPlain ? error.message : error;
}
