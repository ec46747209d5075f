import { eq } from 'drizzle-orm';
import { perArgument } from '../read/per-argument.ts';
import { columns } from '../read/resolvers.ts';
import type { Read } from '../read/types.ts';
import { statusHistory } from './write-tables.ts';

/** A change of status as it is stored. */
export type StatusChangeRow = typeof statusHistory.$inferSelect;

/** The changes of status 状态变更记录 of whatever has a status, by GraphQL type; the key is the public id (domain.md §2.0, History). */
export const historyLoaders = (read: Read) => ({
  history: perArgument((type: string) =>
    read.listBy(statusHistory, 'id', { where: eq(statusHistory.type, type), orderBy: ['seq'] }),
  ),
});

/** Resolvers for what is stored of a change of status. */
export const statusChange = columns(statusHistory);
