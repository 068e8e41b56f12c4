import type { ImportMapping, ImportPreview, ImportRefusal } from '../../contract/workstation/imports.ts';
import type { CodeEntry } from '../../domain/procedure/index.ts';
import type { Language } from '../../words/index.ts';
import { targetFields } from './reading/fields.ts';
import type { ShopHere } from './reading/judge-return.ts';
import { groupNotes, remarksOf } from './reading/notes.ts';
import { refusedRowsCsv } from './reading/report.ts';
import { guessMapping, guessMappingAs, shapeOf, unmappedWords } from './reading/shape.ts';
import { readTable, type ReadOptions, type Table, type TableError } from './reading/table.ts';
import { judgeRows, mappingIssues, type AcceptedRow, type RefusedRow } from './reading/verdict.ts';

const SAMPLE_ROWS = 20;
const SHOWN_REFUSALS = 500;

/** What the screen shows of an opened file, apart from what only the workstation knows of it. */
export type JudgedFile = Omit<ImportPreview, 'importId' | 'fileName' | 'mappingFrom'> & {
  /** Null when the mapping was given; else how sure a guess it is. */
  guessed: 'known' | 'guessed' | null;
};

export type JudgeOrder = {
  mapping: ImportMapping | null;
  today: string;
  language: Language;
  /** Categories of merchants in force; those that Heshi ships with when not given. */
  categories?: readonly CodeEntry[] | undefined;
  /** The merchants of the unit, to which a till's list belongs. */
  shops?: readonly ShopHere[] | undefined;
};

const shownRefusal = ({ row, sheet, field, rule, message }: RefusedRow): ImportRefusal => ({
  row,
  sheet: sheet ?? null,
  field,
  rule,
  message,
});

/** A mapping that says what the file is but not yet which column is what: the headers suggest it. */
function columnsChosen(table: Table, given: ImportMapping | null): ImportMapping {
  if (given === null) throw new Error('Neither given nor guessed');
  return Object.keys(given.columns).length > 0
    ? given
    : { ...guessMappingAs(table, given.kind).mapping, dateOrder: given.dateOrder };
}

/**
 * One file that was opened, with its rows and their verdicts. It is big, and what it does takes time: it lives where neither
 * the screen's calls nor the store wait for it.
 */
export class OpenedFile {
  private readonly bytes: Uint8Array;
  private readonly fileName: string;
  private table: Table | null = null;
  private mapping: ImportMapping | null = null;
  private accepted: AcceptedRow[] = [];
  private refused: RefusedRow[] = [];

  constructor(bytes: Uint8Array, fileName: string) {
    this.bytes = bytes;
    this.fileName = fileName;
  }

  /** Reads the file, or other sheets of it; gives back its shape. An error leaves what was read before. */
  async read(options: ReadOptions): Promise<{ shape: string } | { error: TableError }> {
    const result = await readTable(this.bytes, this.fileName, options);
    if (!result.ok) return { error: result.error };
    this.table = result.table;
    return { shape: shapeOf(result.table) };
  }

  /** Judges every row under a mapping, or under the one that its headers suggest. */
  judge({ mapping: given, today, language, categories, shops }: JudgeOrder): JudgedFile {
    const { table } = this;
    if (table === null) throw new Error('Nothing was read yet');
    const guess = given === null ? guessMapping(table) : null;
    const mapping = guess === null ? columnsChosen(table, given) : guess.mapping;
    this.mapping = mapping;
    const { accepted, refused } = judgeRows(table, mapping, { today, language, categories, shops });
    this.accepted = accepted;
    this.refused = refused;
    const blocked = mappingIssues(table, mapping, language);
    const shown = blocked.length > 0 ? [] : refused.slice(0, SHOWN_REFUSALS);
    const byIndex = new Map(
      refused.filter(({ index }) => index < SAMPLE_ROWS).map((one) => [one.index, shownRefusal(one)]),
    );
    return {
      guessed: guess === null ? null : guess.preset === null ? 'guessed' : 'known',
      format: table.format,
      encoding: table.encoding,
      sheets: table.sheets,
      shape: shapeOf(table),
      headers: table.headers,
      targetFields: targetFields(mapping.kind),
      mapping,
      blocked,
      rows: table.rows.length,
      accepted: accepted.length,
      refused: shown.map(shownRefusal),
      notes: groupNotes(table, mapping, accepted, language),
      remarks: remarksOf(table, mapping, language),
      sample: table.rows.slice(0, SAMPLE_ROWS).map(({ row, sheet, cells }, index) => ({
        row,
        sheet: sheet ?? null,
        cells,
        refusal: byIndex.get(index) ?? null,
      })),
      unmapped: unmappedWords(table, mapping),
    };
  }

  /** Some of the accepted rows, in their order. */
  rows({ from, count }: { from: number; count: number }): AcceptedRow[] {
    // Plain, so that a thread can hand them over.
    return this.accepted.slice(from, from + count).map((one) => ({ ...one, identity: one.identity }));
  }

  /** All refused rows. */
  refusals(): readonly RefusedRow[] {
    return this.refused;
  }

  /** The refused rows with their reasons, as a file; null when there are none. */
  refusedFile({ language }: { language: Language }): Uint8Array | null {
    const { table, mapping, refused } = this;
    if (table === null || mapping === null || refused.length === 0) return null;
    return refusedRowsCsv(table, mapping, refused, language);
  }
}
