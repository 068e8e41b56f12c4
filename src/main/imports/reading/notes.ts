import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import type { Language } from '../../../words/index.ts';
import { cleanCell, visible } from './clean.ts';
import { fieldOfHeader, normaliseHeader } from './fields.ts';
import { noteMessage, remarkMessage, type NoteRule, type RemarkRule } from './messages.ts';
import type { Table } from './table.ts';
import type { AcceptedRow } from './verdict.ts';

/** What is noted of rows that are kept: one entry for each field and kind, with the first row's words. */
export type NoteGroup = {
  field: string;
  note: NoteRule;
  /** Worded by the first row's values. */
  message: string;
  count: number;
  /** The first rows, with their sheets where there are several. */
  rows: string[];
};

const SHOWN_ROWS = 20;
/** What most registers leave blank or say in words of their own: told last. */
const QUIET: ReadonlySet<NoteRule> = new Set<NoteRule>([
  'address-blank',
  'category-blank',
  'category-unknown',
  'category-assumed',
  'satisfaction-blank',
  'satisfaction-unknown',
  'goods-blank',
  'goods-unknown',
]);

/** Groups the notes of all accepted rows, the most telling first: those of amounts, days and names before what is merely blank. */
export function groupNotes(
  table: Table,
  mapping: ImportMapping,
  accepted: readonly AcceptedRow[],
  language: Language,
): NoteGroup[] {
  const groups = new Map<string, NoteGroup>();
  for (const { row, sheet, notes } of accepted) {
    for (const { field, note, parameters } of notes) {
      const column = mapping.columns[field] ?? null;
      // What the file has no column for is blank in every row: the mapping says so.
      if (column === null && QUIET.has(note)) continue;
      const key = `${field} ${note}`;
      let group = groups.get(key);
      if (group === undefined) {
        const header = column === null ? '' : visible(table.headers[column] ?? '');
        const message = noteMessage(
          { note, field, column: header, ...(parameters === undefined ? {} : { parameters }) },
          language,
        );
        group = { field, note, message, count: 0, rows: [] };
        groups.set(key, group);
      }
      group.count += 1;
      if (group.rows.length < SHOWN_ROWS)
        group.rows.push(sheet === undefined ? String(row) : `${sheet} ${row}`);
    }
  }
  const quiet = (group: NoteGroup): number => (QUIET.has(group.note) ? 1 : 0);
  return [...groups.values()].toSorted((one, other) => quiet(one) - quiet(other));
}

export type FileRemark = { remark: RemarkRule; message: string };

/** What is said of the file as a whole: sheets and columns that are not read, a unit that a title line gives. */
export function remarksOf(table: Table, mapping: ImportMapping, language: Language): FileRemark[] {
  const remarks: FileRemark[] = [];
  const say = (remark: RemarkRule, parameters: Record<string, string | number>): void => {
    remarks.push({ remark, message: remarkMessage({ remark, parameters }, language) });
  };
  for (const { name, rows, read, hidden } of table.sheets) {
    if (!read) say(hidden ? 'hidden-sheet-not-read' : 'sheet-not-read', { sheet: name, rows });
  }
  const used = new Map(
    Object.entries(mapping.columns).flatMap(([field, column]) =>
      column === null ? [] : [[column, field] as const],
    ),
  );
  const takenBy = new Map([...used].map(([column, field]) => [field, column]));
  table.headers.forEach((header, column) => {
    if (used.has(column) || visible(header) === '') return;
    const twin = table.headers.findIndex(
      (other, place) =>
        place !== column && used.has(place) && normaliseHeader(other) === normaliseHeader(header),
    );
    const field = fieldOfHeader(mapping.kind, header);
    const other = twin >= 0 ? twin : field === null ? undefined : takenBy.get(field);
    if (other === undefined || other === column) return;
    say('column-not-used', {
      header: cleanCell(header),
      number: column + 1,
      other: other + 1,
      field: used.get(other) ?? '',
    });
  });
  if (takenBy.has('restitution')) {
    for (const [sheet, power] of Object.entries(table.titlePowers)) {
      if (power > 0) say(sheet === '' ? 'title-unit' : 'title-unit-of-sheet', { power, sheet });
    }
  }
  return remarks;
}
