import { basename, extname } from 'node:path';
import { IMPORT_NEEDS, type ImportProgress } from '../../contract/workstation/imports.ts';
import { may } from '../../domain/organisation/index.ts';
import type { Language } from '../../words/index.ts';
import { refusedRowsCsv } from './reading/report.ts';
import { readTable } from './reading/table.ts';
import { readSettings } from '../kernel/store/settings.ts';
import {
  requireIdentity,
  requireScope,
  todayOf,
  type CallContext,
  type StaffContext,
} from '../kernel/parts.ts';
import { serviceError, toContractError } from '../kernel/errors.ts';
import type { ImportTarget } from './facts.ts';
import { saveRows } from './rows.ts';
import {
  createImportSessions,
  judgeSession,
  mappingFor,
  previewOf,
  rememberMapping,
  type ImportSession,
  type ImportSessions,
} from './session.ts';
import { os } from '../kernel/implementer.ts';

/** So many rows are saved together: all of them or, when something goes wrong, none of them. */
const BATCH = 250;

const sessionsOf = new WeakMap<CallContext['workstation'], ImportSessions>();

function sessions({ workstation }: CallContext): ImportSessions {
  const known = sessionsOf.get(workstation);
  if (known) return known;
  const made = createImportSessions();
  sessionsOf.set(workstation, made);
  return made;
}

async function languageOf({ workstation }: CallContext): Promise<Language> {
  return (await readSettings(workstation.store.read)).language;
}

function opened(context: CallContext, importId: string): ImportSession {
  const session = sessions(context).get(importId);
  if (!session) throw serviceError('NOT_FOUND');
  return session;
}

/** Everything that must hold before the first row is saved. */
function readyToCommit(
  context: StaffContext,
  input: { importId: string; unitPath: string },
): { session: ImportSession; target: ImportTarget } {
  const session = opened(context, input.importId);
  const { staff } = context;
  // What was opened is not known before; the call itself asks for less.
  const capability = IMPORT_NEEDS[session.mapping.kind];
  if (!may(staff.role, capability)) throw serviceError('NOT_PERMITTED', { capability });
  const { unitPath } = requireIdentity(context);
  // A case counts where it is recorded: at this workstation's own unit, and nowhere else.
  if (session.mapping.kind === 'complaints' && input.unitPath !== unitPath) {
    throw serviceError('RULE', {
      rule: 'outside-scope',
      field: 'unitPath',
      parameters: { expected: unitPath },
    });
  }
  requireScope(staff, input.unitPath);
  const { workstation } = context;
  return {
    session,
    target: {
      unitPath: input.unitPath,
      scope: staff.unitPath,
      source: session.fileName,
      today: todayOf(workstation),
      directory: workstation.directory,
    },
  };
}

/** An iterator's errors come after its call has answered, so they are mapped here. */
async function* commit(
  context: StaffContext,
  session: ImportSession,
  target: ImportTarget,
): AsyncGenerator<ImportProgress> {
  try {
    yield* saveAll(context, session, target);
  } catch (error) {
    throw toContractError(error, (code, text) => context.workstation.problem(code, text));
  }
}

async function* saveAll(
  context: StaffContext,
  session: ImportSession,
  target: ImportTarget,
): AsyncGenerator<ImportProgress> {
  const total = session.accepted.length;
  let imported = 0;
  for (let done = 0; done < total; done += BATCH) {
    yield { phase: 'working', done, total };
    imported += await saveRows(context, session.accepted.slice(done, done + BATCH), target);
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
    const result = await readTable(Buffer.from(input.base64, 'base64'), input.fileName);
    if (!result.ok) throw serviceError('FILE_UNREADABLE', result.error);
    const { mapping, from } = await mappingFor(context.workstation.store.read, result.table);
    const session = judgeSession(
      { fileName: input.fileName, table: result.table, mapping, mappingFrom: from },
      todayOf(context.workstation),
      await languageOf(context),
    );
    sessions(context).put(session);
    return previewOf(session);
  }),
  remap: os.imports.remap.handler(async ({ context, input }) => {
    const before = opened(context, input.importId);
    const session = judgeSession(
      { ...before, mapping: input.mapping, mappingFrom: 'given' },
      todayOf(context.workstation),
      await languageOf(context),
    );
    sessions(context).put(session);
    await context.workstation.store.write((writer) =>
      rememberMapping(writer, session.table, input.mapping, context.workstation.clock().toISOString()),
    );
    return previewOf(session);
  }),
  commit: os.imports.commit.handler(({ context, input }) => {
    const { session, target } = readyToCommit(context, input);
    return commit(context, session, target);
  }),
};
