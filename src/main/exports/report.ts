import type { Language } from '../../words/index.ts';

/** What a column holds: `yuan` cells are fen, `share` from 0 to 1, `number` of any kind, `instant` ISO 8601. */
export type ColumnKind = 'text' | 'number' | 'count' | 'yuan' | 'share' | 'days' | 'instant' | 'day';

/** `width` in characters of the usual size. */
export type Column = { title: string; kind: ColumnKind; width: number };
export type Cell = string | number | null;

export type ReportTable = {
  heading: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** Said where there are no rows. */
  empty: string;
  /** So many rows at the end are sums. */
  sums?: number;
};

/**
 * What is exported, whatever the format: what it is and under which filters, period, completeness, when and by whom;
 * the tables; and what a reader has to know beside them.
 */
export type Report = {
  title: string;
  fileName: string;
  language: Language;
  /** Who took it along and when, on every page of it: a copy that turns up says where it is from. */
  mark: string;
  about: readonly (readonly [label: string, text: string])[];
  tables: readonly ReportTable[];
  notes: readonly string[];
};

/** The mark of a file that this person takes along at this instant. */
export function markOf(name: string, unitName: string, at: string): string {
  return `${name} (${unitName}) · ${shanghaiMinute(at)}`;
}

/** An instant on the clock of Asia/Shanghai: `2026-03-10 10:05`. */
export function shanghaiMinute(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}
