import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SearchRebuild } from '../../../contract/workstation/search.ts';
import type { StreamKind, StreamState } from '../../../domain/streams.ts';
import { NO_ROWS, writeFacts } from './fact-write.ts';
import type { Projections } from './projections.ts';
import { termsOf } from './save-facts.ts';
import type { Reader, Store, Writer } from './store.ts';

/** So few at a time that whoever searches or saves meanwhile does not notice. */
const BATCH = 100;
/** At most half of the time is taken, and never without a pause. */
const SHORTEST_PAUSE_MS = 20;

/** How far the search index of older records has been built again; null when there is nothing left to do. */
export async function searchRebuild(from: Reader | Writer): Promise<SearchRebuild | null> {
  const jobs = await from.selectFrom('search_rebuild').selectAll().execute();
  if (jobs.length === 0) return null;
  const sum = (of: 'done' | 'through'): number => jobs.reduce((total, job) => total + job[of], 0);
  return { done: sum('done'), total: sum('through') };
}

/**
 * Indexes the next records of a list again and notes how far that has got, in one transaction: a kill loses nothing and
 * repeats nothing. False when there was nothing left to do.
 */
export async function rebuildSearch(store: Store, limit = BATCH): Promise<boolean> {
  return store.write(async (writer) => {
    const job = await writer.selectFrom('search_rebuild').selectAll().orderBy('list').executeTakeFirst();
    if (!job) return false;
    const { list: kind } = job;
    const table = store.projections.listed.find((one) => one.kind === kind);
    const rows = table ? await nextRows(writer, store.projections, table.kind, job, limit) : [];
    const last = rows.at(-1);
    if (last === undefined) {
      await writer.deleteFrom('search_rebuild').where('list', '=', kind).execute();
      return (await searchRebuild(writer)) !== null;
    }
    await writer.updateTable('search_rebuild').set({ done: last.row }).where('list', '=', kind).execute();
    return true;
  });
}

/** Indexes the next rows of one list again, and returns them. */
async function nextRows(
  writer: Writer,
  { factWrite }: Projections,
  kind: StreamKind,
  { done, through }: { done: number; through: number },
  limit: number,
): Promise<{ row: number }[]> {
  const { rows } = await sql<{ row: number; id: string; state: string }>`
    SELECT listed.row, listed.id, stream.state FROM ${sql.table(`${kind}_row`)} AS listed
    JOIN stream ON stream.kind = ${kind} AND stream.id = listed.id
    WHERE listed.row > ${done} AND listed.row <= ${through} ORDER BY listed.row LIMIT ${limit}`.execute(
    writer,
  );
  const terms = rows.map(({ id, state }) => ({
    id,
    // Written by `saveFacts` from a value of exactly this type.
    terms: termsOf(kind, JSON.parse(state) as StreamState),
    known: true,
  }));
  await writeFacts(writer, factWrite, { ...NO_ROWS, listed: [{ kind, rows: [], terms }] });
  return rows;
}

/** Builds the index again in the background, if that is to be done, until it is or `stop` is called. */
export function startSearchRebuild(
  store: Store,
  onProblem: (code: string, text: string) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  const work = async (): Promise<void> => {
    for (let more = true; more && !stopped;) {
      const began = performance.now();
      more = await rebuildSearch(store);
      if (more) await pause(Math.max(SHORTEST_PAUSE_MS, performance.now() - began));
    }
  };
  // What could not be done now is done after the next start.
  const working = work().catch((error: unknown) =>
    onProblem('search-rebuild', error instanceof Error ? error.message : String(error)),
  );
  return {
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}
