import { sql } from 'kysely';
import type { Transaction } from '../kernel/db/database.ts';
import type { UnitCache } from '../kernel/units.ts';
import { taskPage, tasksAreFilled, BEGINNING, type Place } from './pages.ts';
import { areSame, taskStatements } from './rows.ts';

const PAGE = 2_000;
const STRAY = sql`NOT EXISTS (SELECT FROM stream WHERE stream.kind = task.stream_kind AND stream.id = task.stream_id)`;

/** As many records as are named of those that are wrong. */
const EXAMPLES = 10;

/** What is kept of what is to be done in each record equals what its state and the rules give, and nothing is kept of others. */
export async function tasksEqualStates(
  transaction: Transaction,
  units: UnitCache,
): Promise<{ name: string; checked: number; broken: number; examples: string[] }> {
  // While older records are still being worked out, what is missing is late, not lost.
  const filled = await tasksAreFilled(transaction);
  const wrong: string[] = [];
  let checked = 0;
  for (let after: Place | null = BEGINNING; after !== null;) {
    const page: Awaited<ReturnType<typeof taskPage>> = await taskPage(transaction, units, after, {
      limit: PAGE,
    });
    checked += page.records.length;
    for (const { kind, id, tasks, kept, late } of page.records) {
      const missing = !filled && kept.length === 0;
      if (!late && !missing && !areSame(tasks, kept)) wrong.push(`${kind} ${id}`);
    }
    after = page.last;
  }
  const { rows } = await sql<{ place: string }>`
    SELECT DISTINCT stream_kind || ' ' || stream_id AS place FROM task WHERE ${STRAY}`.execute(transaction);
  const broken = wrong.length + rows.length;
  return {
    name: 'tasks follow from the records',
    checked: checked + rows.length,
    broken,
    examples: [...wrong, ...rows.map(({ place }) => place)].slice(0, EXAMPLES),
  };
}

/** Makes a part of the table anew from the states; `next` is where it ended, null at the end. */
export async function mendTasks(
  transaction: Transaction,
  units: UnitCache,
  from: Place,
): Promise<{ checked: number; mended: number; next: Place | null }> {
  const { records, last } = await taskPage(transaction, units, from, { limit: PAGE });
  const wrong = records.filter(({ tasks, kept }) => !areSame(tasks, kept));
  for (const one of taskStatements(wrong, units.rulesRevision(), { fresh: false }))
    await one.execute(transaction);
  const mended = wrong.length + (last === null ? await dropStray(transaction) : 0);
  return { checked: records.length, mended, next: last };
}

async function dropStray(transaction: Transaction): Promise<number> {
  const result = await sql`DELETE FROM task WHERE ${STRAY}`.execute(transaction);
  return Number(result.numAffectedRows ?? 0);
}
