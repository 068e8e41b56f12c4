import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../kernel/db/database.ts';
import { RULES_REVISION, type UnitCache } from '../kernel/units.ts';
import { BEGINNING, taskPage, tasksAreFilled, type Place } from './pages.ts';
import { taskStatements } from './rows.ts';

/** Records of one transaction: few enough that a push never waits long for them. */
const BATCH = 500;

async function workOut(
  database: Database,
  units: UnitCache,
  which: RawBuilder<unknown>,
  stopped: () => boolean,
): Promise<void> {
  for (let after: Place | null = BEGINNING; after !== null && !stopped();) {
    const from: Place = after;
    after = await database.transaction().execute(async (transaction) => {
      const { records, last } = await taskPage(transaction, units, from, { limit: BATCH, which, lock: true });
      for (const one of taskStatements(records, units.rulesRevision(), { fresh: false }))
        await one.execute(transaction);
      return last;
    });
  }
}

/**
 * Works out what records have lacked since before there were tasks here, once a database; and anew what calendars, procedures or hours
 * that have changed since may move, which is done once no row is of older rules. Of other records the limits stay as they were when
 * they began, as at the workstations. Cut at any point, the next run goes on.
 */
export async function workOutTasks(
  database: Database,
  units: UnitCache,
  stopped: () => boolean = () => false,
): Promise<void> {
  await units.reload(database);
  if (!(await tasksAreFilled(database))) {
    await workOut(database, units, sql`true`, stopped);
    if (stopped()) return;
    await sql`
      INSERT INTO setting (key, value) VALUES ('tasks-filled', 'true') ON CONFLICT DO NOTHING`.execute(
      database,
    );
  }
  await workOut(
    database,
    units,
    sql`EXISTS (SELECT FROM task WHERE task.stream_kind = stream.kind AND task.stream_id = stream.id
      AND task.rules < ${RULES_REVISION})`,
    stopped,
  );
}
