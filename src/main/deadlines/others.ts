import { sql } from 'kysely';
import type { OtherTask, OtherTasks } from '../../contract/workstation/deadlines.ts';
import { STREAMS, streamOf, type AnyState } from '../../domain/streams.ts';
import type { CallContext } from '../kernel/parts.ts';
import { loadStates } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { countTasks, tasksOfKinds, type WhichTasks } from '../kernel/task-lists.ts';

const SHOWN = 50;

/** Cases and returns have columns of their own. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['case', 'return']);

/** Every kind of task of every other kind of record. */
const OTHERS = STREAMS.flatMap(({ kind: of, tasks }) =>
  tasks === null || OWN_COLUMNS.has(of) ? [] : tasks.kinds.map((kind) => ({ of, kind })),
);

/** Names of merchants whose records bear no name of their own. */
async function merchantNames(context: CallContext, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM merchant_row WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(
    context.workstation.store.read,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const titleOf = ({ kind, state }: AnyState): string => streamOf(kind).title(state);

/** What is to be done in records of all other kinds, the nearest end first: each kind's first ones, and how many there are in all. */
export async function otherTasks(context: CallContext, ownerPath: string | null): Promise<OtherTasks> {
  const { directory, store, clock } = context.workstation;
  const { read } = store;
  const now = clock().toISOString();
  // What cannot be done yet is no task of today.
  const narrowed = { matching: sql`since <= ${now}` };
  const which = OTHERS.map((one): WhichTasks => ({ ...one, ownerPath }));
  const found = await tasksOfKinds(read, which, SHOWN, narrowed);
  let total = 0;
  for (const one of which) {
    const shown = found.filter(({ of, kind }) => of === one.of && kind === one.kind).length;
    total += shown < SHOWN ? shown : await countTasks(read, one, narrowed);
  }
  const first = found
    .toSorted((a, b) => (a.dueAt ?? '9999').localeCompare(b.dueAt ?? '9999'))
    .slice(0, SHOWN);
  const states = await loadStates(
    read,
    first.map(({ of, id }) => ({ kind: of, id })),
  );
  const names = await merchantNames(
    context,
    first.filter(({ of }) => of === 'credit').map(({ id }) => id),
  );
  const tasks = first.flatMap(({ of, kind, part, id, dueAt, ownerPath: owner, provisional }): OtherTask[] => {
    const current = states.get(keyOf({ kind: of, id }));
    return current === undefined
      ? []
      : [
          {
            // A pair of one definition, which TypeScript cannot follow through a list of them.
            task: `${of}.${kind}` as OtherTask['task'],
            id: `${id}#${part}`,
            record: { kind: of, id },
            title: names.get(id) ?? titleOf(current),
            unitName: directory.nameOf(owner),
            dueAt,
            late: dueAt !== null && dueAt < now,
            provisional,
          },
        ];
  });
  return { cases: tasks, total };
}
