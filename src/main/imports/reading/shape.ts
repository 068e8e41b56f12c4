import { createHash } from 'node:crypto';
import { ImportKind, type ImportMapping } from '../../../contract/workstation/imports.ts';
import { cleanCell } from './clean.ts';
import { decideDateOrder } from './days.ts';
import {
  fieldOfHeader,
  fieldsOf,
  normaliseHeader,
  SHARED_COLUMN_FIELDS,
  targetFields,
  VALUE_FIELDS,
  type ValueField,
} from './fields.ts';
import type { TargetField } from './field-names.ts';
import type { Reason } from './result.ts';
import type { Table, TableRow } from './table.ts';
import { isNothing, knownCode, normaliseWord, type ValueCodes } from './words/dictionary.ts';

/** A shape the program knows by its headers; null when it only guesses. */
export type Preset = 'nyc-mediated' | 'complaints-register' | 'merchant-roster' | 'till-returns';
export type Guess = {
  kind: ImportKind;
  mapping: ImportMapping;
  /** 0 to 1: how much of what is needed was recognised; below 1 a person should look. */
  confidence: number;
  preset: Preset | null;
};

/** Fingerprint of a file's headers: the same register next month has the same one. */
export function shapeOf(table: Pick<Table, 'headers'>): string {
  const normal = table.headers.map(normaliseHeader).join('\u001f');
  return createHash('sha256').update(normal, 'utf8').digest('hex').slice(0, 32);
}

/** The mapping that the headers suggest, with the words of the file that have a known meaning. */
export function guessMapping(table: Table): Guess {
  const [first, ...others] = ImportKind.options.map((kind) => guessKind(table, kind));
  if (first === undefined) throw new Error('There is no kind of file');
  return others.reduce((best, other) => (other.score > best.score ? other : best), first).guess;
}

/** The mapping the headers suggest when a person has said what the file is. */
export function guessMappingAs(table: Table, kind: ImportKind): Guess {
  return guessKind(table, kind).guess;
}

function guessKind(table: Table, kind: ImportKind): { guess: Guess; score: number } {
  const columns: Record<string, number | null> = {};
  for (const field of fieldsOf(kind)) columns[field] = null;
  table.headers.forEach((header, index) => {
    const field = fieldOfHeader(kind, header);
    if (field !== null && columns[field] === null) columns[field] = index;
  });
  if (kind === 'complaints') shareCategoryColumns(table, columns);
  const mapping: ImportMapping = {
    kind,
    columns,
    dateOrder: 'auto',
    values: { outcome: {}, satisfaction: {}, object: {}, problem: {} },
  };
  if (kind === 'complaints') fillKnownWords(table, mapping);
  const required = targetFields(kind).filter((field) => field.required);
  const recognised = required.filter(({ name }) => columnOf(mapping, name) !== null).length;
  const matched = Object.values(columns).filter((column) => column !== null).length;
  const decidable = datesDecidable(table, mapping);
  const share = recognised / required.length;
  return {
    guess: {
      kind,
      mapping,
      confidence: Math.round((decidable ? share : share * 0.8) * 100) / 100,
      preset: presetOf(table, kind, share, matched),
    },
    score: share * 3 + matched,
  };
}

/** Where there is no column for the object, the industry says it best. */
function shareCategoryColumns(table: Table, columns: Record<string, number | null>): void {
  if (columns.object === null) columns.object = columns.industry ?? null;
  if (columns.object !== null || columns.problem === null || columns.problem === undefined) return;
  // Some registers put "服装质量" style words into one column of dispute types.
  const words = wordsOf(table.rows, columns.problem);
  const tells = [...words.keys()].filter((word) => knownCode('object', word) !== null).length;
  if (words.size > 0 && tells * 2 >= words.size) columns.object = columns.problem;
}

function fillKnownWords(table: Table, mapping: ImportMapping): void {
  for (const field of VALUE_FIELDS) {
    const column = columnOf(mapping, field);
    if (column === null) continue;
    for (const word of wordsOf(table.rows, column).keys()) setKnown(mapping, field, word);
  }
}

function setKnown(mapping: ImportMapping, field: ValueField, word: string): void {
  const values = mapping.values;
  if (field === 'outcome') assign(values.outcome, word, knownCode(field, word));
  else if (field === 'satisfaction') assign(values.satisfaction, word, knownCode(field, word));
  else if (field === 'object') assign(values.object, word, knownCode(field, word));
  else assign(values.problem, word, knownCode(field, word));
}

function assign<Code>(record: Record<string, Code>, word: string, code: Code | null): void {
  if (code !== null && word.length <= 200) record[word] = code;
}

const DATE_FIELDS: Record<ImportKind, readonly TargetField[]> = {
  merchants: [],
  complaints: ['startedOn', 'closedOn'],
  returns: ['purchasedOn', 'requestedOn', 'refundedOn'],
};

/** The columns that hold days under a mapping. */
export function dateColumns(mapping: ImportMapping): number[] {
  return DATE_FIELDS[mapping.kind]
    .map((field) => columnOf(mapping, field))
    .filter((column) => column !== null);
}

function datesDecidable(table: Table, mapping: ImportMapping): boolean {
  const cells = dateColumns(mapping).flatMap((column) => table.rows.map((row) => row.cells[column] ?? ''));
  const yearLast = cells.some((text) => /^\s*\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}/.test(text));
  return !yearLast || decideDateOrder('auto', cells) !== 'ambiguous';
}

function presetOf(table: Table, kind: ImportKind, share: number, matched: number): Preset | null {
  if (share < 1) return null;
  if (kind === 'merchants') return matched >= 3 ? 'merchant-roster' : null;
  if (kind === 'returns') return 'till-returns';
  const headers = new Set(table.headers.map(normaliseHeader));
  const nyc = ['Mediation Start Date', 'Mediation Close Date', 'Complaint Result', 'Restitution'];
  return nyc.every((header) => headers.has(normaliseHeader(header))) ? 'nyc-mediated' : 'complaints-register';
}

/** The column a field is mapped to, or null. */
export function columnOf(mapping: ImportMapping, field: TargetField): number | null {
  return mapping.columns[field] ?? null;
}

export type MappingRule = 'unknown-target' | 'column-missing' | 'column-out-of-range' | 'column-used-twice';

/**
 * What keeps a mapping from being used on a table: a field that does not exist, a column the file does
 * not have, a required field without column, one column for two fields. Empty when it can be used.
 */
export function validateMapping(
  table: Pick<Table, 'headers'>,
  mapping: ImportMapping,
): (Reason<MappingRule> & { field: string })[] {
  const issues: (Reason<MappingRule> & { field: string })[] = [];
  const known = new Set<string>(fieldsOf(mapping.kind));
  const usedBy = new Map<number, string>();
  for (const [field, column] of Object.entries(mapping.columns)) {
    if (!known.has(field)) issues.push({ field, rule: 'unknown-target', parameters: {} });
    if (column === null) continue;
    if (column >= table.headers.length) {
      issues.push({ field, rule: 'column-out-of-range', parameters: { number: column + 1 } });
    }
    if ([...SHARED_COLUMN_FIELDS].some((shared) => shared === field)) continue;
    const other = usedBy.get(column);
    if (other !== undefined) {
      const parameters = { other, column: table.headers[column] ?? '' };
      issues.push({ field, rule: 'column-used-twice', parameters });
    }
    usedBy.set(column, field);
  }
  for (const { name, required } of targetFields(mapping.kind)) {
    if (required && columnOf(mapping, name) === null) {
      issues.push({ field: name, rule: 'column-missing', parameters: {} });
    }
  }
  return issues;
}

/** The words of value-mapped columns that have no code yet, with how often they occur. */
export function unmappedWords(
  table: Table,
  mapping: ImportMapping,
): { field: ValueField; word: string; count: number }[] {
  if (mapping.kind !== 'complaints') return [];
  return VALUE_FIELDS.flatMap((field) => {
    const column = columnOf(mapping, field);
    if (column === null) return [];
    return [...wordsOf(table.rows, column)]
      .filter(([word]) => codeOf(mapping, field, word) === null)
      .map(([word, count]) => ({ field, word, count }));
  });
}

type ValueMaps = { [Field in ValueField]: Record<string, ValueCodes[Field]> };

/** The code of a word: the person's own table first, then what the program knows. */
export function codeOf<Field extends ValueField>(
  mapping: ImportMapping,
  field: Field,
  word: string,
): ValueCodes[Field] | null {
  const maps: ValueMaps = mapping.values;
  const own: Record<string, ValueCodes[Field]> = maps[field];
  if (Object.hasOwn(own, word)) return own[word] ?? null;
  const normal = normaliseWord(word);
  const key = Object.keys(own).find((candidate) => normaliseWord(candidate) === normal);
  return (key === undefined ? null : own[key]) ?? knownCode(field, word);
}

function wordsOf(rows: readonly TableRow[], column: number): Map<string, number> {
  const words = new Map<string, number>();
  for (const { cells } of rows) {
    const word = cleanCell(cells[column] ?? '');
    if (!isNothing(word)) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}
