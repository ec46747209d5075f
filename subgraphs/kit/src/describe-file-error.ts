/** What one system error says of a file, in both languages. */
export interface FileErrorReason {
  readonly en: string;
  readonly zh: string;
}

const reasons: Readonly<Record<string, FileErrorReason>> = {
  ENOENT: { en: 'it does not exist', zh: '不存在' },
  EISDIR: { en: 'it is a folder', zh: '是目录' },
  ENOTDIR: { en: 'it, or what it stands in, is a file and no folder', zh: '它或其上级是文件而不是目录' },
  EEXIST: { en: 'it is a file and no folder', zh: '是文件而不是目录' },
  EACCES: { en: 'its permissions do not allow it', zh: '没有权限' },
  EPERM: { en: 'its permissions do not allow it', zh: '没有权限' },
  EROFS: { en: 'the file system is read-only', zh: '文件系统只读' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
};

/** Says in words why a file or folder cannot be used; the system's own text where we know no better. */
export function describeFileError(error: unknown): FileErrorReason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  return reasons[code] ?? { en: text, zh: text };
}
