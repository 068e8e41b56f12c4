import { sql } from 'kysely';
import type { Database } from './database.ts';
import { later, pipelined, type QueryExecutor } from './pipeline.ts';
import { codeOf } from './retry.ts';

/** Who asks: a workstation, and the unit whose sight it has. */
export type RequestScope = { deviceId: string; unitPath: string };

/**
 * Runs a caller's reading, and the little it may write, in one transaction under the request role: whatever the statements
 * say, the database shows only what that unit may see (`migrations/central/0013-request-role.ts`). The role and the scope
 * end with the transaction, before the connection goes back to the pool. Null is an administrator, who is not restricted.
 * @param sees what each statement finds then, or everything of one instant and read only
 */
export async function asUnit<Result>(
  database: Database,
  scope: RequestScope | null,
  take: (executor: QueryExecutor) => Promise<Result>,
  sees: 'now' | 'one-instant' = 'now',
): Promise<Result> {
  const begun = database.transaction();
  const builder =
    sees === 'one-instant' ? begun.setIsolationLevel('repeatable read').setAccessMode('read only') : begun;
  const enter = async (executor: QueryExecutor): Promise<void> => {
    if (scope !== null)
      await sql`SELECT enter_request(${scope.unitPath}, ${scope.deviceId})`.execute(executor);
  };
  return builder.execute((transaction) =>
    pipelined(
      transaction,
      async (executor) => {
        // Sent before anything else, and where it fails all after it does: nothing waits for its answer.
        const entered = later(enter(executor));
        const result = await take(executor);
        await entered;
        return result;
      },
      // What is read of one instant is long, and its best plan depends on what is asked.
      { keeps: sees === 'now' },
    ),
  );
}

/**
 * Makes sure that calls can be answered, before the first comes: that this account may act as the request role, and is itself
 * not under the policies. @throws Error with what an administrator of the server has to do
 */
export async function checkRequestRole(database: Database): Promise<void> {
  try {
    await asUnit(database, { unitPath: '/', deviceId: 'check' }, () => Promise.resolve());
  } catch (error) {
    // undefined_object and invalid_parameter_value: no such role. insufficient_privilege: not this account's.
    if (!['42704', '22023', '42501'].includes(codeOf(error))) throw error;
    throw new Error(
      'The database account may not act as the role heshi_request, which every call of a workstation runs under. ' +
        'As an administrator of the server: CREATE ROLE heshi_request NOLOGIN (where it is missing); ' +
        'GRANT heshi_request TO the account of DATABASE_URL',
      { cause: error },
    );
  }
  const { rows } = await sql<{ restricted: boolean }>`
    SELECT row_security_active('event') AS restricted`.execute(database);
  if (rows[0]?.restricted !== false)
    throw new Error(
      'The database account has to own the tables: it sees them only by the policies for callers',
    );
}
