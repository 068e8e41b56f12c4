/** A process in which exceljs reads every cell of a workbook as text: `exceljs-process.ts FILE` tells how long that took, and its rows. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

type Row = { eachCell(tell: (cell: { text: string }) => void): void };
type Book = {
  xlsx: { load(bytes: Uint8Array): Promise<void> };
  worksheets: { eachRow(tell: (row: Row) => void): void }[];
};

const load = createRequire(new URL('./peers/package.json', import.meta.url));
const { Workbook } = load('exceljs') as { Workbook: new () => Book };
const bytes = await readFile(process.argv[2] ?? '');
const started = performance.now();
const book = new Workbook();
await book.xlsx.load(bytes);
let rows = 0;
let characters = 0;
for (const sheet of book.worksheets)
  sheet.eachRow((row) => {
    rows += 1;
    row.eachCell((cell) => {
      characters += cell.text.length;
    });
  });
process.send?.({ rows, characters, milliseconds: performance.now() - started });
process.disconnect();
