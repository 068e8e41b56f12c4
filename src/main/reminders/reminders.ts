import { sql, type RawBuilder } from 'kysely';
import { businessDay, dayEnd } from '../../domain/kernel/calendar/index.ts';
import { CONFIRMATION_NOTICE_DAYS } from '../../domain/case/index.ts';
import type { TaskKind, TaskName } from '../../domain/streams.ts';
import type { Store } from '../kernel/store/index.ts';
import { translator, type Translate } from '../kernel/translation/translate.ts';
import type { Language } from '../../words/index.ts';

/** Something to be done in a record that is no case. */
export type OtherTask = Exclude<TaskName, `case.${string}`>;

/** `kind` is what to say, or the task itself where the record is no case; `number` is empty where it bears none. */
export type Reminder = {
  recordId: string;
  number: string;
  kind:
    | 'overdue'
    | 'soon'
    | 'arrived'
    | 'performance'
    | 'call'
    | 'confirmation'
    | 'notice'
    | 'remarks'
    | OtherTask;
  dueAt: string;
};

export type Reminders = {
  /** Gives the reminders that are due now and were not given before. Returns them, most urgent first. */
  run(): Promise<Reminder[]>;
  stop(): Promise<void>;
};

const isOther = (kind: Reminder['kind']): kind is OtherTask => kind.includes('.');

const EVERY_MS = 60_000;
/** More than so many at once are one reminder. */
const APART = 3;

/**
 * Reminds the person at the desk of what this unit handles: a deadline within the hour, a deadline that has
 * passed, a case that came from another unit; on its day a performance or instalment; on the last day a notice owed
 * and a call after closing; a week ahead the end of the time for judicial confirmation; remarks of a review; and of what is to be done in
 * other records once it is due. Each once, restarts or not. Only numbers are shown: the
 * screen of a locked workstation may be read by anyone.
 */
export function createReminders({
  store,
  clock,
  unitPath,
  hasBoard,
  language,
  notify,
  automatic,
  onProblem,
}: {
  store: Store;
  clock: () => Date;
  unitPath: () => string | null;
  /** Whether people of the unit have the page of deadlines; those of windows and departments have not. */
  hasBoard: (path: string) => boolean;
  language: () => Language;
  notify: (title: string, body: string) => void;
  automatic: boolean;
  onProblem: (code: string, text: string) => void;
}): Reminders {
  let running: Promise<unknown> = Promise.resolve();

  async function due(path: string): Promise<Reminder[]> {
    const now = clock();
    const hence = new Date(now.getTime() + 3_600_000).toISOString();
    const todayEnd = new Date(dayEnd(businessDay(now.toISOString()))).toISOString();
    const notice = new Date(now.getTime() + CONFIRMATION_NOTICE_DAYS * 86_400_000).toISOString();
    const own = sql`FROM task INDEXED BY task_of_unit WHERE owner_path = ${path} AND stream_kind = 'case'`;
    const endsIn = (reminder: Reminder['kind'], kind: TaskKind, until: string): RawBuilder<unknown> => sql`
      SELECT stream_kind, stream_id, ${reminder}, due_at ${own} AND task.kind = ${kind}
        AND due_order >= ${now.toISOString()} AND due_order <= ${until}`;
    const since = (reminder: Reminder['kind'], kind: TaskKind): RawBuilder<unknown> => sql`
      SELECT stream_kind, stream_id, ${reminder}, since ${own} AND task.kind = ${kind}`;
    const { rows } = await sql<Reminder>`
      WITH candidate (recordKind, recordId, kind, dueAt) AS (
        SELECT stream_kind, stream_id, CASE WHEN due_order < ${now.toISOString()} THEN 'overdue' ELSE 'soon' END, due_at
        ${own} AND task.kind = 'deadline' AND due_order < ${hence}
        UNION ALL ${since('arrived', 'arrival')}
        UNION ALL ${endsIn('performance', 'deadline', todayEnd)} AND part = 'perform'
        UNION ALL ${endsIn('call', 'satisfaction', todayEnd)}
        UNION ALL ${endsIn('confirmation', 'confirmation', notice)}
        UNION ALL ${endsIn('notice', 'notice', todayEnd)}
        UNION ALL ${since('remarks', 'remarks')}
        UNION ALL SELECT stream_kind, stream_id, stream_kind || '.' || kind, due_at FROM task
          WHERE owner_path = ${path} AND stream_kind <> 'case' AND due_order <= ${todayEnd}
      )
      SELECT recordId, coalesce(stream.state ->> 'number', '') AS number, candidate.kind, dueAt FROM candidate
      JOIN stream ON stream.kind = recordKind AND stream.id = recordId
      WHERE NOT EXISTS (
        SELECT 1 FROM reminder WHERE case_id = recordId AND reminder.kind = candidate.kind
          AND reminder.due_at = dueAt)
      ORDER BY candidate.kind <> 'overdue', candidate.kind = 'arrived', candidate.kind = 'remarks', dueAt
      LIMIT 100`.execute(store.read);
    return rows;
  }

  /** The pages on which these stand, by name, for people of the unit. */
  function pages(path: string, reminders: readonly Pick<Reminder, 'kind'>[], say: Translate): string {
    const names = hasBoard(path)
      ? (['deadlines'] as const)
      : reminders.map(({ kind }) => (kind === 'sanction.call' ? 'calls' : 'restorations'));
    return [...new Set(names)].map((name) => say(`reminders:page.${name}`)).join(say('reminders:page.and'));
  }

  async function run(): Promise<Reminder[]> {
    const path = unitPath();
    if (path === null) return [];
    const reminders = await due(path);
    if (reminders.length === 0) return [];
    const say = translator(language());
    const givenAt = clock().toISOString();
    await store.write((writer) =>
      writer
        .insertInto('reminder')
        .values(
          reminders.map(({ recordId, kind, dueAt }) => ({
            case_id: recordId,
            kind,
            due_at: dueAt,
            given_at: givenAt,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    if (reminders.length > APART) {
      notify(
        say('reminders:reminder.many.title', { count: reminders.length }),
        say('reminders:reminder.many.body', { page: pages(path, reminders, say) }),
      );
    } else {
      for (const { kind, number } of reminders) {
        const what = isOther(kind) ? say(`reminders:task.${kind}`) : '';
        const word = isOther(kind) ? 'task' : kind;
        notify(
          say(`reminders:reminder.${word}.title`, { what }),
          say(`reminders:reminder.${word}.body`, {
            number: number || what,
            page: pages(path, [{ kind }], say),
          }),
        );
      }
    }
    return reminders;
  }

  const inTurn = (): Promise<Reminder[]> => {
    const next = running.then(run);
    running = next.catch((error: unknown) =>
      onProblem('reminders', error instanceof Error ? error.message : String(error)),
    );
    return next;
  };
  const timer = automatic
    ? // A failure is told where the turns are kept, above.
      setInterval(() => void inTurn().catch(() => undefined), EVERY_MS).unref()
    : undefined;
  return {
    run: inTurn,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
