import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { HistoricalOutcome, ObjectCategory, ProblemCategory, Satisfaction } from '../../domain/case/index.ts';
import type { FieldChange } from '../../domain/kernel/event/change.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { type Capability, NO_SCOPE, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy } from './base.ts';

export const ImportKind = z.enum(['merchants', 'complaints', 'returns']);
export type ImportKind = z.infer<typeof ImportKind>;

/** Which column feeds which field, and how foreign words read; remembered by the file's shape. */
export const ImportMapping = z.object({
  kind: ImportKind,
  /** Target field → column index, or null when the file has none. */
  columns: z.record(z.string().max(60), z.int().min(0).max(500).nullable()),
  dateOrder: z.enum(['auto', 'YMD', 'MDY', 'DMY']).default('auto'),
  /** Word in the file → our code, per field. */
  values: z
    .object({
      outcome: z.record(z.string().max(200), HistoricalOutcome).default({}),
      satisfaction: z.record(z.string().max(200), Satisfaction).default({}),
      object: z.record(z.string().max(200), ObjectCategory).default({}),
      problem: z.record(z.string().max(200), ProblemCategory).default({}),
    })
    .default({ outcome: {}, satisfaction: {}, object: {}, problem: {} }),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** A roster holds merchants; a register holds cases, which count in the unit's figures; a till's list a shop's own returns. */
export const IMPORT_NEEDS: Record<ImportKind, Capability> = {
  merchants: 'merchant.edit',
  complaints: 'case.import',
  returns: 'return.handle',
};

export type ImportRefusal = {
  row: number;
  /** The sheet it stands in, where rows of several were read. */
  sheet: string | null;
  field: string;
  rule: string;
  message: string;
};

export type ImportPreview = {
  importId: string;
  fileName: string;
  format: 'csv' | 'xlsx' | 'xls' | 'ods';
  encoding: string;
  /** All sheets that hold something, with their rows below the header; none for text. */
  sheets: { name: string; rows: number; read: boolean; hidden: boolean }[];
  /** Fingerprint of the headers; a mapping is remembered under it. */
  shape: string;
  /** `known`: a built-in shape; `remembered`: mapped here before; `guessed`: please check. */
  mappingFrom: 'known' | 'remembered' | 'guessed' | 'given';
  headers: string[];
  targetFields: { name: string; required: boolean }[];
  mapping: ImportMapping;
  /** Why no row can be judged under this mapping; then `refused` is left empty, since it would say the same of each row. */
  blocked: { field: string; rule: string; message: string }[];
  rows: number;
  accepted: number;
  refused: ImportRefusal[];
  /** What is noted of accepted rows, by field and kind, in the words of the first. */
  notes: { field: string; note: string; message: string; count: number; rows: string[] }[];
  /** What is said of the file as a whole: what was not read, and the unit of its amounts. */
  remarks: { remark: string; message: string }[];
  /** The first rows, each with its verdict. */
  sample: { row: number; sheet: string | null; cells: string[]; refusal: ImportRefusal | null }[];
  /** Distinct words of value-mapped columns that have no code yet. */
  unmapped: { field: string; word: string; count: number }[];
};

/** Notes that are no matter of course: whoever imports has to say once that the rows are kept as they are. */
const CAUTIONS: ReadonlySet<string> = new Set(['credit-code-doubtful', 'credit-code-wrong-length']);

/** What of a preview has to be confirmed before its rows are saved. */
export function cautionsOf({ notes }: Pick<ImportPreview, 'notes'>): ImportPreview['notes'] {
  return notes.filter(({ note }) => CAUTIONS.has(note));
}

/** What a row of a roster would change of a merchant on record. */
export type RosterChange = {
  /** Among the accepted rows, from 0. */
  place: number;
  row: number;
  sheet: string | null;
  merchantId: string;
  name: string;
  changes: FieldChange[];
};
/** The first of them, and how many there are in all. */
export type RosterChanges = { changes: RosterChange[]; total: number };

/** How far a file has been read; `rows` grows until all are judged. */
export type ImportReading = { phase: 'reading' | 'judging'; rows: number };

export type ImportProgress =
  | { phase: 'working'; done: number; total: number }
  | {
      phase: 'finished';
      imported: number;
      /** Merchants on record that a roster has changed. */
      updated: number;
      existing: number;
      refused: number;
      refusedFile: { fileName: string; base64: string } | null;
    };

/** An import that can be taken back as a whole. */
export type UndoableImport = {
  fileName: string;
  /** How many records it made or changed. */
  imported: number;
  /** In how many milliseconds it leaves by itself; null when there is no line and nobody knows. */
  leavesInMs: number | null;
};

const OWN_FILE = { whole: 'Rows of the file that this very person brought, to be mapped and put right.' };

export const imports = {
  /**
   * Reads a file (base64, at most 50 MB) and judges every row; saves nothing. Whoever may bring in registers may bring
   * in rosters; what the file is shows only once it is read. `readId` is made by the caller, to ask how far it has got.
   */
  open: capable('merchant.edit', NO_SCOPE, OWN_FILE)
    .input(
      z.object({
        fileName: z.string().min(1).max(255),
        base64: z.string().max(70_000_000),
        readId: z.uuid().optional(),
      }),
    )
    .output(type<ImportPreview>()),
  /** How far a file is read that `open` has not answered for; null when nothing is read under this id. */
  reading: capable('merchant.edit', NO_SCOPE)
    .input(z.object({ readId: z.uuid() }))
    .output(type<ImportReading | null>()),
  /** Reads other sheets of an opened file: one, or several with the same header. */
  chooseSheets: capable('merchant.edit', NO_SCOPE, OWN_FILE)
    .input(z.object({ importId: z.uuid(), sheets: z.array(z.string().max(200)).min(1).max(500) }))
    .output(type<ImportPreview>()),
  /** Judges again under another mapping, and remembers it for files of this shape. */
  remap: capableBy('mapping.kind', IMPORT_NEEDS, NO_SCOPE, OWN_FILE)
    .input(z.object({ importId: z.uuid(), mapping: ImportMapping }))
    .output(type<ImportPreview>()),
  /** What an opened roster would change of merchants that are on record, saved at a unit of one's scope; saves nothing. */
  rosterChanges: capable('merchant.edit', unitAndBelow())
    .input(z.object({ importId: z.uuid(), unitPath: UnitPath }))
    .output(type<RosterChanges>()),
  /**
   * Saves the accepted rows at a unit of one's scope; progress as it goes, the refused rows as a file at the end, in the
   * workstation's language unless told. What was opened decides the rest: a register asks for `case.import`, a till's list for
   * `return.handle`, and both go to the own unit only.
   */
  commit: capable('merchant.edit', unitAndBelow(), OWN_FILE)
    .input(
      z.object({
        importId: z.uuid(),
        unitPath: UnitPath,
        language: z.enum(['zh-CN', 'en']).optional(),
        /** Somebody was asked about what `cautionsOf` gives, and keeps it as it is. */
        cautionsConfirmed: z.boolean().optional(),
        /** Places of the rows by which merchants on record are changed; the others leave them as they are. */
        update: z.array(z.int().min(0)).max(1000).optional(),
      }),
    )
    .output(eventIterator(z.custom<ImportProgress>())),
  /** One's own last import, while all of it is here and nothing that was recorded since rests on it; else null. */
  undoable: capable('merchant.edit', NO_SCOPE).output(type<UndoableImport | null>()),
  /** Takes back one's own last import as a whole, as if it had never been; gives back how many records went. */
  undo: capable('merchant.edit', NO_SCOPE).output(type<{ undone: number }>()),
};
