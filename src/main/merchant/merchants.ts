import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { MerchantDetail, MerchantSummary } from '../../contract/workstation/merchant.ts';
import { merchantChangesOf } from '../../domain/merchant/changes.ts';
import { commitmentOn, type MerchantCommitment } from '../../domain/merchant/commitments.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import { may, covers } from '../../domain/organisation/index.ts';
import { loadState, type NewFact } from '../kernel/store/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { todayOf, type CallContext, type StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { readPage } from '../kernel/page.ts';
import { timelineOf } from '../kernel/timeline.ts';
import type { MerchantRow } from './projection.ts';

type Row = Selectable<MerchantRow>;

function summarize({ workstation }: CallContext, row: Row, openCases: number): MerchantSummary {
  const commitments = JSON.parse(row.commitments) as MerchantCommitment[];
  return {
    id: row.id,
    name: row.name,
    creditCode: row.credit_code,
    category: row.category as MerchantSummary['category'],
    unitPath: row.unit_path,
    unitName: workstation.directory.nameOf(row.unit_path),
    phone: row.phone,
    commitmentDays: commitmentOn({ commitments }, todayOf(workstation))?.windowDays ?? null,
    openCases,
    invented: row.invented === 1,
  };
}

type ListInput = {
  search?: string | undefined;
  unitPath?: string | undefined;
  committed?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
};

async function list(
  context: CallContext,
  input: ListInput,
): Promise<{ items: MerchantSummary[]; total: number; cursor: string | null }> {
  const conditions: Expression<SqlBool>[] = [];
  if (input.unitPath) conditions.push(sql`unit_path = ${input.unitPath}`);
  if (input.committed !== undefined) conditions.push(sql`committed = ${input.committed ? 1 : 0}`);
  const { rows, total, cursor } = await readPage<Row>(context.workstation.store.read, {
    list: 'merchant',
    conditions,
    search: input.search,
    order: { column: 'name', direction: 'ascending' },
    limit: input.limit,
    cursor: input.cursor,
  });
  const open = await openCasesOf(
    context,
    rows.map((row) => row.id),
  );
  return { items: rows.map((row) => summarize(context, row, open.get(row.id) ?? 0)), total, cursor };
}

async function openCasesOf(
  { workstation }: CallContext,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    SELECT merchant_id AS id, count(*) AS count FROM case_row
    WHERE open = 1 AND merchant_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
    GROUP BY merchant_id`.execute(workstation.store.read);
  return new Map(rows.map((row) => [row.id, row.count]));
}

async function merchantDetail(context: StaffContext, id: string): Promise<MerchantDetail> {
  const { staff } = context;
  const { read } = context.workstation.store;
  const state = await loadState(read, 'merchant', id);
  const row = await read.selectFrom('merchant_row').selectAll().where('id', '=', id).executeTakeFirst();
  if (!state || !row) throw serviceError('NOT_FOUND');
  const { rows } = await sql<{ cases: number; settled: number; returns: number; granted: number }>`
    SELECT
      (SELECT count(*) FROM case_row WHERE merchant_id = ${id}) AS cases,
      (SELECT count(*) FROM case_row JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
        WHERE merchant_id = ${id} AND stream.state ->> 'outcome' = 'settled') AS settled,
      (SELECT count(*) FROM return_row WHERE merchant_id = ${id}) AS returns,
      (SELECT count(*) FROM return_row WHERE merchant_id = ${id} AND status = 'granted') AS granted`.execute(
    read,
  );
  const counts = rows[0];
  const open = await openCasesOf(context, [id]);
  return {
    state,
    summary: summarize(context, row, open.get(id) ?? 0),
    counts: {
      cases: counts?.cases ?? 0,
      settled: counts?.settled ?? 0,
      returns: counts?.returns ?? 0,
      returnsGranted: counts?.granted ?? 0,
    },
    canEdit: may(staff.role, 'merchant.edit') && covers(staff.unitPath, state.unitPath),
    timeline: withChanges(await timelineOf(context.workstation, 'merchant', id)),
  };
}

function withChanges(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const changes = merchantChangesOf(
    timeline.map(({ status, ...entry }) => ({
      ...entry,
      counts: status === 'accepted' || status === 'pending',
    })),
  );
  return timeline.map((entry) => ({ ...entry, changes: changes.get(entry.eventId) ?? [] }));
}

const changeMerchant = command({
  context: noContext,
  decide: ({ id, revision, eventId, fact }: Change) => ({
    facts: [
      {
        ...(eventId === undefined ? {} : { id: eventId }),
        stream: { kind: 'merchant', id },
        version: 1,
        ...fact,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => (eventId === undefined ? null : { event: eventId }),
    again: ({ stream, type, payload }, { id, fact }) =>
      requireSame([stream.id, type, payload], [id, fact.type, fact.payload]),
  },
});

type Seen = { id: string; revision: number; eventId?: string | undefined };
type Change = Seen & { fact: Pick<NewFact, 'type' | 'payload'> };

/** Records one fact about a merchant that is at the revision the person saw. */
async function change(
  context: StaffContext,
  { id, revision, eventId }: Seen,
  fact: Change['fact'],
): Promise<MerchantDetail> {
  await changeMerchant(context, { id, revision, eventId, fact });
  return merchantDetail(context, id);
}

type Registration = Omit<MerchantState, 'id' | 'commitments' | 'revision' | 'invented'> & {
  merchantId: string;
};

const registerMerchant = command({
  context: noContext,
  decide: ({ merchantId, ...fields }: Registration) => ({
    facts: [
      {
        stream: { kind: 'merchant', id: merchantId },
        type: 'merchant-registered',
        version: 1,
        payload: { ...fields, invented: false },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ merchantId }) => ({ stream: { kind: 'merchant', id: merchantId } }),
    again: ({ stream, payload }, { merchantId, ...fields }) =>
      requireSame([stream.id, payload], [merchantId, { ...fields, invented: false }]),
  },
});

export const merchants = {
  list: os.merchants.list.handler(({ context, input }) => list(context, input)),
  get: os.merchants.get.handler(({ context, input }) => merchantDetail(context, input.id)),
  register: os.merchants.register.handler(async ({ context, input }) => {
    await registerMerchant(context, input);
    return merchantDetail(context, input.merchantId);
  }),
  update: os.merchants.update.handler(({ context, input }) =>
    change(context, input, { type: 'merchant-updated', payload: input.fields }),
  ),
  commit: os.merchants.commit.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-made',
      // The form's id of the fact is the promise's too, so that the same save again is the same promise.
      payload: { ...input.commitment, commitmentId: input.eventId ?? uuidv7() },
    }),
  ),
  endCommitment: os.merchants.endCommitment.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-ended',
      payload: { commitmentId: input.commitmentId, effectiveTo: input.effectiveTo },
    }),
  ),
  units: os.merchants.units.handler(({ context }) => {
    const { staff } = context;
    return context.workstation.directory
      .all()
      .filter((unit) => covers(staff.unitPath, unit.path))
      .sort((a, b) => a.path.localeCompare(b.path));
  }),
};
