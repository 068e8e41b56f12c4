import { readFileSync } from 'node:fs';
import type { ImportMapping } from '../../src/contract/workstation/imports.ts';
import { OpenedFile, type JudgedFile } from '../../src/main/imports/opened-file.ts';
import { guessMapping } from '../../src/main/imports/reading/shape.ts';
import { readTable, type Table } from '../../src/main/imports/reading/table.ts';
import {
  judgeRows,
  type AcceptedRow,
  type JudgeOptions,
  type RefusedRow,
} from '../../src/main/imports/reading/verdict.ts';

export const today = '2026-06-30';

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function nycFile(): Uint8Array {
  return readFileSync(new URL('../../data/nyc-mediated/mediated-complaints.csv', import.meta.url));
}

export async function tableFrom(content: string | Uint8Array, name = 'file.csv'): Promise<Table> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const result = await readTable(bytes, name);
  if (!result.ok) throw new Error(`${result.error.rule} ${JSON.stringify(result.error.parameters)}`);
  return result.table;
}

/** Reads, guesses and judges as an import without a person would. */
export async function judged(
  content: string | Uint8Array,
  options: JudgeOptions = { today },
): Promise<{ table: Table; accepted: AcceptedRow[]; refused: RefusedRow[] }> {
  const table = await tableFrom(content);
  return { table, ...judgeRows(table, guessMapping(table).mapping, options) };
}

export function complaintsOf(accepted: readonly AcceptedRow[]) {
  return accepted.flatMap((one) => (one.kind === 'complaint' ? [one.complaint] : []));
}

export function merchantsOf(accepted: readonly AcceptedRow[]) {
  return accepted.flatMap((one) => (one.kind === 'merchant' ? [one.merchant] : []));
}

export function briefly(refused: readonly RefusedRow[]) {
  return refused.map(({ row, field, rule }) => `${row} ${field} ${rule}`);
}

export type Opened = {
  judged: JudgedFile;
  accepted: AcceptedRow[];
  refused: readonly RefusedRow[];
  /** What is noted of accepted rows, as `3 restitution amount-merged`. */
  notes: string[];
  file: OpenedFile;
};

/** Opens and judges a file as the screen does. */
export async function opened(
  content: string | Uint8Array,
  options: { name?: string; sheets?: string[]; mapping?: ImportMapping; language?: 'zh-CN' | 'en' } = {},
): Promise<Opened> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = new OpenedFile(bytes, options.name ?? 'file.csv');
  const read = await file.read(options.sheets === undefined ? {} : { sheets: options.sheets });
  if ('error' in read) throw new Error(`${read.error.rule} ${JSON.stringify(read.error.parameters)}`);
  const { mapping = null, language = 'zh-CN' } = options;
  const result = file.judge({ mapping, today, language });
  const accepted = file.rows({ from: 0, count: Infinity });
  const refused = file.refusals();
  // Always as many verdicts as rows.
  if (accepted.length + refused.length !== result.rows) throw new Error('Rows without a verdict');
  const notes = accepted.flatMap((one) =>
    one.notes
      .filter(({ note }) => !note.endsWith('-blank'))
      .map(
        ({ field, note }) => `${one.sheet === undefined ? '' : `${one.sheet} `}${one.row} ${field} ${note}`,
      ),
  );
  return { judged: result, accepted, refused, notes, file };
}
