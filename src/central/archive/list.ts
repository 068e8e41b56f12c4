import { sql } from 'kysely';
import type { ArchiveListPage } from '../../contract/centre/archive.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { ARCHIVE_END } from '../kernel/feeds/standing.ts';

/** Numbers of the archive that one page looks through, whoever's they are. */
const SPAN = 2000;

/** What of a unit's sight was archived behind a number, and is archived still. */
export async function archivedAfter(
  executor: QueryExecutor,
  unitPath: string,
  after: number,
): Promise<Omit<ArchiveListPage, 'centreTime'>> {
  // The end first: what is archived in between is beyond it.
  const { rows: ends } = await sql<{ last: number }>`SELECT ${ARCHIVE_END} AS last`.execute(executor);
  const next = Math.min(after + SPAN, ends[0]?.last ?? 0);
  // Sight is a JSON array of paths, which hold nothing that JSON would escape.
  const { rows } = await sql<ArchiveListPage['streams'][number]>`
    SELECT gone.kind, gone.id FROM archive_standing AS gone
    JOIN stream ON stream.kind = gone.kind AND stream.id = gone.id
    WHERE gone.sequence > ${after} AND gone.sequence <= ${next} AND gone.returned_at IS NULL
      AND strpos(stream.sight, ${JSON.stringify(unitPath)}) > 0
    ORDER BY gone.sequence`.execute(executor);
  return { streams: rows, next: Math.max(next, 0) };
}
