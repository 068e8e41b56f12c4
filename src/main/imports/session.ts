import { uuidv7 } from 'uuidv7';
import { ImportMapping, type ImportPreview } from '../../contract/workstation/imports.ts';
import type { Language } from '../../words/index.ts';
import { targetFields } from './reading/fields.ts';
import { guessMapping, shapeOf, unmappedWords } from './reading/shape.ts';
import type { Table } from './reading/table.ts';
import { judgeRows, type AcceptedRow, type RefusedRow } from './reading/verdict.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';

/** A file that was opened and judged, kept until it is imported or pushed out by newer ones. */
export type ImportSession = {
  id: string;
  fileName: string;
  table: Table;
  mapping: ImportMapping;
  mappingFrom: ImportPreview['mappingFrom'];
  accepted: AcceptedRow[];
  refused: RefusedRow[];
};

/** A file may hold 50 MB: only the last few stay in memory. */
const KEPT = 3;
const SAMPLE_ROWS = 20;
const SHOWN_REFUSALS = 500;

/** The open imports of one workstation. */
export type ImportSessions = {
  get(id: string): ImportSession | undefined;
  put(session: ImportSession): void;
};

export function createImportSessions(): ImportSessions {
  const sessions = new Map<string, ImportSession>();
  return {
    get: (id) => sessions.get(id),
    put: (session) => {
      sessions.delete(session.id);
      sessions.set(session.id, session);
      for (const id of sessions.keys()) {
        if (sessions.size <= KEPT) break;
        sessions.delete(id);
      }
    },
  };
}

/** The mapping for a table: remembered by its shape, else known, else guessed. */
export async function mappingFor(
  read: Reader,
  table: Table,
): Promise<{ mapping: ImportMapping; from: ImportPreview['mappingFrom'] }> {
  const row = await read
    .selectFrom('import_mapping')
    .select('mapping')
    .where('shape', '=', shapeOf(table))
    .executeTakeFirst();
  // One that an earlier release saved may no longer be of the right form: then it is guessed anew.
  const remembered = row === undefined ? null : ImportMapping.safeParse(JSON.parse(row.mapping));
  if (remembered?.success) return { mapping: remembered.data, from: 'remembered' };
  const guess = guessMapping(table);
  return { mapping: guess.mapping, from: guess.preset === null ? 'guessed' : 'known' };
}

export async function rememberMapping(
  writer: Writer,
  table: Table,
  mapping: ImportMapping,
  savedAt: string,
): Promise<void> {
  const values = { mapping: JSON.stringify(mapping), saved_at: savedAt };
  await writer
    .insertInto('import_mapping')
    .values({ shape: shapeOf(table), ...values })
    .onConflict((conflict) => conflict.column('shape').doUpdateSet(values))
    .execute();
}

/** Judges a table under a mapping; saves nothing. */
export function judgeSession(
  base: Pick<ImportSession, 'fileName' | 'table' | 'mapping' | 'mappingFrom'> & { id?: string },
  today: string,
  language: Language,
): ImportSession {
  const { accepted, refused } = judgeRows(base.table, base.mapping, { today, language });
  return { ...base, id: base.id ?? uuidv7(), accepted, refused };
}

/** What the screen shows of an opened file. */
export function previewOf(session: ImportSession): ImportPreview {
  const { table, mapping } = session;
  const refusals = session.refused.map(({ row, field, rule, message }) => ({ row, field, rule, message }));
  const byRow = new Map(refusals.map((refusal) => [refusal.row, refusal]));
  return {
    importId: session.id,
    fileName: session.fileName,
    format: table.format,
    encoding: table.encoding,
    shape: shapeOf(table),
    mappingFrom: session.mappingFrom,
    headers: table.headers,
    targetFields: targetFields(mapping.kind),
    mapping,
    rows: table.rows.length,
    accepted: session.accepted.length,
    refused: refusals.slice(0, SHOWN_REFUSALS),
    sample: table.rows.slice(0, SAMPLE_ROWS).map(({ row, cells }) => ({
      row,
      cells,
      refusal: byRow.get(row) ?? null,
    })),
    unmapped: unmappedWords(table, mapping),
  };
}
