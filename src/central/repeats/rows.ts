import { sql, type RawBuilder } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { streamOf, type AnyState } from '../../domain/streams.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { districtOf, type ConsumerMarks } from './keys.ts';

export type MarkRow = {
  circle: string;
  kind: string;
  id: string;
  district: string;
  mark: string;
  day: string;
};

/** The mark of a record's consumer; null for records of no consumer, or of one who left no number. */
export function markRowOf(current: AnyState, marks: ConsumerMarks): MarkRow | null {
  const { kind, state } = current;
  const consumer = streamOf(kind).consumer?.of(state);
  if (!consumer?.phone) return null;
  const { unitPath, at, phone } = consumer;
  const district = districtOf(unitPath);
  const mark = marks.markOf(district, phone);
  if (mark === null) return null;
  return { circle: circleOf(unitPath), kind, id: state.id, district, mark, day: businessDay(at) };
}

/** What becomes of the mark that a record has: the new takes its place, or it is kept; `none`: no record has one. */
type Known = 'replace' | 'keep' | 'none';

/** The statement that writes marks, or null where there are none. */
export function markInsert(rows: readonly MarkRow[], known: Known): RawBuilder<unknown> | null {
  if (rows.length === 0) return null;
  const taken = {
    replace: sql`ON CONFLICT (circle, kind, id) DO UPDATE SET mark = excluded.mark`,
    keep: sql`ON CONFLICT DO NOTHING`,
    none: sql``,
  }[known];
  return sql`
    INSERT INTO consumer_mark (circle, kind, id, district, mark, day)
    SELECT * FROM unnest(
      ${textColumn(rows.map((row) => row.circle))}::text[],
      ${textColumn(rows.map((row) => row.kind))}::text[],
      ${textColumn(rows.map((row) => row.id))}::text[],
      ${textColumn(rows.map((row) => row.district))}::text[],
      ${textColumn(rows.map((row) => row.mark))}::text[],
      ${textArray(rows.map((row) => row.day))}::date[])
    ${taken}`;
}
