import { sql } from 'kysely';
import { businessDay, dayEnd } from '../../domain/kernel/calendar/index.ts';
import { CONFIRMATION_NOTICE_DAYS } from '../../domain/case/index.ts';
import type { Store } from '../kernel/store/index.ts';
import { translator } from '../kernel/translation/translate.ts';
import type { Language } from '../../words/index.ts';

export type Reminder = {
  caseId: string;
  number: string;
  kind: 'overdue' | 'soon' | 'arrived' | 'performance' | 'call' | 'confirmation' | 'notice' | 'remarks';
  dueAt: string;
};

export type Reminders = {
  /** Gives the reminders that are due now and were not given before. Returns them, most urgent first. */
  run(): Promise<Reminder[]>;
  stop(): Promise<void>;
};

const EVERY_MS = 60_000;
/** More than so many at once are one reminder. */
const APART = 3;

/**
 * Reminds the person at the desk of what this unit handles: a deadline within the hour, a deadline that has
 * passed, a case that came from another unit; on its day a performance or instalment; on the last day a notice owed
 * and a call after closing; a week ahead the end of the time for judicial confirmation; remarks of a review. Each once, restarts or not. Only case numbers are shown: the
 * screen of a locked workstation may be read by anyone.
 */
export function createReminders({
  store,
  clock,
  unitPath,
  language,
  notify,
  automatic,
  onProblem,
}: {
  store: Store;
  clock: () => Date;
  unitPath: () => string | null;
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
    const { rows } = await sql<Reminder>`
      WITH candidate (caseId, number, kind, dueAt) AS (
        SELECT id, number, CASE WHEN due_order < ${now.toISOString()} THEN 'overdue' ELSE 'soon' END, due_order
        FROM case_row WHERE handling_path = ${path} AND open = 1 AND due_order < ${hence}
        UNION ALL
        SELECT case_row.id, number, 'arrived', state ->> 'receivedAt' FROM case_row
        JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
        WHERE handling_path = ${path} AND open = 1
          AND status IN ('escalated', 'handed-down', 'transferred', 'taken-over')
        UNION ALL
        SELECT id, number, 'performance', due_order FROM case_row INDEXED BY case_status
        WHERE handling_path = ${path} AND open = 1 AND status = 'settled'
          AND due_order >= ${now.toISOString()} AND due_order <= ${todayEnd}
        UNION ALL
        SELECT id, number, 'call', call_due_at FROM case_row INDEXED BY case_call
        WHERE call_due_at IS NOT NULL AND handling_path = ${path}
          AND call_due_at >= ${now.toISOString()} AND call_due_at <= ${todayEnd}
        UNION ALL
        SELECT id, number, 'confirmation', confirm_due_at FROM case_row INDEXED BY case_confirm
        WHERE confirm_due_at IS NOT NULL AND handling_path = ${path}
          AND confirm_due_at >= ${now.toISOString()} AND confirm_due_at <= ${notice}
        UNION ALL
        SELECT id, number, 'notice', notice_due_at FROM case_row INDEXED BY case_notice
        WHERE notice_due_at IS NOT NULL AND handling_path = ${path}
          AND notice_due_at >= ${now.toISOString()} AND notice_due_at <= ${todayEnd}
        UNION ALL
        SELECT case_row.id, number, 'remarks', state ->> '$.reviews[#-1].at' FROM case_row INDEXED BY case_review
        JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
        WHERE review = 'remarks' AND handling_path = ${path}
      )
      SELECT * FROM candidate WHERE NOT EXISTS (
        SELECT 1 FROM reminder WHERE case_id = caseId AND reminder.kind = candidate.kind
          AND reminder.due_at = dueAt)
      ORDER BY kind <> 'overdue', kind = 'arrived', kind = 'remarks', dueAt LIMIT 100`.execute(store.read);
    return rows;
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
          reminders.map(({ caseId, kind, dueAt }) => ({
            case_id: caseId,
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
        say('reminders:reminder.many.body'),
      );
    } else {
      for (const { kind, number } of reminders) {
        notify(say(`reminders:reminder.${kind}.title`), say(`reminders:reminder.${kind}.body`, { number }));
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
