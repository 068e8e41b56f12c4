import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { HistoricalOutcome, ObjectCategory, ProblemCategory, Satisfaction } from '../../domain/case/index.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { type Capability, NO_SCOPE, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy } from './base.ts';

export const ImportKind = z.enum(['merchants', 'complaints']);
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

/** A roster holds merchants; a register holds cases, which count in the unit's figures. */
export const IMPORT_NEEDS: Record<ImportKind, Capability> = {
  merchants: 'merchant.edit',
  complaints: 'case.import',
};

export type ImportRefusal = { row: number; field: string; rule: string; message: string };

export type ImportPreview = {
  importId: string;
  fileName: string;
  format: 'csv' | 'xlsx';
  encoding: string;
  /** Fingerprint of the headers; a mapping is remembered under it. */
  shape: string;
  /** `known`: a built-in shape; `remembered`: mapped here before; `guessed`: please check. */
  mappingFrom: 'known' | 'remembered' | 'guessed' | 'given';
  headers: string[];
  targetFields: { name: string; required: boolean }[];
  mapping: ImportMapping;
  rows: number;
  accepted: number;
  refused: ImportRefusal[];
  /** The first rows, each with its verdict. */
  sample: { row: number; cells: string[]; refusal: ImportRefusal | null }[];
  /** Distinct words of value-mapped columns that have no code yet. */
  unmapped: { field: string; word: string; count: number }[];
};

export type ImportProgress =
  | { phase: 'working'; done: number; total: number }
  | {
      phase: 'finished';
      imported: number;
      existing: number;
      refused: number;
      refusedFile: { fileName: string; base64: string } | null;
    };

export const imports = {
  /**
   * Reads a file (base64, at most 50 MB) and judges every row; saves nothing. Whoever may bring in registers may bring
   * in rosters; what the file is shows only once it is read.
   */
  open: capable('merchant.edit', NO_SCOPE)
    .input(z.object({ fileName: z.string().min(1).max(255), base64: z.string().max(70_000_000) }))
    .output(type<ImportPreview>()),
  /** Judges again under another mapping, and remembers it for files of this shape. */
  remap: capableBy('mapping.kind', IMPORT_NEEDS, NO_SCOPE)
    .input(z.object({ importId: z.uuid(), mapping: ImportMapping }))
    .output(type<ImportPreview>()),
  /**
   * Saves the accepted rows at a unit of one's scope; progress as it goes, the refused rows as a file at the end. What
   * was opened decides the rest: a register asks for `case.import`, and goes to the own unit only.
   */
  commit: capable('merchant.edit', unitAndBelow())
    .input(z.object({ importId: z.uuid(), unitPath: UnitPath }))
    .output(eventIterator(z.custom<ImportProgress>())),
};
