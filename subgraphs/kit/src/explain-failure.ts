import { BackupRefused } from './database/backup-refused.ts';
import { EmbeddedServerError } from './database/embedded/embedded-server-error.ts';
import { ImportRefused } from './import/faults.ts';
import { ListenError } from './listen-error.ts';
import { ConfigError } from './settings.ts';

/** What the person who starts a program can mend is one sentence; anything else is a fault of ours and shows where it is. */
export function explainFailure(error: unknown): unknown {
  const isBilingual =
    error instanceof EmbeddedServerError || error instanceof ImportRefused || error instanceof BackupRefused;
  if (isBilingual) return `${error.message} ${error.messageZh}`;
  return error instanceof ConfigError || error instanceof ListenError ? error.message : error;
}
