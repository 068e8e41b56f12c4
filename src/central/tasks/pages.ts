import { sql, type RawBuilder } from 'kysely';
import type { Task, TaskContext } from '../../domain/kernel/event/task.ts';
import type { Rulebook } from '../../domain/procedure/index.ts';
import { type AnyState, storedState, TASK_KINDS } from '../../domain/streams.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import type { UnitCache } from '../kernel/units.ts';
import { tasksIn, type RecordTasks } from './rows.ts';

/** A record by its name, in the order in which they are gone through. */
export type Place = { kind: string; id: string };
export const BEGINNING: Place = { kind: '', id: '' };

/** A record with what is to be done in it by the rules as they are, and as it is kept. */
export type Compared = RecordTasks & {
  kept: Task[];
  /** Kept as worked out by rules of before. */
  late: boolean;
};

type KeptRow = Task & { of: string; id: string; rules: number };

async function keptOf(from: Database | Transaction, records: readonly Place[]): Promise<KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    SELECT task.stream_kind AS of, task.stream_id AS id, task.kind, part, owner_path AS "ownerPath",
      staff_id AS "staffId", since, due_at AS "dueAt", calendar, stands, provisional, rules
    FROM unnest(${textColumn(records.map(({ kind }) => kind))}::text[],
      ${textColumn(records.map(({ id }) => id))}::text[]) AS wanted (kind, id)
    JOIN task ON task.stream_kind = wanted.kind AND task.stream_id = wanted.id
    ORDER BY task.kind || ' ' || part COLLATE "C"`.execute(from);
  return rows;
}

export type PageOptions = {
  limit: number;
  /** Which records, as a condition on `stream`; all in which something may be to be done unless told. */
  which?: RawBuilder<unknown>;
  /** Locks the records, as a batch does. */
  lock?: boolean;
};

/** What is to be done in a record; null where what is kept of it is damaged. */
function tasksOrNull(current: AnyState, context: TaskContext<Rulebook>): Task[] | null {
  try {
    return tasksIn(current, context);
  } catch {
    return null;
  }
}

/** One page of records in order of kind and id, and the last one looked at; null at the end. */
export async function taskPage(
  from: Database | Transaction,
  units: Pick<UnitCache, 'levelOf' | 'partyOf' | 'rules' | 'rulesRevision'>,
  after: Place,
  { limit, which = sql`true`, lock = false }: PageOptions,
): Promise<{ records: Compared[]; last: Place | null }> {
  const { rows } = await sql<Place & { state: string }>`
    SELECT stream.kind, stream.id, stream.state FROM stream
    WHERE stream.kind IN (${sql.join(TASK_KINDS)}) AND (stream.kind, stream.id) > (${after.kind}, ${after.id})
      AND stream.state IS NOT NULL AND ${which}
    ORDER BY stream.kind, stream.id LIMIT ${limit} ${lock ? sql`FOR UPDATE` : sql``}`.execute(from);
  const kept = Map.groupBy(await keptOf(from, rows), ({ of, id }) => `${of}:${id}`);
  const revision = units.rulesRevision();
  const context = { levelOf: units.levelOf, partyOf: units.partyOf, rules: units.rules() };
  const records = rows.flatMap(({ kind, id, state }): Compared[] => {
    const current = storedState(kind, state);
    if (current === undefined) return [];
    const own = kept.get(`${kind}:${id}`) ?? [];
    // `verify` names it, and `rebuild` mends it first.
    const tasks = tasksOrNull(current, context);
    if (tasks === null) return [];
    return [{ kind, id, tasks, kept: own, late: own.some(({ rules }) => rules < revision) }];
  });
  return { records, last: rows.length < limit ? null : (rows.at(-1) ?? null) };
}

/** True once records from before there were tasks here have theirs. */
export async function tasksAreFilled(from: Database | Transaction): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM setting WHERE key = 'tasks-filled'`.execute(from);
  return rows.length > 0;
}
