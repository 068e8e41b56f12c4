import { isAbsolute } from 'node:path';
import { stat } from 'node:fs/promises';
import type { CopyState, DatabaseCopy, RepairState } from '../../contract/workstation/repair.ts';
import { logAccess } from '../kernel/access-log.ts';
import { serviceError } from '../kernel/errors.ts';
import { openOs, os } from '../kernel/implementer.ts';
import { readMeta, writeMeta } from '../kernel/store/index.ts';
import { requireIdentity, type CallContext, type StaffContext } from '../kernel/parts.ts';
import type { ConnectOptions } from '../kernel/store/connection.ts';
import { copiesIn, dropOldCopies, listCopies, makeCopy } from './copies.ts';

declare module '../kernel/parts.ts' {
  interface CapabilityParts {
    /** How the database is opened, so that copies of it can be; and how what can only be read is left again. */
    repair: { options: ConnectOptions; leave: (() => Promise<boolean>) | null };
  }
}

const STICK = 'copy-elsewhere';

async function copies({ workstation }: CallContext): Promise<CopyState> {
  const { store } = workstation;
  const text = await readMeta(store.read, STICK);
  return {
    nightly: await listCopies(copiesIn(store.folder)),
    stick: text === null ? null : (JSON.parse(text) as CopyState['stick']),
  };
}

async function copy(context: StaffContext, folder: string | null): Promise<DatabaseCopy> {
  const { workstation } = context;
  const { store, clock, repair: parts } = workstation;
  if (folder === null) {
    const nightly = copiesIn(store.folder);
    const made = await makeCopy(store.folder, nightly, clock(), parts.options);
    await dropOldCopies(nightly, parts.options);
    return made;
  }
  const found = isAbsolute(folder) ? await stat(folder).catch(() => null) : null;
  // A folder that is not there is most likely a stick that is not.
  if (!found?.isDirectory()) throw serviceError('RULE', { rule: 'copy-folder', field: 'folder' });
  const { deviceId: id } = requireIdentity(context);
  await logAccess(context, { action: 'export', kind: 'database', id, what: 'copy' });
  const made = await makeCopy(store.folder, folder, clock(), parts.options);
  const stick: CopyState['stick'] = { ...made, folder };
  await store.write((writer) => writeMeta(writer, STICK, JSON.stringify(stick)));
  return made;
}

/** A workstation in order has nothing to repair. */
function inOrder({ gate }: CallContext): RepairState {
  return {
    fault: null,
    detail: '',
    folder: gate.dataFolder,
    counted: null,
    offers: [],
    work: null,
    result: null,
    failed: null,
  };
}

export const repair = {
  state: openOs.repair.state.handler(({ context }) => inOrder(context)),
  begin: openOs.repair.begin.handler(() => {
    throw serviceError('RULE', { rule: 'repair-not-possible' });
  }),
  /** Of one that can only be read: back to where it can be repaired. */
  open: openOs.repair.open.handler(async ({ context }) => {
    const leave = context.gate.parts()?.repair.leave ?? null;
    return { opened: leave === null ? true : await leave() };
  }),
  copies: os.repair.copies.handler(({ context }) => copies(context)),
  copy: os.repair.copy.handler(({ context, input }) => copy(context, input.folder)),
};
