import { readFileSync } from 'node:fs';
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
