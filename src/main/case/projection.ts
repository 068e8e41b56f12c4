import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { openStop } from '../../domain/case/clock.ts';
import { maskPhone } from '../../domain/kernel/text/index.ts';
import type { StateOf } from '../../domain/streams.ts';
import { deadlineOf, recomputeDeadlines } from './deadline-column.ts';
import { FOLLOWED, recomputeFollowUps } from './follow-up-columns.ts';
import { supervisedColumns } from './supervised-columns.ts';
import { defineProjection } from '../kernel/store/projection.ts';

/** Deadlines before it cannot change: a notice may also move the last days of the December before its year. */
function firstDayConcerned(calendars: readonly StateOf['calendar'][]): string {
  const years = calendars.flatMap(({ imports }) => imports.map(({ file }) => file.year));
  return `${Math.min(...years) - 1}-12-01`;
}

export const caseProjection = defineProjection({
  kind: 'case',
  directory: false,
  save: null,
  follow: async (writer, directory, changed) => {
    const calendars = changed.flatMap((one) => (one.kind === 'calendar' ? [one.state] : []));
    if (calendars.length === 0) return;
    await recomputeDeadlines(writer, directory, firstDayConcerned(calendars));
    await recomputeFollowUps(writer, directory, FOLLOWED);
  },
  afterUpgrade: async (writer, directory) => {
    // A release may bring the holidays of another year: only what is provisional waits for one.
    await recomputeDeadlines(writer, directory, '9999-12-31');
    await recomputeFollowUps(writer, directory, FOLLOWED);
  },
  rows: {
    plural: 'cases',
    columns: `id number status open historical consumer_name=consumerName consumer_phone_masked=phone merchant_id=merchantId
      merchant_name=merchantName object problem amount_fen=amountFen handling_path=handlingPath
      registered_at=registeredAt registered_day=registeredDay updated_at=updatedAt due_at=dueAt deadline source
      clock_stands=clockStands assigned_to=assignedTo assigned_name=assignedName escalated closed_day=closedDay
      handled_bucket=handledBucket review call_due_at=callDueAt confirm_due_at=confirmDueAt
      notice_due_at=noticeDueAt`,
    kept: 'historical registered_at registered_day source',
    row: (state, { directory, updatedAt }) => {
      const deadline = deadlineOf(state, directory);
      return {
        id: state.id,
        number: state.number,
        status: state.status,
        open: state.status === 'closed' ? 0 : 1,
        historical: state.historical ? 1 : 0,
        consumerName: state.consumer.name,
        phone: maskPhone(state.consumer.phone),
        merchantId: state.merchant.merchantId,
        merchantName: state.merchant.name,
        object: state.category.object,
        problem: state.category.problem,
        amountFen: state.amountFen,
        handlingPath: state.handlingPath,
        registeredAt: state.registeredAt,
        registeredDay: businessDay(state.registeredAt),
        updatedAt,
        dueAt: deadline === null ? null : new Date(deadline.dueAt).toISOString(),
        deadline: deadline === null ? null : JSON.stringify(deadline),
        source: state.source,
        clockStands: openStop(state) === null ? 0 : 1,
        ...supervisedColumns(state, directory),
      };
    },
  },
});
