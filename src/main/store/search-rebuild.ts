import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SearchRebuild } from '../../contract/workstation/finding.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { NO_ROWS, writeFacts } from './fact-write.ts';
import { caseTerms } from './projections.ts';
import type { Reader, Store } from './store.ts';

/** So few at a time that whoever searches or saves meanwhile does not notice. */
const BATCH = 100;
/** At most half of the time is taken, and never without a pause. */
const SHORTEST_PAUSE_MS = 20;

/** How far the search index of older cases has been built again; null when there is nothing left to do. */
export async function searchRebuild(from: Reader): Promise<SearchRebuild | null> {
  const job = await from
    .selectFrom('search_rebuild')
    .selectAll()
    .where('list', '=', 'case')
    .executeTakeFirst();
  return job ? { done: job.done, total: job.through } : null;
}

/**
 * Indexes the next cases again and notes how far that has got, in one transaction: a kill loses nothing and repeats
 * nothing. False when there was nothing left to do.
 */
export async function rebuildSearch(store: Store, limit = BATCH): Promise<boolean> {
  return store.write(async (writer) => {
    const job = await writer
      .selectFrom('search_rebuild')
      .selectAll()
      .where('list', '=', 'case')
      .executeTakeFirst();
    if (!job) return false;
    const { rows } = await sql<{ row: number; id: string; state: string }>`
      SELECT listed.row, listed.id, stream.state FROM case_row AS listed
      JOIN stream ON stream.kind = 'case' AND stream.id = listed.id
      WHERE listed.row > ${job.done} AND listed.row <= ${job.through} ORDER BY listed.row LIMIT ${limit}`.execute(
      writer,
    );
    const last = rows.at(-1);
    if (last === undefined) {
      await writer.deleteFrom('search_rebuild').where('list', '=', 'case').execute();
      return false;
    }
    const terms = rows.map(({ id, state }) => ({
      id,
      terms: caseTerms(JSON.parse(state) as CaseState),
      known: true,
    }));
    await writeFacts(writer, { ...NO_ROWS, terms: { ...NO_ROWS.terms, case: terms } });
    await writer.updateTable('search_rebuild').set({ done: last.row }).where('list', '=', 'case').execute();
    return true;
  });
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
