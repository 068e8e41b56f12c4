import { readFileSync } from 'node:fs';
import { outcomeOfResult } from './nyc-outcomes.ts';

/** Figures of the register, computed without any code of the importer: split, group, add, sort. */
export function nycFigures(refusedRows: ReadonlySet<number>) {
  const text = readFileSync(
    new URL('../../data/nyc-mediated/mediated-complaints.csv', import.meta.url),
    'utf8',
  );
  const cellsOf = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((one) => one[1] ?? one[2] ?? '');
  const rows = text
    .trimEnd()
    .split('\n')
    .map(cellsOf)
    .filter((_, index) => index > 0 && !refusedRows.has(index + 1));
  const counts: Record<string, number> = {};
  for (const row of rows)
    counts[outcomeOfResult[(row[5] ?? '').slice(-3)] ?? '?'] =
      (counts[outcomeOfResult[(row[5] ?? '').slice(-3)] ?? '?'] ?? 0) + 1;
  const restitutionFen = rows.reduce((sum, row) => sum + Math.round(Number(row[7]) * 100), 0);
  const days = rows
    .map((row) => (Date.parse(row[4] ?? '') - Date.parse(row[3] ?? '')) / 86_400_000)
    .map(Math.round)
    .sort((a, b) => a - b);
  const medianDays = ((days[(days.length - 1) >> 1] ?? NaN) + (days[days.length >> 1] ?? NaN)) / 2;
  return { rows: rows.length, counts, restitutionFen, medianDays };
}
