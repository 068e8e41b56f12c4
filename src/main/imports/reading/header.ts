import type { AmountPower } from '../../../domain/kernel/text/index.ts';
import type { SourceRecord } from './csv.ts';
import { GROUP_MARK, headerAliasHits } from './fields.ts';
import { visible } from './clean.ts';
import { moneyUnits, unitAlone, unitInHeader, unitInTitle } from './words/units.ts';

/** Title lines above the header are common in official registers. */
const HEADER_SEARCH_ROWS = 10;

export type Spans = ReadonlyMap<number, readonly [first: number, last: number][]>;
export type FoundHeader = {
  headers: string[];
  /** The row of the header's last line. */
  row: number;
  /** How many records the titles and the header take. */
  end: number;
  brokenQuotes: boolean;
  /** The unit that a title line gives to amounts without one of their own; null when none does. */
  titlePower: AmountPower | null;
  /** How many fields are known by these headers. */
  hits: number;
};

type Candidate = { headers: string[]; first: number; last: number; hits: number };

/**
 * Finds the header: the row that knows most of its names, alone or together with the one below or above it; else the first with two
 * different cells; else the first. `spans` are the merges across.
 */
export function findHeader(records: readonly SourceRecord[], spans: Spans): FoundHeader | null {
  const rows = records.slice(0, HEADER_SEARCH_ROWS);
  const hits = rows.map((record) => headerAliasHits(record.cells));
  const most = Math.max(0, ...hits);
  const firstTable = rows.findIndex(
    (record) => new Set(record.cells.map((cell) => visible(cell)).filter(Boolean)).size >= 2,
  );
  const index = most >= 2 ? hits.indexOf(most) : Math.max(firstTable, 0);
  const record = rows[index];
  if (record === undefined) return null;
  let best: Candidate = { headers: record.cells, first: index, last: index, hits: most };
  const below = joined(records, index, spans);
  if (below !== null && (below.hits > best.hits || (below.sure && below.hits === best.hits))) best = below;
  const above = index > 0 ? joined(records, index - 1, spans) : null;
  if (above !== null && above.hits > best.hits) best = above;
  const last = records[best.last];
  return {
    headers: best.headers,
    row: last?.row ?? record.row,
    end: best.last + 1,
    brokenQuotes: record.brokenQuotes,
    titlePower: titlePowerOf(records.slice(0, best.first)),
    hits: best.hits,
  };
}

/** Two lines as one header, or null when the lower one is none. `sure`: by its merges or units, whatever its words. */
function joined(
  records: readonly SourceRecord[],
  index: number,
  spans: Spans,
): (Candidate & { sure: boolean }) | null {
  const [top, bottom] = [records[index], records[index + 1]];
  if (top === undefined || bottom?.row !== top.row + 1) return null;
  const covered = new Set(bottom.covered);
  const width = Math.max(top.cells.length, bottom.cells.length);
  const at = (record: SourceRecord, column: number): string => visible(record.cells[column] ?? '');
  const spanOf = (column: number): readonly [number, number] | undefined =>
    spans.get(top.row)?.find(([first, last]) => first <= column && column <= last);
  const headers: string[] = [];
  let group = '';
  let units = 0;
  let grouped = 0;
  for (let column = 0; column < width; column += 1) {
    const over = at(top, column);
    const span = spanOf(column);
    if (over !== '') group = over;
    const under = covered.has(column) ? '' : at(bottom, column);
    if (under === '') {
      headers.push(over);
      continue;
    }
    const unit = unitAlone.exec(under.normalize('NFKC'));
    if (unit !== null && over !== '') {
      units += 1;
      headers.push(`${over}(${unit[1]})`);
      continue;
    }
    const opensGroup = at(top, column + 1) === '' && at(bottom, column + 1) !== '';
    const inGroup = span !== undefined || over === '' || opensGroup;
    if (!inGroup || group === '' || looksLikeDatum(under)) return null;
    grouped += 1;
    headers.push(`${group}${GROUP_MARK}${under}`);
  }
  if (grouped + units === 0) return null;
  const sure = covered.size > 0 || grouped === 0;
  return { headers, first: index, last: index + 1, hits: headerAliasHits(headers), sure };
}

function titlePowerOf(titles: readonly SourceRecord[]): AmountPower | null {
  for (const cell of titles.flatMap((record) => record.cells)) {
    const found = unitInTitle.exec(visible(cell).normalize('NFKC'));
    const unit = found?.[1] ?? found?.[2];
    if (unit !== undefined) return moneyUnits[unit] ?? null;
  }
  return null;
}

/** The unit that a header gives to the figures below it; null when it gives none. */
export function powerOfHeader(header: string): AmountPower | null {
  const found = unitInHeader.exec(visible(header).normalize('NFKC'));
  const unit = found?.[1] ?? found?.[2];
  return unit === undefined ? null : (moneyUnits[unit] ?? null);
}

function looksLikeDatum(cell: string): boolean {
  return cell.length > 30 || /\d{3,}|^[\d\s.,:/+¥$-]+$/.test(cell.normalize('NFKC'));
}

/** A header names things: half of it or more being numbers and dates means that there is none. */
export function looksLikeData(headers: readonly string[]): boolean {
  const filled = headers.map((cell) => visible(cell).normalize('NFKC')).filter(Boolean);
  const data = filled.filter((cell) => /^[\d\s.,:/\-+¥$年月日时分秒]+$/.test(cell));
  return data.length * 2 >= filled.length && data.length > 0;
}
