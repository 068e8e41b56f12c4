import type { AnyState } from '../../domain/streams.ts';
import type { Follower, JudgedBatch } from '../kernel/ingest/follower.ts';
import { keyOf } from '../kernel/ingest/judge.ts';
import { areSame, mayHaveTasks, tasksIn, taskStatements, type RecordTasks } from './rows.ts';

/** The records of a batch in which other things are to be done than before, apart by whether they are new. */
function moved({ changes, streams }: JudgedBatch): { fresh: RecordTasks[]; known: RecordTasks[] } {
  const context = changes.at(-1)?.context;
  const [fresh, known]: [RecordTasks[], RecordTasks[]] = [[], []];
  const seen = new Set<string>();
  for (const { after } of changes) {
    if (!mayHaveTasks(after.kind) || context === undefined) continue;
    const record = { kind: after.kind, id: after.state.id };
    const key = keyOf(record);
    if (seen.has(key)) continue;
    seen.add(key);
    const stream = streams.get(key);
    const state: AnyState = stream?.state ?? after;
    const tasks = tasksIn(state, context);
    if (stream?.revision === 0) {
      if (tasks.length > 0) fresh.push({ ...record, tasks });
      continue;
    }
    const stored = stream?.stored;
    // By the same rules: what those alone have moved is worked out anew by the job.
    if (stored === undefined || !areSame(tasks, tasksIn(stored, context))) known.push({ ...record, tasks });
  }
  return { fresh, known };
}

/** Keeps what is to be done in the records of a batch; its rows are their records' own, which are locked. */
export const keepTasks: Follower = {
  name: 'tasks',
  follow: (batch) => {
    const { fresh, known } = moved(batch);
    return [
      ...taskStatements(known, batch.rulesRevision, { fresh: false }),
      ...taskStatements(fresh, batch.rulesRevision, { fresh: true }),
    ];
  },
};
