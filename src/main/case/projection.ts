import type { Generated } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { maskPhone } from '../../domain/kernel/text/index.ts';
import { deadlineOf, recomputeDeadlines } from './deadline-column.ts';
import { supervisedColumns } from './supervised-columns.ts';
import { defineProjection } from '../kernel/store/projection.ts';
import { firstDayConcerned } from '../kernel/store/tasks.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    case_row: CaseRow;
    case_search: SearchTable;
  }
}

/** What a list shows of a case. */
export type CaseRow = {
  row: Generated<number>;
  id: string;
  number: string;
  status: string;
  open: number;
  historical: number;
  consumer_name: string;
  consumer_phone_masked: string;
  merchant_id: string | null;
  merchant_name: string;
  object: string;
  problem: string;
  amount_fen: number | null;
  handling_path: string;
  registered_at: string;
  registered_day: string;
  updated_at: string;
  due_at: string | null;
  /** `due_at`, or what sorts after all of them. */
  due_order: Generated<string>;
  deadline: string | null;
  /** 1 when `deadline` says so. */
  provisional: Generated<number>;
  source: string;
  /** Who of the handling unit works on it, or nobody. */
  assigned_to: string | null;
  assigned_name: string | null;
  /** 1 when it ever went up. */
  escalated: Generated<number>;
  /** Day of Asia/Shanghai on which it was closed here; null while open, and for what a register brought in. */
  closed_day: string | null;
  /** From registration to its end, as the roll-up buckets it. */
  handled_bucket: number | null;
  /** What the last review said. */
  review: string | null;
};

export const caseProjection = defineProjection({
  kind: 'case',
  directory: false,
  save: null,
  follow: async (writer, directory, changed) => {
    const calendars = changed.flatMap((one) => (one.kind === 'calendar' ? [one.state] : []));
    if (calendars.length === 0) return;
    await recomputeDeadlines(writer, directory, firstDayConcerned(calendars));
  },
  afterUpgrade: async (writer, directory) => {
    // A release may bring the holidays of another year: only what is provisional waits for one.
    await recomputeDeadlines(writer, directory, '9999-12-31');
  },
  rows: {
    plural: 'cases',
    columns: `id number status open historical consumer_name=consumerName consumer_phone_masked=phone merchant_id=merchantId
      merchant_name=merchantName object problem amount_fen=amountFen handling_path=handlingPath
      registered_at=registeredAt registered_day=registeredDay updated_at=updatedAt due_at=dueAt deadline source
      assigned_to=assignedTo assigned_name=assignedName escalated closed_day=closedDay handled_bucket=handledBucket review`,
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
        ...supervisedColumns(state),
      };
    },
  },
});
