import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type {
  CaseAction,
  CaseDetail,
  CaseFilter,
  CaseSummary,
  RegisterCase,
  Undoable,
} from '../../contract/workstation/case.ts';
import type { Deadline } from '../../domain/case/deadline.ts';
import { versionOf, type CasePayload } from '../../domain/case/events.ts';
import { followUpsOf } from '../../domain/case/follow-up.ts';
import { CASE_TRANSITIONS } from '../../domain/case/reducer.ts';
import { confirmationDeadline } from '../../domain/case/performance.ts';
import type { CaseStatus } from '../../domain/case/state.ts';
import { may, parentPath } from '../../domain/organisation/index.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { lastUndoable, loadState, RuleRefused, takeBack, type NewFact } from '../kernel/store/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { requireIdentity, todayOf, type StaffContext, type WorkstationParts } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { dueDates } from '../kernel/due-dates.ts';
import { os } from '../kernel/implementer.ts';
import { assigneesFor } from './assignees.ts';
import { movesOf } from './case-moves.ts';
import { caseHistory } from './history.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { readPage, rowsOf, type Order, type TextColumn } from '../kernel/page.ts';
import type { CaseRow } from './projection.ts';
import { familyOf } from '../merchant/index.ts';
import { instrumentsHere, procedureOfCase, procedureToday } from '../procedure/index.ts';
import { underPath } from '../kernel/scope.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { waitingOf } from '../kernel/waiting.ts';

declare module '../kernel/parts.ts' {
  interface SummaryOf {
    case: CaseSummary;
  }
}

type Row = Selectable<CaseRow>;

function summarize(workstation: WorkstationParts, row: Row, waiting: number): CaseSummary {
  return {
    id: row.id,
    number: row.number,
    status: row.status as CaseStatus,
    historical: row.historical === 1,
    consumerName: row.consumer_name,
    consumerPhoneMasked: row.consumer_phone_masked,
    merchantName: row.merchant_name,
    object: row.object,
    problem: row.problem,
    amountFen: row.amount_fen,
    handlingPath: row.handling_path,
    handlingName: workstation.directory.nameOf(row.handling_path),
    registeredAt: row.registered_at,
    updatedAt: row.updated_at,
    deadline: row.deadline === null ? null : (JSON.parse(row.deadline) as Deadline),
    mine: row.handling_path === workstation.identity()?.unitPath,
    waiting,
    source: row.source as CaseSummary['source'],
    assigned:
      row.assigned_to === null
        ? null
        : { staffId: row.assigned_to, name: row.assigned_name ?? row.assigned_to },
    review: row.review as CaseSummary['review'],
  };
}

/** Rows of cases with what waits for each, in the order given. */
async function summarizeRows(workstation: WorkstationParts, rows: readonly Row[]): Promise<CaseSummary[]> {
  const waiting = await waitingOf(
    workstation.store.read,
    'case',
    rows.map((row) => row.id),
  );
  return rows.map((row) => summarize(workstation, row, waiting.get(row.id) ?? 0));
}

/** What every list says of these cases, in the order given. */
export async function summarizeCases(
  workstation: WorkstationParts,
  ids: readonly string[],
): Promise<CaseSummary[]> {
  return summarizeRows(workstation, await rowsOf<Row>(workstation.store.read, 'case', ids));
}

function conditions(context: StaffContext, filter: CaseFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  const where = (condition: ReturnType<typeof sql<SqlBool>>): number => all.push(condition);
  if (filter.status?.length) where(sql`status IN (${sql.join(filter.status)})`);
  if (filter.open !== undefined) where(sql`open = ${filter.open ? 1 : 0}`);
  if (filter.mine) where(sql`handling_path = ${requireIdentity(context).unitPath}`);
  // Among closed cases the day narrows more than the unit does, which the planner cannot know.
  const unit = filter.closedFrom ? sql`+handling_path` : sql`handling_path`;
  if (filter.handlingPath) where(sql`${unit} = ${filter.handlingPath}`);
  if (filter.overdue) where(sql`open = 1 AND due_order < ${context.workstation.clock().toISOString()}`);
  if (filter.object) where(sql`object = ${filter.object}`);
  if (filter.problem) where(sql`problem = ${filter.problem}`);
  if (filter.registeredFrom) where(sql`registered_day >= ${filter.registeredFrom}`);
  if (filter.registeredTo) where(sql`registered_day <= ${filter.registeredTo}`);
  if (filter.merchantId) where(sql`merchant_id IN ${familyOf(filter.merchantId)}`);
  if (filter.under) where(underPath(filter.under));
  if (filter.assignedTo === 'nobody') where(sql`assigned_to IS NULL`);
  else if (filter.assignedTo === 'me') where(sql`assigned_to = ${context.staff.staffId}`);
  else if (filter.assignedTo) where(sql`assigned_to = ${filter.assignedTo}`);
  if (filter.dueThisWeek) {
    const { now, weekEndAt } = dueDates(context.workstation);
    where(sql`open = 1 AND due_order >= ${now} AND due_order <= ${weekEndAt}`);
  }
  if (filter.closedFrom) where(sql`closed_day >= ${filter.closedFrom}`);
  if (filter.closedTo) where(sql`closed_day <= ${filter.closedTo}`);
  if (filter.review) where(sql`review = ${filter.review}`);
  return all;
}

async function list(
  context: StaffContext,
  input: {
    filter: CaseFilter;
    sort: 'deadline' | 'updated' | 'registered';
    limit: number;
    cursor?: string | undefined;
  },
): Promise<{ items: CaseSummary[]; total: number; cursor: string | null }> {
  const orders: Record<typeof input.sort, Order<TextColumn<Row>>> = {
    // What is closed has no deadline any more: the newest first.
    deadline: input.filter.closedFrom
      ? { column: 'closed_day', direction: 'descending' }
      : { column: 'due_order', direction: 'ascending' },
    updated: { column: 'updated_at', direction: 'descending' },
    registered: { column: 'registered_at', direction: 'descending' },
  };
  const page = await readPage<Row>(context.workstation.store.read, {
    list: 'case',
    conditions: conditions(context, input.filter),
    search: input.filter.search,
    order: orders[input.sort],
    limit: input.limit,
    cursor: input.cursor,
  });
  return {
    items: await summarizeRows(context.workstation, page.rows),
    total: page.total,
    cursor: page.cursor,
  };
}

/** One case as the signed-in person may see it. @throws NOT_FOUND outside their sight. */
export async function caseDetail(context: StaffContext, id: string): Promise<CaseDetail> {
  const { staff } = context;
  const { workstation } = context;
  const state = await loadState(workstation.store.read, 'case', id);
  const row = await workstation.store.read
    .selectFrom('case_row')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!state || !row) throw serviceError('NOT_FOUND');
  const timeline = await timelineOf(workstation, 'case', id);
  const waiting = timeline.filter((entry) => entry.status === 'pending').length;
  const { handDownTargets, transferTargets, joinTargets, steps } = movesOf(context, state, row, staff);
  const above = parentPath(state.handlingPath);
  const { merchantId } = state.merchant;
  const respondent =
    merchantId === null ? undefined : await loadState(workstation.store.read, 'merchant', merchantId);
  const linked =
    state.returnId === null ? undefined : await loadState(workstation.store.read, 'return', state.returnId);
  return {
    state,
    summary: summarize(workstation, row, waiting),
    timeline: caseHistory(timeline),
    steps,
    canNote: may(staff.role, 'case.note') && state.status !== 'closed' && state.erased === undefined,
    canReveal: may(staff.role, 'personal-data.reveal') && state.erased === undefined,
    escalationTarget: above === null ? null : { path: above, name: workstation.directory.nameOf(above) },
    handDownTargets,
    transferTargets,
    joinTargets,
    respondentPath: respondent?.unitPath ?? null,
    joinedNames: (state.joinedUnits ?? []).map((path) => workstation.directory.nameOf(path)),
    confirmation: confirmationDeadline(
      state,
      calendarAt(workstation.directory.rules(), state.registeredPath),
      procedureOfCase(workstation, state),
    ),
    instruments: instrumentsHere(workstation, state),
    assignees: await assigneesFor(context, state, staff),
    followUps: followUpsOf(
      state,
      workstation.directory.rules(),
      workstation.directory.handlerAt(state.handlingPath),
    ),
    linkedReturn: linked
      ? {
          id: linked.id,
          number: linked.number,
          status: linked.status,
          resolved: linked.resolution !== undefined,
        }
      : null,
  };
}

const registerCase = command({
  context: async (writer, call) => {
    const identity = requireIdentity(call);
    const [number = ''] = await drawNumber(writer, identity, 'case', todayOf(call.workstation));
    return { number, procedure: procedureToday(call.workstation, identity.unitPath) };
  },
  decide: ({ caseId, ...registration }: RegisterCase, { number, procedure }) => ({
    facts: [
      {
        stream: { kind: 'case', id: caseId },
        type: 'case-registered',
        version: 1,
        payload: { ...registration, number, ...procedure },
      },
    ],
    result: { id: caseId, number },
  }),
  once: {
    id: ({ caseId }) => ({ stream: { kind: 'case', id: caseId } }),
    again: ({ payload }, { caseId, ...registration }) => {
      const { number, procedure: _, ...typed } = payload as CasePayload<'case-registered'>;
      requireSame(typed, registration);
      return { id: caseId, number };
    },
  },
});

type Act = { id: string; revision: number; eventId?: string | undefined; action: CaseAction };

const actOnCase = command({
  context: noContext,
  decide: ({ id, revision, eventId, action }: Act) => {
    const { step, payload } = action;
    const fact: NewFact = {
      ...(eventId === undefined ? {} : { id: eventId }),
      stream: { kind: 'case', id },
      type: step,
      version: versionOf(step),
      payload,
    };
    // A note changes nothing, so it may be added to whatever the case has become.
    return {
      facts: [step === 'note-added' ? fact : { ...fact, expectedRevision: revision }],
      result: undefined,
    };
  },
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, type, payload }, { id, action }) =>
      requireSame([stream.id, type, payload], [id, action.step, action.payload]),
  },
});

/** Steps that can be taken back; what was printed, numbered or captured cannot. */
const UNDOABLE: ReadonlySet<string> = new Set([
  ...Object.keys(CASE_TRANSITIONS),
  'case-reviewed',
  'note-added',
]);

async function undoable(context: StaffContext, id: string): Promise<Undoable | null> {
  const { staffId } = context.staff;
  const { store, sync } = context.workstation;
  const stream = { kind: 'case' as const, id };
  const fact = await lastUndoable(store.read, { stream, staffId, types: UNDOABLE, after: sync.left() });
  if (fact === null) return null;
  const leavesInMs = sync.leavesIn(fact.at);
  const leavesAt =
    leavesInMs === null ? null : new Date(context.workstation.clock().getTime() + leavesInMs).toISOString();
  return { step: fact.type as Undoable['step'], leavesInMs, leavesAt };
}

async function undo(context: StaffContext, id: string): Promise<CaseDetail> {
  const { staff } = context;
  const { workstation } = context;
  const done = await workstation.sync.withoutSending((after) =>
    workstation.store.write((writer) =>
      takeBack(writer, workstation.directory, {
        stream: { kind: 'case', id },
        staffId: staff.staffId,
        types: UNDOABLE,
        after,
      }),
    ),
  );
  if (!done) throw new RuleRefused({ rule: 'undo-too-late' });
  return caseDetail(context, id);
}

export const cases = {
  list: os.cases.list.handler(({ context, input }) => list(context, input)),
  get: os.cases.get.handler(({ context, input }) => caseDetail(context, input.id)),
  register: os.cases.register.handler(({ context, input }) => registerCase(context, input)),
  act: os.cases.act.handler(async ({ context, input }) => {
    await actOnCase(context, input);
    return caseDetail(context, input.id);
  }),
  undoable: os.cases.undoable.handler(({ context, input }) => undoable(context, input.id)),
  undo: os.cases.undo.handler(({ context, input }) => undo(context, input.id)),
  reveal: os.cases.reveal.handler(async ({ context, input }) => {
    const state = await loadState(context.workstation.store.read, 'case', input.id);
    if (!state) throw serviceError('NOT_FOUND');
    await logAccess(context, { action: 'reveal', kind: 'case', id: input.id, reason: input.reason });
    const { phone, idNumber, address } = state.consumer;
    return {
      phone,
      idNumber: idNumber ?? null,
      address: address ?? null,
      agents: (state.agents ?? []).flatMap(({ agentId, phone: number }) =>
        number === undefined ? [] : [{ agentId, phone: number }],
      ),
    };
  }),
};
