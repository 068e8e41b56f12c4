import { basename, extname } from 'node:path';
import { sql } from 'kysely';
import type { ImportKind, ImportProgress } from '../../contract/workstation/imports.ts';
import { refusedRowsCsv } from '../import/report.ts';
import { readTable } from '../import/table.ts';
import type { AcceptedRow } from '../import/verdict.ts';
import type { ImportLanguage } from '../import/messages.ts';
import { readMeta, type Writer } from '../store/index.ts';
import {
  record,
  requireCapability,
  requireIdentity,
  requireScope,
  todayOf,
  type CallContext,
} from './desk.ts';
import { serviceError } from './errors.ts';
import { factsOfRow, type ImportFacts } from './import-facts.ts';
import {
  createImportSessions,
  judgeSession,
  mappingFor,
  previewOf,
  rememberMapping,
  type ImportSession,
  type ImportSessions,
} from './import-session.ts';
import { os } from './implementer.ts';
import { drawNumber } from './numbers.ts';

/** So many rows are saved together: all of them or, when something goes wrong, none of them. */
const BATCH = 500;

const sessionsOf = new WeakMap<CallContext['desk'], ImportSessions>();

function sessions({ desk }: CallContext): ImportSessions {
  const known = sessionsOf.get(desk);
  if (known) return known;
  const made = createImportSessions();
  sessionsOf.set(desk, made);
  return made;
}

async function languageOf({ desk }: CallContext): Promise<ImportLanguage> {
  const text = await readMeta(desk.store.read, 'settings');
  const language = text === null ? undefined : (JSON.parse(text) as { language?: unknown }).language;
  return language === 'en' ? 'en' : 'zh-CN';
}

function requireImport(context: CallContext, kind: ImportKind): void {
  requireCapability(context, kind === 'merchants' ? 'merchant.edit' : 'case.import');
}

function opened(context: CallContext, importId: string): ImportSession {
  const session = sessions(context).get(importId);
  if (!session) throw serviceError('NOT_FOUND');
  return session;
}

/** Merchants already on the roster by credit code, or by name and unit. */
async function knownMerchants(writer: Writer, rows: readonly AcceptedRow[]): Promise<Set<string>> {
  const wanted = rows.flatMap((row) => (row.kind === 'merchant' ? [row.merchant] : []));
  if (wanted.length === 0) return new Set();
  const { rows: found } = await sql<{ name: string; code: string | null }>`
    SELECT name, credit_code AS code FROM merchant_row
    WHERE name IN (SELECT value ->> 'name' FROM json_each(${JSON.stringify(wanted)}))
      OR credit_code IN (SELECT value ->> 'creditCode' FROM json_each(${JSON.stringify(wanted)}))`.execute(
    writer,
  );
  return new Set(
    found.flatMap((row) => [`name:${row.name}`, ...(row.code === null ? [] : [`code:${row.code}`])]),
  );
}

function isKnown(row: AcceptedRow, known: Set<string>): boolean {
  if (row.kind !== 'merchant') return false;
  const { creditCode, name } = row.merchant;
  return creditCode === null ? known.has(`name:${name}`) : known.has(`code:${creditCode}`);
}

/** Saves one batch, leaving out what is there already; all or nothing. */
async function saveBatch(
  context: CallContext,
  session: ImportSession,
  rows: readonly AcceptedRow[],
  unitPath: string,
): Promise<number> {
  const { desk } = context;
  const identity = requireIdentity(context);
  const today = todayOf(desk);
  return record(context, async (writer) => {
    const numbers = await drawNumber(writer, identity, 'import', today, rows.length);
    const target = { unitPath, source: session.fileName, today, directory: desk.directory };
    const known = await knownMerchants(writer, rows);
    const prepared = rows
      .filter((row) => !isKnown(row, known))
      .map((row, index): ImportFacts => factsOfRow(row, target, numbers[index] ?? ''));
    const kind = session.mapping.kind === 'merchants' ? 'merchant' : 'case';
    const { rows: existing } = await sql<{ id: string }>`
      SELECT id FROM stream WHERE kind = ${kind}
        AND id IN (SELECT value FROM json_each(${JSON.stringify(prepared.map((one) => one.streamId))}))`.execute(
      writer,
    );
    const there = new Set(existing.map((row) => row.id));
    const fresh = prepared.filter((one) => !there.has(one.streamId));
    return { facts: fresh.flatMap((one) => one.facts), result: fresh.length };
  });
}

async function* commit(
  context: CallContext,
  input: { importId: string; unitPath: string },
): AsyncGenerator<ImportProgress> {
  const session = opened(context, input.importId);
  requireImport(context, session.mapping.kind);
  const staff = requireCapability(context, 'rollup.read');
  const identity = requireIdentity(context);
  requireScope(staff, input.unitPath);
  // A case counts where it is recorded: at this desk's own unit, and nowhere else.
  if (session.mapping.kind === 'complaints' && input.unitPath !== identity.unitPath) {
    throw serviceError('RULE', { rule: 'outside-scope', field: 'unitPath' });
  }
  const total = session.accepted.length;
  let imported = 0;
  for (let done = 0; done < total; done += BATCH) {
    yield { phase: 'working', done, total };
    imported += await saveBatch(context, session, session.accepted.slice(done, done + BATCH), input.unitPath);
  }
  const stem = basename(session.fileName, extname(session.fileName));
  const refusedFile =
    session.refused.length === 0
      ? null
      : {
          fileName: `${stem}-refused.csv`,
          base64: Buffer.from(
            refusedRowsCsv(session.table, session.refused, await languageOf(context)),
          ).toString('base64'),
        };
  yield {
    phase: 'finished',
    imported,
    existing: total - imported,
    refused: session.refused.length,
    refusedFile,
  };
}

/** Registers and rosters from files: read, judged row by row, mapped where they are foreign, then saved. */
export const imports = {
  open: os.imports.open.handler(async ({ context, input }) => {
    requireCapability(context, 'merchant.edit');
    const result = await readTable(Buffer.from(input.base64, 'base64'), input.fileName);
    if (!result.ok) throw serviceError('FILE_UNREADABLE', result.error);
    const { mapping, from } = await mappingFor(context.desk.store.read, result.table);
    const session = judgeSession(
      { fileName: input.fileName, table: result.table, mapping, mappingFrom: from },
      todayOf(context.desk),
      await languageOf(context),
    );
    sessions(context).put(session);
    return previewOf(session);
  }),
  remap: os.imports.remap.handler(async ({ context, input }) => {
    const before = opened(context, input.importId);
    requireImport(context, input.mapping.kind);
    const session = judgeSession(
      { ...before, mapping: input.mapping, mappingFrom: 'given' },
      todayOf(context.desk),
      await languageOf(context),
    );
    sessions(context).put(session);
    await context.desk.store.write((writer) =>
      rememberMapping(writer, session.table, input.mapping, context.desk.clock().toISOString()),
    );
    return previewOf(session);
  }),
  commit: os.imports.commit.handler(({ context, input }) => commit(context, input)),
};
