import { looksLikeDate } from './days.ts';
import type { Table, TableRow } from './table.ts';

/** Forms that tell one column from another; plain text tells nothing. */
const FORMS = {
  date: looksLikeDate,
  decimal: (text: string): boolean => /^-?[\d,]+\.\d+$/.test(text.trim()),
  state: (text: string): boolean => /^[A-Z]{2}$/.test(text.trim()),
  'five-digits': (text: string): boolean => /^\d{5}$/.test(text.trim()),
  'eleven-digits': (text: string): boolean => /^1\d{10}$/.test(text.trim()),
} as const;
type Form = keyof typeof FORMS;
const FORM_NAMES = Object.keys(FORMS).filter((name): name is Form => name in FORMS);

/** A form is a column's when this many filled cells, and this share of them, have it. */
const ENOUGH_CELLS = 20;
const ENOUGH_SHARE = 0.95;
const SAMPLE = 500;

export type ColumnForm = { column: number; form: Form };

/** The columns whose cells all but always have one form; `dateColumns` have theirs by the mapping. */
export function columnForms(table: Table, dateColumns: readonly number[]): ColumnForm[] {
  return table.headers.flatMap((_, column): ColumnForm[] => {
    if (dateColumns.includes(column)) return [{ column, form: 'date' }];
    const filled = table.rows.map((row) => row.cells[column] ?? '').filter((text) => text.trim() !== '');
    if (filled.length < ENOUGH_CELLS) return [];
    const first = filled.slice(0, SAMPLE);
    const form = FORM_NAMES.find(
      (name) =>
        // What the first cells do not have is not a column's form, and need not be looked for in all of them.
        first.filter(FORMS[name]).length * 2 >= first.length &&
        filled.filter(FORMS[name]).length >= filled.length * ENOUGH_SHARE,
    );
    return form === undefined ? [] : [{ column, form }];
  });
}

/**
 * By how many columns the row has slipped (1 to the right, -1 to the left), or null. A row has slipped
 * when from some column on its cells lack their columns' forms, but all of them fit, at least two of them
 * filled, once moved by one. One odd cell is never enough.
 */
export function slippedBy(row: TableRow, forms: readonly ColumnForm[]): 1 | -1 | null {
  const fits = ({ column, form }: ColumnForm, offset: number): boolean | 'blank' => {
    const text = row.cells[column + offset] ?? '';
    return text.trim() === '' ? 'blank' : FORMS[form](text);
  };
  if (forms.every((one) => fits(one, 0) !== false)) return null;
  for (const offset of [1, -1] as const) {
    for (let start = 0; start < forms.length; start += 1) {
      const tail = forms.slice(start);
      const head = forms.slice(0, start);
      if (tail.every((one) => fits(one, 0) !== false)) break;
      const moved = tail.map((one) => fits(one, offset));
      if (moved.includes(false) || moved.filter((fit) => fit === true).length < 2) continue;
      if (head.every((one) => fits(one, 0) !== false)) return offset;
    }
  }
  return null;
}
