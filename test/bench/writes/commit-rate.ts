import { createTestDatabase } from '@hutong/kit';

/** How hard is tried. */
export interface Effort {
  readonly seconds: number;
  readonly callers: number;
}

/** Commits per second of a server where every caller has a connection and inserts one row a transaction, as pgbench does. */
export async function measureCommits(serverUrl: string, { seconds, callers }: Effort): Promise<number> {
  const database = await createTestDatabase(serverUrl, { max: callers });
  await database.sql`create table commits (caller integer not null, no integer not null, note text not null)`;
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      let no = 0;
      for (; performance.now() < end; no += 1) {
        await database.sql`insert into commits values (${caller}, ${no}, 'a row of the size of a small change')`;
      }
      return no;
    }),
  );
  const elapsed = (performance.now() - begun) / 1000;
  await database.close();
  return counts.reduce((total, count) => total + count, 0) / elapsed;
}
