import { sql, type RawBuilder } from 'kysely';
import type { DeadlineBoard, FollowUpColumn } from '../../contract/workstation/deadlines.ts';
import { dayEnd, dayStart, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { followUpsOf, instalmentDue, type FollowUp } from '../../domain/case/follow-up.ts';
import { loadStates } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { summarize, type CallContext } from '../kernel/parts.ts';
import { dueDates } from '../kernel/due-dates.ts';
import { countTasks, tasksDue } from '../kernel/task-lists.ts';

const SHOWN = 50;

/** Instalments are seen so many days ahead (assumption). */
const INSTALMENT_WINDOW_DAYS = 31;

/** A call that nobody made for so long is not asked for any more (assumption). */
const CALL_WINDOW_DAYS = 60;

async function followUpColumn(
  context: CallContext,
  kind: FollowUp['kind'],
  ownerPath: string | null,
  matching?: RawBuilder<unknown>,
): Promise<FollowUpColumn> {
  const { directory, store } = context.workstation;
  const { read } = store;
  const which = { of: 'case', kind, ownerPath } as const;
  const narrowed = matching === undefined ? {} : { matching };
  const rows = await tasksDue(read, which, SHOWN, narrowed);
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'case', id })),
  );
  const cases = (await summarize(context, 'case', rows)).flatMap((item) => {
    const current = states.get(keyOf({ kind: 'case', id: item.id }));
    const followUps =
      current?.kind === 'case'
        ? [
            ...followUpsOf(current.state, directory.rules(), directory.handlerAt(current.state.handlingPath)),
            // The deadline of its case says the same; the board has them together, weeks ahead.
            instalmentDue(current.state),
          ]
        : [];
    const followUp = followUps.find((one) => one?.kind === kind);
    return followUp ? [{ ...item, followUp }] : [];
  });
  return { cases, total: await countTasks(read, which, narrowed) };
}

/**
 * The board's notices owed, its calls due by the end of this week, its running times for judicial confirmation, and the
 * instalments of the weeks to come.
 */
export async function followUpColumns(
  context: CallContext,
  ownerPath: string | null,
): Promise<Pick<DeadlineBoard, 'notices' | 'calls' | 'confirmations' | 'instalments'>> {
  const { now, day, weekEndAt } = dueDates(context.workstation);
  const oldest = new Date(dayStart(shiftDay(day, -CALL_WINDOW_DAYS))).toISOString();
  const ahead = new Date(dayEnd(shiftDay(day, INSTALMENT_WINDOW_DAYS))).toISOString();
  const column = (kind: FollowUp['kind'], matching?: RawBuilder<unknown>): Promise<FollowUpColumn> =>
    followUpColumn(context, kind, ownerPath, matching);
  return {
    notices: await column('notice'),
    calls: await column('satisfaction', sql`due_order > ${oldest} AND due_order <= ${weekEndAt}`),
    confirmations: await column('confirmation', sql`due_order >= ${now}`),
    instalments: await column('instalment', sql`due_order <= ${ahead}`),
  };
}
