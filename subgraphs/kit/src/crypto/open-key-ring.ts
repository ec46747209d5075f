import { unwritableDataFolder } from '../database/embedded/embedded-server-error.ts';
import type { SqlSession } from '../database/open-database.ts';
import { ConfigError } from '../settings.ts';
import { demoDataKeys, parseDataKeys } from './data-keys.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';

/** Keys of class-I columns: as set, or the demo's own in the data folder. Throws `ConfigError`, or says that the folder cannot be written. */
export function openKeyRing({
  data,
  dataKeys,
}: {
  readonly data: string;
  readonly dataKeys?: string | undefined;
}): KeyRing {
  try {
    return createKeyRing(parseDataKeys(dataKeys ?? demoDataKeys(data)));
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw unwritableDataFolder(data, cause);
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw new ConfigError(`HUTONG_DATA_KEYS cannot be used (${reason}). HUTONG_DATA_KEYS 无法使用。`, { cause });
  }
}

/** The key of the payment sandbox 支付沙箱: as set, or the demo's own; undefined where there is neither, and no sandbox. */
export function sandboxKeyOf(
  { demo, paymentSandboxKey }: { readonly demo: boolean; readonly paymentSandboxKey?: string | undefined },
  keys: KeyRing,
): string | undefined {
  return paymentSandboxKey ?? (demo ? keys.keyedHash('payment sandbox') : undefined);
}

/** Notes in the database by which keys its columns are sealed; only who has the keys can make the note's value. */
export async function recordKeys(sql: SqlSession, keys: KeyRing): Promise<void> {
  await sql`
    insert into hutong_meta (name, value) values (${noteName}, ${keys.keyedHash(noteName)})
    on conflict (name) do nothing`;
}

/** Throws `ConfigError` when the database was sealed with other keys than these; a database without the note gets it. */
export async function checkKeys(sql: SqlSession, keys: KeyRing, subgraph: string): Promise<void> {
  const read = async () => (await sql`select value from hutong_meta where name = ${noteName}`)[0]?.['value'];
  let noted = await read();
  if (noted === undefined) {
    await recordKeys(sql, keys);
    noted = await read();
  }
  if (noted === keys.keyedHash(noteName)) return;
  throw new ConfigError(
    `The database of ${subgraph} was encrypted with other keys than HUTONG_DATA_KEYS (or the file data-keys in the data folder) holds: give the keys that belong to it. ${subgraph} 的数据库使用了不同的密钥加密，请提供与之对应的 HUTONG_DATA_KEYS 或数据目录中的 data-keys 文件。`,
  );
}

const noteName = 'data_keys';
