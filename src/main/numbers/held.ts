import { sql } from 'kysely';
import { freeNumbers, nextNumber, type NumberRange } from '../../domain/numbers/numbers.ts';
import { loadState } from '../kernel/store/streams.ts';
import type { Reader, Writer } from '../kernel/store/store.ts';

/** Rows of `number_sequence`: the last document number drawn of a year, and whether the year is closed here. */
const DRAWN = 'document';
const CLOSED = 'document-closed';

/**
 * The greatest number of a year that this workstation ever drew: by its own counter, and by its log, which the
 * centre gives back to a workstation restored from an older backup.
 */
export async function lastDrawn(from: Reader | Writer, deviceId: string, year: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(last) AS last FROM (
      SELECT last FROM number_sequence WHERE kind = ${DRAWN} AND year = ${year}
      UNION ALL
      SELECT max(payload ->> '$.sequence') FROM event
      WHERE type = 'document-issued' AND device = ${deviceId} AND payload ->> '$.year' = ${year})`.execute(
    from,
  );
  return rows[0]?.last ?? 0;
}

async function isClosed(from: Reader | Writer, year: number): Promise<boolean> {
  const row = await from
    .selectFrom('number_sequence')
    .select('last')
    .where('kind', '=', CLOSED)
    .where('year', '=', year)
    .executeTakeFirst();
  return row !== undefined;
}

/** The document numbers this workstation still has of a year, in the order in which it will use them. */
export async function freeDocumentNumbers(
  from: Reader | Writer,
  deviceId: string,
  year: number,
): Promise<NumberRange[]> {
  const state = await loadState(from, 'workstation', deviceId);
  if (!state || (await isClosed(from, year))) return [];
  return freeNumbers(state, year, await lastDrawn(from, deviceId, year));
}

/** The number that would be drawn next, or null when there is none left. */
export async function peekDocumentNumber(
  from: Reader | Writer,
  deviceId: string,
  year: number,
): Promise<{ sequence: number; pattern: string } | null> {
  const state = await loadState(from, 'workstation', deviceId);
  if (!state || (await isClosed(from, year))) return null;
  return nextNumber(state, year, await lastDrawn(from, deviceId, year));
}

/** Books a number as drawn, in the transaction that records what it was drawn for. Never goes back. */
export async function bookDocumentNumber(writer: Writer, year: number, sequence: number): Promise<void> {
  await sql`
    INSERT INTO number_sequence (kind, year, last) VALUES (${DRAWN}, ${year}, ${sequence})
    ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)`.execute(writer);
}

/**
 * Closes a year that is over: no number of it is drawn here any more, whatever the clock says later. Returns
 * what was never used. Saying it again gives the same.
 */
export async function closeNumberYear(
  writer: Writer,
  deviceId: string,
  year: number,
): Promise<NumberRange[]> {
  const state = await loadState(writer, 'workstation', deviceId);
  if (!state) return [];
  await sql`
    INSERT INTO number_sequence (kind, year, last) VALUES (${CLOSED}, ${year}, 1)
    ON CONFLICT DO NOTHING`.execute(writer);
  return freeNumbers(state, year, await lastDrawn(writer, deviceId, year));
}
