import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type { z } from 'zod';
import type {
  RequestReturn,
  ReturnDecision,
  ReturnDetail,
  ReturnSummary,
} from '../../contract/workstation/return.ts';
import { businessDay, parseDayText, type Calendar } from '../../domain/kernel/calendar/index.ts';
import type { ObjectCategory, Registration } from '../../domain/case/index.ts';
import { commitmentOn, type MerchantCommitment, type MerchantState } from '../../domain/merchant/index.ts';
import { may } from '../../domain/organisation/index.ts';
import { type CodeListName, type Procedure, calendarAt } from '../../domain/procedure/index.ts';
import { assessReturn, type Assessment } from '../../domain/return/eligibility.ts';
import type { returnSchemas } from '../../domain/return/events.ts';
import type { ReturnState, ReturnStatus } from '../../domain/return/reducer.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
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
import { pickActive, procedureNow, procedureToday } from '../procedure/index.ts';
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

type Judged = {
  merchant: MerchantState;
  commitment: MerchantCommitment | null;
  assessment: Assessment | null;
};

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
  const commitment = commitmentOn(merchant, typed.purchasedOn) ?? merchant.commitments.at(-1) ?? null;
  if (commitment === null) return { merchant, commitment, assessment: null };
  const assessment = assessReturn(commitment, { ...typed, requestedOn }, calendarHere(context));
  return { merchant, commitment, assessment };
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
  const handles = state.unitPath === staff.unitPath && may(staff.role, 'return.handle');
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
    canDispute: handles && state.status === 'refused' && state.caseId === null,
  };
}

const requestReturn = command({
  context: async (writer, call, input: RequestReturn) => {
    const today = todayOf(call.workstation);
    if (input.request.purchasedOn > today)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: 'request.purchasedOn', rule: 'date-in-future' }],
      });
    const judged = await judge(writer, call, input);
    const [number = ''] = await drawNumber(writer, requireIdentity(call), 'return', today);
    return { ...judged, number, today };
  },
  decide: (input, { merchant, commitment, assessment, number, today }) => {
    const payload = {
      number,
      merchantId: merchant.id,
      merchantName: merchant.name,
      commitmentId: commitment?.commitmentId ?? null,
      commitmentVersion: commitment?.version ?? null,
      consumer: input.consumer,
      request: { ...input.request, requestedOn: parseDayText(today) },
      // Without any promise nothing binds the merchant: the parties may still agree.
      verdict: assessment?.verdict ?? 'negotiable',
      reasons: assessment?.reasons.map(({ rule, outcome }) => ({ rule, outcome })) ?? [
        { rule: 'no-commitment', outcome: 'negotiable' },
      ],
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
    again: ({ payload }, { merchantId, consumer, request }) => {
      const first = payload as z.infer<(typeof returnSchemas)['return-requested@1']>;
      const { requestedOn: _, ...typed } = first.request;
      requireSame([first.merchantId, first.consumer, typed], [merchantId, consumer, request]);
    },
  },
});

type Decide = { id: string; revision: number; eventId?: string | undefined; decision: ReturnDecision };

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

/** Goods of a return in the words of the case's categories. */
const OBJECTS: Partial<Record<ReturnRequest['goodsCategory'], ObjectCategory>> = {
  clothing: 'clothing',
  food: 'food',
  appliance: 'appliance',
  digital: 'digital',
  home: 'home',
  jewellery: 'jewellery',
  cosmetics: 'cosmetics',
  children: 'children',
};

const calendarHere = ({ workstation }: CallContext): Calendar =>
  calendarAt(workstation.directory.rules(), workstation.identity()?.unitPath ?? '/');

type Dispute = { id: string; revision: number; caseId: string; consumerPhone: string; facts: string };

const disputeReturn = command({
  context: async (writer, call, input: Dispute) => {
    const identity = requireIdentity(call);
    const state = await loadState(writer, 'return', input.id);
    if (!state) throw serviceError('NOT_FOUND');
    const today = todayOf(call.workstation);
    const [number = ''] = await drawNumber(writer, identity, 'case', today);
    return {
      state,
      merchant: await loadState(writer, 'merchant', state.merchantId),
      number,
      today,
      procedure: procedureNow(call.workstation, identity.unitPath),
      version: procedureToday(call.workstation, identity.unitPath),
    };
  },
  decide: (input, { state, merchant, number, today, procedure, version }) => {
    const registration = caseFromReturn(procedure, state, merchant, input, number, today);
    return {
      facts: [
        {
          stream: { kind: 'case', id: input.caseId },
          type: 'case-registered',
          version: 1,
          payload: { ...registration, ...version },
        },
        {
          stream: { kind: 'return', id: input.id },
          type: 'return-disputed',
          version: 1,
          expectedRevision: input.revision,
          payload: { caseId: input.caseId },
        },
      ],
      result: { caseId: input.caseId, caseNumber: number },
    };
  },
  once: {
    id: ({ caseId }) => ({ stream: { kind: 'case', id: caseId } }),
    again: ({ payload }, { id, caseId, consumerPhone, facts }) => {
      const first = payload as z.infer<typeof Registration>;
      requireSame([first.returnId, first.consumer.phone, first.facts.text], [id, consumerPhone, facts]);
      return { caseId, caseNumber: first.number };
    },
  },
});

function caseFromReturn(
  procedure: Procedure,
  state: ReturnState,
  merchant: MerchantState | undefined,
  input: { consumerPhone: string; facts: string },
  number: string,
  today: string,
): Record<string, unknown> {
  // Lists change; a return that became a dispute still becomes one.
  const pick = (name: CodeListName, ...wanted: string[]): string[] => pickActive(procedure, name, wanted);
  return {
    number,
    consumer: { name: state.consumer.name, phone: input.consumerPhone },
    merchant: {
      merchantId: state.merchantId,
      name: state.merchantName,
      ...(merchant?.phone ? { phone: merchant.phone } : {}),
      ...(merchant?.address ? { address: merchant.address } : {}),
      ...(merchant?.contactName ? { contact: merchant.contactName } : {}),
    },
    facts: { text: input.facts, occurredOn: state.decidedAt === null ? today : businessDay(state.decidedAt) },
    category: {
      object: pick('object', OBJECTS[state.request.goodsCategory] ?? 'other-goods', 'other-goods')[0],
      problem: pick('problem', 'after-sales', 'other')[0],
    },
    amountFen: state.request.amountFen,
    claims: pick('claim', 'return-goods', 'refund'),
    consents: { publication: false, delegatedMediation: true },
    source: 'return',
    returnId: state.id,
  };
}

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
  dispute: os.returns.dispute.handler(({ context, input }) => disputeReturn(context, input)),
};
