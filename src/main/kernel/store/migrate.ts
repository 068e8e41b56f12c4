import type sqlite3 from 'sqlite3';
import { up as initial } from '../../../../migrations/workstation/0001-initial.ts';
import { up as deadlineOrder } from '../../../../migrations/workstation/0002-deadline-order.ts';
import { up as evidence } from '../../../../migrations/workstation/0003-evidence.ts';
import { up as deadlineBoard } from '../../../../migrations/workstation/0004-deadline-board.ts';
import { up as documents } from '../../../../migrations/workstation/0005-documents.ts';
import { up as savedFilters } from '../../../../migrations/workstation/0006-saved-filters.ts';
import { up as secondLog } from '../../../../migrations/workstation/0007-second-log.ts';
import { up as supervision } from '../../../../migrations/workstation/0008-supervision.ts';
import { up as searchRebuild } from '../../../../migrations/workstation/0009-search-rebuild.ts';
import { up as arrivedCases } from '../../../../migrations/workstation/0010-arrived-cases.ts';
import { up as notices } from '../../../../migrations/workstation/0011-notices.ts';
import { up as streamBase } from '../../../../migrations/workstation/0012-stream-base.ts';
import { up as left } from '../../../../migrations/workstation/0013-left.ts';
import { up as instalments } from '../../../../migrations/workstation/0014-instalments.ts';
import { up as promises } from '../../../../migrations/workstation/0015-promises.ts';
import { up as merchantRegister } from '../../../../migrations/workstation/0016-merchant-register.ts';
import { up as credit } from '../../../../migrations/workstation/0017-credit.ts';
import { up as people } from '../../../../migrations/workstation/0018-people.ts';
import { up as access } from '../../../../migrations/workstation/0019-access.ts';
import { up as recordKeys } from '../../../../migrations/workstation/0020-record-keys.ts';
import { up as privacy } from '../../../../migrations/workstation/0021-privacy.ts';
import { up as tasks } from '../../../../migrations/workstation/0022-tasks.ts';
import { up as sanctions } from '../../../../migrations/workstation/0023-sanctions.ts';
import { up as bodies } from '../../../../migrations/workstation/0024-bodies.ts';
import { up as finance } from '../../../../migrations/workstation/0025-finance.ts';
import { up as restoration } from '../../../../migrations/workstation/0026-restoration.ts';
import { up as streets } from '../../../../migrations/workstation/0027-streets.ts';
import { up as decisionFiles } from '../../../../migrations/workstation/0028-decision-files.ts';
import { execute } from './connection.ts';
import { StorageError } from './fault.ts';

/** Every step in order; a static map, so that a bundled application has them. */
const steps: readonly (readonly string[])[] = [
  initial,
  deadlineOrder,
  evidence,
  deadlineBoard,
  documents,
  savedFilters,
  secondLog,
  supervision,
  searchRebuild,
  arrivedCases,
  notices,
  streamBase,
  left,
  instalments,
  promises,
  merchantRegister,
  credit,
  people,
  access,
  recordKeys,
  privacy,
  tasks,
  sanctions,
  bodies,
  finance,
  restoration,
  streets,
  decisionFiles,
];

function userVersion(handle: sqlite3.Database): Promise<number> {
  return new Promise((resolve, reject) => {
    handle.get<{ user_version: number }>('PRAGMA user_version', (error, row) =>
      error ? reject(error) : resolve(row.user_version),
    );
  });
}

/**
 * Brings the schema up to date, one transaction a step. A database from a newer release is left alone.
 * @throws StorageError when the file was written by a newer release.
 */
export async function migrate(handle: sqlite3.Database): Promise<void> {
  const from = await userVersion(handle);
  if (from > steps.length) throw new StorageError('newer', new Error(`schema ${from}`));
  for (let version = from; version < steps.length; version += 1) {
    const statements = steps[version] ?? [];
    await execute(
      handle,
      ['BEGIN IMMEDIATE', ...statements, `PRAGMA user_version = ${version + 1}`, 'COMMIT'].join(';\n'),
    ).catch(async (error: unknown) => {
      // Fails where SQLite has rolled back by itself; why the step failed is what counts.
      await execute(handle, 'ROLLBACK').catch(() => undefined);
      throw error;
    });
  }
}
