import Papa from 'papaparse';
import { headerAliasHits } from './fields.ts';
import { read, unreadable, type Reading } from './result.ts';

/** One record of a file: `row` counts records from 1, blank ones included, as a spreadsheet shows them. */
export type SourceRecord = {
  row: number;
  cells: string[];
  brokenQuotes: boolean;
  /** Columns whose value is that of a cell above, merged down over this one. */
  covered?: number[];
};
export type CsvRule = 'unclosed-quote';

const DELIMITERS = [',', '\t', ';', '|'] as const;
const SNIFFED_RECORDS = 200;

/** More lines than this with quotes out of place: the file is damaged as a whole, or is no CSV. */
const MAXIMUM_BROKEN_LINES = 100;

/**
 * Splits delimited text into records. Quoted line breaks stay inside their cell. A quote out of place, or
 * one that never closes, costs its own line only: that line is marked and reading goes on below it. Too
 * many such lines are an error (parameter `row`, the record of the last one).
 */
export function parseCsv(given: string): Reading<SourceRecord[], CsvRule> {
  const text = withOneLineEnd(given);
  const delimiter = sniffDelimiter(text);
  const whole = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  if (!whole.errors.some((error) => error.type === 'Quotes')) {
    return read(whole.data.map((cells, index) => ({ row: index + 1, cells, brokenQuotes: false })));
  }
  return parseAroundBrokenLines(text, delimiter, whole.meta.linebreak);
}

/** Files put together from several have several line ends; outside quotes all of them end a line. */
function withOneLineEnd(text: string): string {
  const kinds = [/\r\n/, /(?<!\r)\n/, /\r(?!\n)/].filter((kind) => kind.test(text)).length;
  if (kinds < 2) return text;
  // Of each stretch between quotes every second one stands inside them.
  return text
    .split('"')
    .map((stretch, index) => (index % 2 === 0 ? stretch.replaceAll(/\r\n?/g, '\n') : stretch))
    .join('"');
}

function parseAroundBrokenLines(
  text: string,
  delimiter: string,
  newline: string,
): Reading<SourceRecord[], CsvRule> {
  const records: SourceRecord[] = [];
  let start = 0;
  let brokenLines = 0;
  while (start < text.length) {
    const sound = soundRecords(text.slice(start), delimiter, newline);
    for (const cells of sound.records) records.push({ row: records.length + 1, cells, brokenQuotes: false });
    start += sound.end;
    if (!sound.broken) break;
    brokenLines += 1;
    const row = records.length + 1;
    if (brokenLines > MAXIMUM_BROKEN_LINES) return unreadable('unclosed-quote', { row });
    const lineEnd = text.indexOf(newline, start);
    const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
    records.push({ row, cells: line.split(delimiter), brokenQuotes: true });
    start = lineEnd < 0 ? text.length : lineEnd + newline.length;
  }
  return read(records);
}

/** The records up to the first with a quote out of place, and where that one begins. */
function soundRecords(
  text: string,
  delimiter: string,
  newline: string,
): { records: string[][]; end: number; broken: boolean } {
  const records: string[][] = [];
  let end = 0;
  let broken = false;
  Papa.parse<string[]>(text, {
    delimiter,
    newline: newline === '\r\n' ? '\r\n' : newline === '\r' ? '\r' : '\n',
    skipEmptyLines: false,
    step: ({ data, errors, meta }, parser) => {
      if (broken) return;
      broken = errors.some((error) => error.type === 'Quotes');
      if (broken) return parser.abort();
      records.push(data);
      end = meta.cursor;
    },
  });
  return { records, end, broken };
}

/** Writes records as CSV (RFC 4180: comma, CRLF, quotes where needed), without byte order mark. */
export function writeCsv(records: readonly (readonly string[])[]): string {
  return Papa.unparse(
    records.map((record) => [...record]),
    { delimiter: ',', newline: '\r\n' },
  );
}

/**
 * The delimiter under which most records have the same number of cells, two at least; a tie goes to
 * the one under which more headers are known, then to the comma.
 */
export function sniffDelimiter(text: string): string {
  let best: { delimiter: string; share: number; hits: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const sample = Papa.parse<string[]>(text, { delimiter, preview: SNIFFED_RECORDS }).data.filter((cells) =>
      cells.some((cell) => cell.trim() !== ''),
    );
    const counts = new Map<number, number>();
    for (const cells of sample) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    const agreeing = Math.max(0, ...[...counts].map(([width, n]) => (width >= 2 ? n : 0)));
    const share = sample.length === 0 ? 0 : agreeing / sample.length;
    const hits = Math.max(0, ...sample.slice(0, 10).map((cells) => headerAliasHits(cells)));
    if (!best || share > best.share || (share === best.share && share > 0 && hits > best.hits)) {
      best = { delimiter, share, hits };
    }
  }
  return best?.delimiter ?? ',';
}
