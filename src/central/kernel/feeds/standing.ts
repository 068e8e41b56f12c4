import { sql, type RawBuilder, type SqlBool } from 'kysely';

/*
 * What a feed has to say of records that have left the workstations for the archive is a part of the feed's own protocol (`archive`,
 * `bare` and `back` of its pages), and is read in the very statement that reads the page. So the view of it is known here; which
 * records leave and which come back is for `central/archive` alone.
 */

/** How many were ever put into the archive; a part of a statement that is made anyway. */
export const ARCHIVE_END = sql<number>`(SELECT coalesce(max(sequence), 0) FROM archive_standing)`;

/** Whether a record is in the archive, was once, or never. */
export type Standing = { standing: 'archived' | 'returned' | null };

/** Joins the standing, as `gone`, to events of a table or alias `event`. */
export const JOIN_STANDING = sql`
  LEFT JOIN archive_standing AS gone ON gone.kind = event.stream_kind AND gone.id = event.stream_id`;

/** The column of a `Standing`. */
export const STANDING = sql`
  CASE WHEN gone.id IS NULL THEN NULL WHEN gone.returned_at IS NULL THEN 'archived' ELSE 'returned' END AS standing`;

/** The columns of `EVENT_TEXTS`, empty for archived records. */
export const TEXTS_UNLESS_ARCHIVED = sql`
  CASE WHEN gone.id IS NULL OR gone.returned_at IS NOT NULL THEN event.payload ELSE '' END AS payload,
  CASE WHEN gone.id IS NULL OR gone.returned_at IS NOT NULL THEN event.actor ELSE '' END AS actor`;

/** Whether the record of a table or alias with the columns `kind` and `id` is in the archive. */
export function isArchived(record: string): RawBuilder<SqlBool> {
  return sql`EXISTS (
    SELECT 1 FROM archive_standing AS gone
    WHERE gone.kind = ${sql.ref(`${record}.kind`)} AND gone.id = ${sql.ref(`${record}.id`)} AND gone.returned_at IS NULL)`;
}
