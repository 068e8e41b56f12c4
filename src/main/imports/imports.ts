import { basename, extname } from 'node:path';
import {
  cautionsOf,
  IMPORT_NEEDS,
  type ImportPreview,
  type ImportProgress,
  type UndoableImport,
} from '../../contract/workstation/imports.ts';
import { may } from '../../domain/organisation/index.ts';
import { entriesOf } from '../../domain/procedure/index.ts';
import type { Language } from '../../words/index.ts';
import {
  requireIdentity,
  requireScope,
  todayOf,
  type CallContext,
  type StaffContext,
  type StaffSession,
  type WorkstationParts,
} from '../kernel/parts.ts';
import { serviceError, toContractError } from '../kernel/errors.ts';
import { lastRecorded, RuleRefused, takeBackStreams, undoableStreams } from '../kernel/store/index.ts';
import type { ImportTarget } from './facts.ts';
import { shopsAt } from './till-returns.ts';
import { rosterChanges } from './roster-changes.ts';
import { saveRows } from './rows.ts';
import {
  asked,
  readAndJudge,
  rememberMapping,
  sessionOf,
  type ImportSession,
  type JudgeSetting,
  type LastImport,
} from './session.ts';
import { os } from '../kernel/implementer.ts';
import { procedureNow } from '../procedure/index.ts';

/** So many rows are saved together: all of them or, when something goes wrong, none of them. */
const BATCH = 250;

async function settingOf(context: CallContext): Promise<JudgeSetting> {
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  return {
    read: workstation.store.read,
    today: todayOf(workstation),
    language: context.workstation.settings().language,
    categories: entriesOf(procedureNow(workstation, unitPath), 'merchantCategory'),
    shops: await shopsAt(workstation.store.read, unitPath),
  };
}

function opened({ workstation }: CallContext, importId: string): ImportSession {
  const session = workstation.imports.get(importId);
  if (!session) throw serviceError('NOT_FOUND');
  return session;
}

/** Everything that must hold before the first row is saved. */
function readyToCommit(
  context: StaffContext,
  input: { importId: string; unitPath: string; cautionsConfirmed?: boolean | undefined },
): { session: ImportSession; target: ImportTarget } {
  const session = opened(context, input.importId);
  const { staff } = context;
  // What was opened is not known before; the call itself asks for less.
  const { kind } = session.preview.mapping;
  const capability = IMPORT_NEEDS[kind];
  if (!may(staff.role, capability)) throw serviceError('NOT_PERMITTED', { capability });
  const { unitPath } = requireIdentity(context);
  // A case counts where it is recorded, and a return too: at this workstation's own unit, and nowhere else.
  if (kind !== 'merchants' && input.unitPath !== unitPath) {
    throw serviceError('RULE', {
      rule: 'outside-scope',
      field: 'unitPath',
      parameters: { expected: unitPath },
    });
  }
  requireScope(staff, input.unitPath);
  const cautions = cautionsOf(session.preview);
  if (cautions.length > 0 && input.cautionsConfirmed !== true)
    throw serviceError('RULE', {
      rule: 'import-cautions-unconfirmed',
      field: 'cautionsConfirmed',
      parameters: { count: cautions.reduce((sum, { count }) => sum + count, 0) },
    });
  return { session, target: targetAt(context.workstation, staff, input.unitPath, session.fileName) };
}

/** Where the rows of a file go. */
const targetAt = (
  workstation: WorkstationParts,
  staff: StaffSession,
  unitPath: string,
  source: string,
): ImportTarget => ({
  unitPath,
  scope: staff.unitPath,
  source,
  today: todayOf(workstation),
  directory: workstation.directory,
});

/** In which language reasons are told, and which rows change what is on record. */
type Wishes = { language: Language | undefined; update: ReadonlySet<number> };

/** An iterator's errors come after its call has answered, so they are mapped here. */
async function* commit(
  context: StaffContext,
  session: ImportSession,
  target: ImportTarget,
  wishes: Wishes,
): AsyncGenerator<ImportProgress> {
  // Whoever locks their window meanwhile does not stop what they have begun.
  const leave = context.gate.enter();
  try {
    yield* saveAll(context, session, target, wishes);
  } catch (error) {
    throw toContractError(error, (code, text) => context.gate.problem(code, text));
  } finally {
    leave();
  }
}

async function* saveAll(
  context: StaffContext,
  session: ImportSession,
  target: ImportTarget,
  { language, update }: Wishes,
): AsyncGenerator<ImportProgress> {
  const { sync, store, clock, imports: sessions } = context.workstation;
  const { preview, thread, fileName } = session;
  const total = preview.accepted;
  const before = sessions.last;
  const last: LastImport =
    before?.importId === session.id && before.staffId === context.staff.staffId
      ? before
      : {
          importId: session.id,
          staffId: context.staff.staffId,
          deviceId: requireIdentity(context).deviceId,
          fileName,
          imported: 0,
          streams: [],
          updates: [],
          after: await lastRecorded(store),
          looked: null,
        };
  const { imported } = last;
  const updated = last.updates.length;
  // An import is taken back as a whole or not at all: nothing of it leaves before the last of it could.
  const hold = sync.holdBack(clock().toISOString());
  let refusedFile: Uint8Array | null;
  try {
    for (let done = 0; done < total; done += BATCH) {
      yield { phase: 'working', done, total };
      const rows = await asked(fileName, thread.ask('rows', { from: done, count: BATCH }));
      const saved = await saveRows(context, { rows, target, from: done, update });
      for (const stream of saved.streams) last.streams.push(stream);
      for (const one of saved.updates) last.updates.push(one);
      last.imported = last.streams.length;
      last.looked = null;
      if (saved.streams.length + saved.updates.length > 0) sessions.last = last;
    }
    refusedFile = await asked(
      fileName,
      thread.ask('refusedFile', { language: language ?? context.workstation.settings().language }),
    );
  } finally {
    hold.release();
  }
  yield {
    phase: 'finished',
    imported: last.imported - imported,
    updated: last.updates.length - updated,
    existing: total - (last.imported - imported) - (last.updates.length - updated),
    refused: preview.rows - total,
    refusedFile:
      refusedFile === null
        ? null
        : {
            fileName: `${basename(fileName, extname(fileName))}-refused.csv`,
            base64: Buffer.from(refusedFile).toString('base64'),
          },
  };
}

/** Opens a file in a thread of its own. A file that cannot be read leaves nothing behind. */
async function open(
  context: StaffContext,
  input: { fileName: string; base64: string; readId?: string | undefined },
): Promise<ImportPreview> {
  const sessions = context.workstation.imports;
  const bytes = Buffer.from(input.base64, 'base64');
  const thread = sessions.start(bytes, input.fileName, input.readId);
  try {
    const session = await readAndJudge({ fileName: input.fileName, thread }, null, await settingOf(context));
    sessions.put(session);
    return session.preview;
  } catch (error) {
    await thread.close();
    throw error;
  } finally {
    sessions.started(input.readId);
  }
}

/** Facts that an import makes of a row. */
const MADE_BY_IMPORT = [
  'case-imported',
  'merchant-registered',
  'commitment-made',
  'return-requested',
  'return-granted',
];

/** What of the log an import has made. */
const madeBy = ({ streams, updates, after }: LastImport) => ({
  streams,
  types: MADE_BY_IMPORT,
  facts: updates.map(({ eventId, id }) => ({ eventId, stream: { kind: 'merchant', id } })),
  after,
});

/** What the person imported last, under the identity that this workstation still has. */
function lastOf({ workstation, staff }: StaffContext): LastImport | null {
  const { last } = workstation.imports;
  const own = last?.staffId === staff.staffId && last.deviceId === workstation.identity()?.deviceId;
  return own ? last : null;
}

async function undoable(context: StaffContext): Promise<UndoableImport | null> {
  const last = lastOf(context);
  const { store, sync } = context.workstation;
  const left = sync.left();
  if (last === null || last.after < left) return null;
  const end = await lastRecorded(store);
  // A large import is not looked through every second, but when something was recorded.
  if (last.looked?.end !== end) {
    const at = await undoableStreams(store.read, { ...madeBy(last), left });
    last.looked = { end, at };
  }
  const { at } = last.looked;
  return at === null
    ? null
    : {
        fileName: last.fileName,
        imported: last.imported + last.updates.length,
        leavesInMs: sync.leavesIn(at),
      };
}

async function undo(context: StaffContext): Promise<{ undone: number }> {
  const last = lastOf(context);
  const { workstation } = context;
  if (last === null) throw new RuleRefused({ rule: 'import-undo-too-late' });
  const done = await workstation.sync.withoutSending((left) =>
    workstation.store.write((writer) =>
      takeBackStreams(writer, workstation.directory, { ...madeBy(last), left }),
    ),
  );
  if (!done) throw new RuleRefused({ rule: 'import-undo-too-late' });
  workstation.imports.last = null;
  return { undone: last.imported + last.updates.length };
}

/** Registers and rosters from files: read, judged row by row, mapped where they are foreign, then saved. */
export const imports = {
  open: os.imports.open.handler(({ context, input }) => open(context, input)),
  reading: os.imports.reading.handler(({ context, input }) =>
    context.workstation.imports.reading(input.readId),
  ),
  chooseSheets: os.imports.chooseSheets.handler(async ({ context, input }) => {
    const before = opened(context, input.importId);
    const session = await readAndJudge(before, input.sheets, await settingOf(context));
    context.workstation.imports.put(session);
    return session.preview;
  }),
  remap: os.imports.remap.handler(async ({ context, input }) => {
    const before = opened(context, input.importId);
    const { workstation } = context;
    const { read: _, ...setting } = await settingOf(context);
    const judged = await asked(
      before.fileName,
      before.thread.ask('judge', { mapping: input.mapping, ...setting }),
    );
    const session = sessionOf(before, judged, 'given');
    workstation.imports.put(session);
    await workstation.store.write((writer) =>
      rememberMapping(writer, session.preview.shape, input.mapping, workstation.clock().toISOString()),
    );
    return session.preview;
  }),
  commit: os.imports.commit.handler(({ context, input }) => {
    const { session, target } = readyToCommit(context, input);
    return commit(context, session, target, {
      language: input.language,
      update: new Set(input.update),
    });
  }),
  rosterChanges: os.imports.rosterChanges.handler(({ context, input }) => {
    const { workstation, staff } = context;
    requireScope(staff, input.unitPath);
    const session = opened(context, input.importId);
    return rosterChanges(context, session, targetAt(workstation, staff, input.unitPath, session.fileName));
  }),
  undoable: os.imports.undoable.handler(({ context }) => undoable(context)),
  undo: os.imports.undo.handler(({ context }) => undo(context)),
};
