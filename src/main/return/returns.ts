import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type { z } from 'zod';
import type {
  LinkedCase,
  RequestReturn,
  ReturnDecision,
  ReturnDetail,
  ReturnSummary,
} from '../../contract/workstation/return.ts';
import { parseDayText, type Calendar } from '../../domain/kernel/calendar/index.ts';
import { endForReturn } from '../../domain/return/case-end.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import { may } from '../../domain/organisation/index.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { assessReturn } from '../../domain/return/eligibility.ts';
import type { PurchasedAt, returnSchemas } from '../../domain/return/events.ts';
import { judgeReturn, type JudgedReturn } from '../../domain/return/judged.ts';
import { isSettled, type ReturnState, type ReturnStatus } from '../../domain/return/reducer.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { loadState, type Reader, type Writer } from '../kernel/store/index.ts';
import {
  requireIdentity,
  todayOf,
  type CallContext,
  type StaffContext,
  type WorkstationParts,
} from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { readPage, rowsOf } from '../kernel/page.ts';
import type { ReturnRow } from './projection.ts';
import { familyOf } from '../merchant/index.ts';
import { betweenShops } from './between.ts';
import { disputeReturn } from './dispute.ts';
import { inquiryOf } from './inquiry.ts';
import { dueOf } from './waiting.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { waitingOf } from '../kernel/waiting.ts';

declare module '../kernel/parts.ts' {
  interface SummaryOf {
    return: ReturnSummary;
  }
}

type Row = Selectable<ReturnRow>;

function summarize(workstation: WorkstationParts, row: Row, waiting: number): ReturnSummary {
  return {
    id: row.id,
    number: row.number,
    status: row.status as ReturnStatus,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    goodsName: row.goods_name,
    amountFen: row.amount_fen,
    consumerName: row.consumer_name,
    verdict: row.verdict as ReturnSummary['verdict'],
    requestedAt: row.requested_at,
    unitPath: row.unit_path,
    unitName: workstation.directory.nameOf(row.unit_path),
    caseId: row.case_id,
    waiting,
  };
}

async function summarizeRows(workstation: WorkstationParts, rows: readonly Row[]): Promise<ReturnSummary[]> {
  const waiting = await waitingOf(
    workstation.store.read,
    'return',
    rows.map((row) => row.id),
  );
  return rows.map((row) => summarize(workstation, row, waiting.get(row.id) ?? 0));
}

/** What every list says of these returns, in the order given. */
export async function summarizeReturns(
  workstation: WorkstationParts,
  ids: readonly string[],
): Promise<ReturnSummary[]> {
  return summarizeRows(workstation, await rowsOf<Row>(workstation.store.read, 'return', ids));
}

type ListInput = {
  filter: {
    status?: ReturnStatus[] | undefined;
    merchantId?: string | undefined;
    requestedFrom?: string | undefined;
    requestedTo?: string | undefined;
    search?: string | undefined;
  };
  limit: number;
  cursor?: string | undefined;
};

async function list(
  context: CallContext,
  { filter, limit, cursor }: ListInput,
): Promise<{ items: ReturnSummary[]; total: number; cursor: string | null }> {
  const conditions: Expression<SqlBool>[] = [];
  if (filter.status?.length) conditions.push(sql`status IN (${sql.join(filter.status)})`);
  if (filter.merchantId) conditions.push(sql`merchant_id IN ${familyOf(filter.merchantId)}`);
  if (filter.requestedFrom) conditions.push(sql`requested_day >= ${filter.requestedFrom}`);
  if (filter.requestedTo) conditions.push(sql`requested_day <= ${filter.requestedTo}`);
  const page = await readPage<Row>(context.workstation.store.read, {
    list: 'return',
    conditions,
    search: filter.search,
    order: { column: 'requested_at', direction: 'descending' },
    limit,
    cursor,
  });
  return {
    items: await summarizeRows(context.workstation, page.rows),
    total: page.total,
    cursor: page.cursor,
  };
}

type Judged = JudgedReturn & { merchant: MerchantState };

/** Judges a request of today under the promise that was in force on the day of purchase. */
async function judge(
  from: Reader | Writer,
  context: CallContext,
  { merchantId, request: typed }: { merchantId: string; request: Omit<ReturnRequest, 'requestedOn'> },
): Promise<Judged> {
  const requestedOn = todayOf(context.workstation);
  const merchant = await loadState(from, 'merchant', merchantId);
  if (!merchant)
    throw serviceError('INPUT_INVALID', { issues: [{ field: 'merchantId', rule: 'merchant-missing' }] });
  return { merchant, ...judgeReturn(merchant, { ...typed, requestedOn }, calendarHere(context)) };
}

/** One return as the signed-in person may see it. @throws NOT_FOUND outside their sight. */
async function returnDetail(context: StaffContext, id: string): Promise<ReturnDetail> {
  const { staff } = context;
  const { workstation } = context;
  const state = await loadState(workstation.store.read, 'return', id);
  const row = await workstation.store.read
    .selectFrom('return_row')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!state || !row) throw serviceError('NOT_FOUND');
  const merchant = await loadState(workstation.store.read, 'merchant', state.merchantId);
  const commitment = merchant?.commitments.find((one) => one.commitmentId === state.commitmentId) ?? null;
  const assessment =
    commitment === null ? null : assessReturn(commitment, state.request, calendarHere(context));
  const timeline = await timelineOf(workstation, 'return', id);
  const whole = state.erased === undefined;
  const handles = whole && state.unitPath === staff.unitPath && may(staff.role, 'return.handle');
  const due = dueOf(workstation, state);
  const linkedCase = await linkedCaseOf(context, state);
  return {
    state,
    summary: summarize(
      context.workstation,
      row,
      timeline.filter((entry) => entry.status === 'pending').length,
    ),
    commitment,
    assessment,
    timeline,
    canDecide: handles && state.status === 'requested',
    canDispute:
      handles && state.caseId === null && (state.status === 'refused' || (due !== null && due.late)),
    due,
    linkedCase,
    canResolve: handles && linkedCase?.end != null && !isTakenOver(state, linkedCase.end),
    canNote: handles,
    canReveal: whole && may(staff.role, 'personal-data.reveal') && state.consumer.phone !== null,
    canSettle: handles && state.purchasedAt !== undefined && state.status === 'granted' && !isSettled(state),
    canUnsettle: handles && isSettled(state),
    inquiry: await inquiryOf(workstation, state),
  };
}

/** The shop of the group where the goods were bought. @throws INPUT_INVALID where the promise does not name it */
function shopOfGroup({ commitment }: Judged, merchantId: string | undefined): PurchasedAt | undefined {
  if (merchantId === undefined) return undefined;
  const shop = commitment?.group?.shops.find((one) => one.merchantId === merchantId);
  if (!commitment?.group || !shop)
    throw serviceError('INPUT_INVALID', { issues: [{ field: 'purchasedAt', rule: 'not-in-group' }] });
  return { ...shop, group: commitment.group.name };
}

const requestReturn = command({
  context: async (writer, call, input: RequestReturn) => {
    const today = todayOf(call.workstation);
    if (input.request.purchasedOn > today)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: 'request.purchasedOn', rule: 'date-in-future' }],
      });
    const judged = await judge(writer, call, input);
    const purchasedAt = shopOfGroup(judged, input.purchasedAt);
    const [number = ''] = await drawNumber(writer, requireIdentity(call), 'return', today);
    return { ...judged, purchasedAt, number, today };
  },
  decide: (input, { merchant, commitment, verdict, reasons, purchasedAt, number, today }) => {
    const payload = {
      number,
      merchantId: merchant.id,
      merchantName: merchant.name,
      commitmentId: commitment?.commitmentId ?? null,
      commitmentVersion: commitment?.version ?? null,
      consumer: input.consumer,
      request: { ...input.request, requestedOn: parseDayText(today) },
      verdict,
      reasons,
      ...(purchasedAt === undefined ? {} : { purchasedAt }),
    };
    return {
      facts: [
        { stream: { kind: 'return', id: input.returnId }, type: 'return-requested', version: 1, payload },
      ],
      result: undefined,
    };
  },
  once: {
    id: ({ returnId }) => ({ stream: { kind: 'return', id: returnId } }),
    again: ({ payload }, { merchantId, purchasedAt, consumer, request }) => {
      const first = payload as z.infer<(typeof returnSchemas)['return-requested@1']>;
      const { requestedOn: _, ...typed } = first.request;
      requireSame(
        [first.merchantId, first.purchasedAt?.merchantId, first.consumer, typed],
        [merchantId, purchasedAt, consumer, request],
      );
    },
  },
});

/** The case that the return became, where this workstation still has it. */
async function linkedCaseOf(
  { workstation }: CallContext,
  { caseId, status }: ReturnState,
): Promise<LinkedCase | null> {
  const found = caseId === null ? undefined : await loadState(workstation.store.read, 'case', caseId);
  return found
    ? {
        id: found.id,
        number: found.number,
        status: found.status,
        handlingName: workstation.directory.nameOf(found.handlingPath),
        end: endForReturn(found, status),
      }
    : null;
}

/** Whether this very end of the case stands in the return already; a case that was opened again ends anew. */
const isTakenOver = ({ resolution }: ReturnState, end: NonNullable<LinkedCase['end']>): boolean =>
  resolution !== undefined && Date.parse(resolution.at) >= Date.parse(end.at);

type Decide = { id: string; revision: number; eventId?: string | undefined; decision: ReturnDecision };

type Noted = {
  id: string;
  revision: number;
  eventId?: string | undefined;
  type: 'return-resolved' | 'return-noted' | 'return-settled' | 'return-settlement-undone';
  payload: unknown;
};

/** Records one more fact of a return that changes nothing of what was decided. */
const noteReturn = command({
  context: noContext,
  decide: ({ id, revision, eventId, type, payload }: Noted) => ({
    facts: [
      {
        ...(eventId === undefined ? {} : { id: eventId }),
        stream: { kind: 'return', id },
        type,
        version: 1,
        payload,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, type, payload }, save) =>
      requireSame([stream.id, type, payload], [save.id, save.type, save.payload]),
  },
});

async function noted(
  context: StaffContext,
  type: Noted['type'],
  { id, revision, eventId, ...payload }: Omit<Noted, 'type' | 'payload'> & Record<string, unknown>,
): Promise<ReturnDetail> {
  await noteReturn(context, { id, revision, eventId, type, payload });
  return returnDetail(context, id);
}

const typeOf = ({ decision }: ReturnDecision): string =>
  decision === 'grant' ? 'return-granted' : 'return-refused';

const decideReturn = command({
  context: noContext,
  decide: ({ id, revision, eventId, decision }: Decide) => ({
    facts: [
      {
        ...(eventId === undefined ? {} : { id: eventId }),
        stream: { kind: 'return', id },
        type: typeOf(decision),
        version: 1,
        payload: decision.payload,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, type, payload }, { id, decision }) =>
      requireSame([stream.id, type, payload], [id, typeOf(decision), decision.payload]),
  },
});

const calendarHere = ({ workstation }: CallContext): Calendar =>
  calendarAt(workstation.directory.rules(), workstation.identity()?.unitPath ?? '/');

export const returns = {
  list: os.returns.list.handler(({ context, input }) => list(context, input)),
  get: os.returns.get.handler(({ context, input }) => returnDetail(context, input.id)),
  assess: os.returns.assess.handler(async ({ context, input }) => {
    const { commitment, assessment } = await judge(context.workstation.store.read, context, input);
    return { commitment, assessment };
  }),
  request: os.returns.request.handler(async ({ context, input }) => {
    await requestReturn(context, input);
    return returnDetail(context, input.returnId);
  }),
  decide: os.returns.decide.handler(async ({ context, input }) => {
    await decideReturn(context, input);
    return returnDetail(context, input.id);
  }),
  between: os.returns.between.handler(({ context, input }) => betweenShops(context, input)),
  resolve: os.returns.resolve.handler(({ context, input }) => noted(context, 'return-resolved', input)),
  note: os.returns.note.handler(({ context, input }) => noted(context, 'return-noted', input)),
  settle: os.returns.settle.handler(({ context, input }) => noted(context, 'return-settled', input)),
  unsettle: os.returns.unsettle.handler(({ context, input }) =>
    noted(context, 'return-settlement-undone', input),
  ),
  reveal: os.returns.reveal.handler(async ({ context, input }) => {
    const state = await loadState(context.workstation.store.read, 'return', input.id);
    if (!state) throw serviceError('NOT_FOUND');
    await logAccess(context, {
      action: 'reveal',
      kind: 'return',
      id: input.id,
      reason: input.reason,
    });
    return { phone: state.consumer.phone };
  }),
  dispute: os.returns.dispute.handler(({ context, input }) => disputeReturn(context, input)),
};
