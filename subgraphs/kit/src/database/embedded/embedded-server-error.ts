/** Why the embedded server cannot start. */
export type EmbeddedServerProblem =
  | 'UNSUPPORTED_PLATFORM'
  | 'DATA_FOLDER_UNWRITABLE'
  | 'DATA_FOLDER_UNREACHABLE'
  | 'DATA_VERSION'
  | 'BUSY'
  | 'SERVER_FAILED';

/** One clear sentence in both languages for whoever typed `npm start`; the technical cause, if any, is `cause`. */
export class EmbeddedServerError extends Error {
  readonly code: EmbeddedServerProblem;
  readonly messageZh: string;

  constructor(code: EmbeddedServerProblem, message: string, messageZh: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EmbeddedServerError';
    this.code = code;
    this.messageZh = messageZh;
  }
}

/** No PostgreSQL binaries for this machine: name what to do instead. */
export function unsupportedPlatform(platform: string, why: string): EmbeddedServerError {
  return new EmbeddedServerError(
    'UNSUPPORTED_PLATFORM',
    `The embedded PostgreSQL cannot run on ${platform} (${why}); set the *_DATABASE_URL settings to a PostgreSQL server of your own.`,
    `内置 PostgreSQL 无法在 ${platform} 上运行（${why}）；请用 *_DATABASE_URL 指定自己的 PostgreSQL 服务器。`,
  );
}

/** The data folder cannot be made or written. */
export function unwritableDataFolder(folder: string, cause: unknown): EmbeddedServerError {
  return new EmbeddedServerError(
    'DATA_FOLDER_UNWRITABLE',
    `The data folder ${folder} cannot be written by this user; choose another with HUTONG_DATA or correct its permissions.`,
    `当前用户无法写入数据目录 ${folder}；请用 HUTONG_DATA 另选目录或修正权限。`,
    cause,
  );
}

/** PostgreSQL itself refused; its last line is the reason. */
export function serverFailed(reason: string, logFile: string): EmbeddedServerError {
  return new EmbeddedServerError(
    'SERVER_FAILED',
    `The embedded PostgreSQL did not start: ${reason} (log: ${logFile}).`,
    `内置 PostgreSQL 未能启动：${reason}（日志：${logFile}）。`,
  );
}

/** Somebody else's server holds the data folder and cannot be joined. */
export function busyDataFolder(folder: string): EmbeddedServerError {
  return new EmbeddedServerError(
    'BUSY',
    `Another PostgreSQL uses the data folder ${folder} and does not answer; stop it, or choose another folder with HUTONG_DATA.`,
    `另一个 PostgreSQL 正在使用数据目录 ${folder} 且没有响应；请先停止它，或用 HUTONG_DATA 另选目录。`,
  );
}

/** The dropped user cannot walk to the data folder (only where /proc does not help). */
export function unreachableDataFolder(folder: string): EmbeddedServerError {
  return new EmbeddedServerError(
    'DATA_FOLDER_UNREACHABLE',
    `PostgreSQL does not run as root and no other user can reach ${folder}; start as an ordinary user, or set HUTONG_DATA to a folder that every user can reach.`,
    `PostgreSQL 不能以 root 运行，而其他用户无法进入 ${folder}；请以普通用户启动，或把 HUTONG_DATA 设为所有用户可进入的目录。`,
  );
}
