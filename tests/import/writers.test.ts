import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTable } from '../../src/main/imports/reading/table.ts';
import { wordsOfMappings } from './documented.ts';
import { complaintsOf, fixture, opened } from './helpers.ts';

/** The register that all these workbooks hold in some form: `amounts` in fen, and what is different. */
type Right = {
  numbers: string[];
  refused?: string[];
  notes?: string[];
  remarks?: string[];
  amounts?: number[];
  shops?: string[];
  starts?: string[];
  ends?: string[];
  phones?: (string | null)[];
};

const two: Right = { numbers: ['TS0001', 'TS0002'] };
const merged: Right = {
  numbers: ['TS0001', 'TS0002', 'TS0003', 'TS0004'],
  amounts: [300_000, 0, 0, 700],
  notes: ['3 restitution amount-merged', '4 restitution amount-merged'],
};
const months: Right = {
  numbers: ['TS0001', 'TS0020', 'TS0021', 'TS0030', 'TS0031', 'TS0032'],
  amounts: Array.from({ length: 6 }, () => 10_050),
  remarks: ['hidden-sheet-not-read', 'sheet-not-read'],
};
const twoLines: Right = {
  numbers: ['TS0001', 'TS0002'],
  amounts: [500_000, 1_000_000],
  notes: ['3 restitution amount-unit', '4 restitution amount-unit'],
};

const WRITTEN: Record<string, Right> = {
  'o01-comment-table-chart.xlsx': { numbers: ['TS0001', 'TS0002', 'TS0003'] },
  'o02-date1904.xlsx': two,
  'o03-merged-amount-and-shop.xlsx': merged,
  'o04-two-line-header-with-unit.xlsx': twoLines,
  'o05-cover-sheet-and-title.xlsx': { ...two, remarks: ['sheet-not-read'] },
  'o06-months-hidden-and-notes.xlsx': months,
  'o07-invisible-characters.xlsx': { numbers: ['TS0001', 'TS0002', 'TS0003'] },
  'o08-errors-and-formulas.xlsx': {
    numbers: [],
    refused: [
      '2 merchantName spreadsheet-error',
      '3 merchantName formula-without-result',
      '4 restitution bad-amount',
    ],
  },
  'o09-unit-in-title.xlsx': {
    ...two,
    amounts: [500_000, 30_000],
    notes: ['4 restitution amount-unit'],
    remarks: ['title-unit'],
  },
  'o10-leap-day.xlsx': { numbers: ['TS0001'], starts: ['2024-02-28'], ends: ['2024-02-29'] },
  'o11-two-columns-one-header.xlsx': { numbers: ['TS0001'], remarks: ['column-not-used'] },
  'o12-phantom-rows.xlsx': { numbers: ['TS0001'] },
  'o13-header-again-and-total.xlsx': {
    ...two,
    refused: ['3 row repeated-header', '5 row total-row'],
  },
  'w01-register.xlsx': two,
  'w02-date1904.xlsx': two,
  'w03-inline-strings.xlsx': two,
  'w04-title-over-all-columns.xlsx': { numbers: ['TS0001'] },
  'w05-rich-text-comment-chart.xlsx': two,
  'w06-formulas-with-results.xlsx': {
    numbers: ['TS0001'],
    amounts: [10_000],
    refused: ['3 merchantName spreadsheet-error'],
  },
  'w07-numbers-in-text-columns.xlsx': { numbers: ['000042'], refused: ['3 externalNumber number-cut'] },
  'w08-merged-amount.xlsx': { ...two, amounts: [90_000, 0], notes: ['3 restitution amount-merged'] },
  'w09-date-and-time.xlsx': two,
  'l01-register.xlsx': two,
  'l02-register.xls': two,
  'l03-register.ods': two,
  'l04-merged-amount-and-shop.ods': merged,
  'l05-merged-amount-and-shop.xls': merged,
  'l06-months-hidden-and-notes.xlsx': months,
  'l07-two-line-header-with-unit.xls': twoLines,
  'l08-date1904.xlsx': two,
  'l09-register-gb18030.csv': two,
  'g01-register.xlsx': two,
  'g02-register.xls': two,
  'g03-register.ods': two,
  'g04-merged-amount-and-shop.xlsx': merged,
  'g05-cover-sheet-and-title.xlsx': { ...two, remarks: ['sheet-not-read'] },
  's01-register.xlsx': two,
  's02-shared-strings.xlsx': two,
  's03-register.xls': two,
  's04-register.ods': two,
  's05-register.et': two,
  's07-merged-amount.xlsx': { ...two, amounts: [10_050, 0], notes: ['3 restitution amount-merged'] },
  'p01-backslashes.xlsx': two,
  'p02-odd-case.xlsx': two,
  'p03-leading-slash.xlsx': two,
  'p04-no-references.xlsx': two,
  'p05-phonetic-guide.xlsx': two,
  'p06-prefixed.xlsx': two,
};

test.each(Object.entries(WRITTEN))('%s', async (name, right) => {
  const { judged, accepted, refused, notes } = await opened(fixture(name), { name });
  const complaints = complaintsOf(accepted);
  const each = <Value>(values: Value[] | undefined, usual: Value): Value[] =>
    values ?? right.numbers.map(() => usual);
  expect({
    numbers: complaints.map((one) => one.externalNumber),
    names: complaints.map((one) => one.consumerName),
    shops: complaints.map((one) => one.merchantName),
    phones: complaints.map((one) => one.consumerPhone),
    starts: complaints.map((one) => one.startedOn),
    ends: complaints.map((one) => one.closedOn),
    amounts: complaints.map((one) => one.restitutionFen),
    refused: refused.map(({ row, field, rule }) => `${row} ${field} ${rule}`),
    notes,
    remarks: judged.remarks.map(({ remark }) => remark),
  }).toEqual({
    numbers: right.numbers,
    names: each(undefined, '张三'),
    shops: each(right.shops, '虚构甲店'),
    phones: each<string | null>(right.phones, '13800000001'),
    starts: each(right.starts, '2026-03-05'),
    ends: each(right.ends, '2026-03-09'),
    amounts: each(right.amounts, 10_050),
    refused: right.refused ?? [],
    notes: right.notes ?? [],
    remarks: right.remarks ?? [],
  });
});

test('an .xls older than 1997 is refused with a word on what to do', async () => {
  expect(await readTable(fixture('s06-older.xls'), 's06-older.xls')).toMatchObject({
    error: { rule: 'legacy-xls' },
  });
});

test('the document of mapping files names every field and every code', () => {
  const text = readFileSync(new URL('../../docs/imports.md', import.meta.url), 'utf8');
  for (const word of wordsOfMappings()) expect(text).toContain(`\`${word}\``);
});
