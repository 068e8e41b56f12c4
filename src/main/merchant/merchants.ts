import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import type { DuplicatePair, MerchantDetail, MerchantSummary } from '../../contract/workstation/merchant.ts';
import { merchantChangesOf } from '../../domain/merchant/changes.ts';
import { commitmentOn, openProposal, type MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { identityVersion } from '../../domain/merchant/fields.ts';
import { noticeDays } from '../../domain/merchant/notice.ts';
import type { merchantSchemas, MerchantState } from '../../domain/merchant/merchant.ts';
import { covers, inHierarchy, may } from '../../domain/organisation/index.ts';
import { loadState, type NewFact } from '../kernel/store/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { todayOf, type CallContext, type StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { readPage, rowsOf } from '../kernel/page.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { promiseCard, publicAddressOf, replaceCode } from './card.ts';
import { coverage } from './coverage.ts';
import { familyOf } from './family.ts';
import { numbersRecorded } from './identity.ts';
import type { MerchantRow } from './projection.ts';
import { absorbedBy, duplicates, mergeMerchant, openCasesOf } from './register.ts';

type Row = Selectable<MerchantRow>;

function summarize({ workstation }: CallContext, row: Row, openCases: number): MerchantSummary {
  const commitments = JSON.parse(row.commitments) as MerchantCommitment[];
  return {
    id: row.id,
    name: row.name,
    creditCode: row.credit_code,
    category: row.category,
    unitPath: row.unit_path,
    unitName: workstation.directory.nameOf(row.unit_path),
    phone: row.phone,
    commitmentDays: commitmentOn({ commitments }, todayOf(workstation))?.windowDays ?? null,
    proposed: row.proposed === 1,
    openCases,
    invented: row.invented === 1,
  };
}

type ListInput = {
  search?: string | undefined;
  unitPath?: string | undefined;
  committed?: boolean | undefined;
  proposed?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
};

async function list(
  context: CallContext,
  input: ListInput,
): Promise<{ items: MerchantSummary[]; total: number; cursor: string | null }> {
  // An entry that is merged into another is found by that one.
  const conditions: Expression<SqlBool>[] = [sql`merged_into IS NULL`];
  if (input.unitPath) conditions.push(sql`unit_path = ${input.unitPath}`);
  if (input.committed !== undefined) conditions.push(sql`committed = ${input.committed ? 1 : 0}`);
  // Written out, as the index of those few asks.
  if (input.proposed !== undefined) conditions.push(input.proposed ? sql`proposed = 1` : sql`proposed = 0`);
  const { rows, total, cursor } = await readPage<Row>(context.workstation.store.read, {
    list: 'merchant',
    conditions,
    search: input.search,
    order: { column: 'name', direction: 'ascending' },
    limit: input.limit,
    cursor: input.cursor,
  });
  const open = await openCasesOf(
    context.workstation.store.read,
    rows.map((row) => row.id),
  );
  return { items: rows.map((row) => summarize(context, row, open.get(row.id) ?? 0)), total, cursor };
}

async function merchantDetail(context: StaffContext, id: string): Promise<MerchantDetail> {
  const { staff } = context;
  const { read } = context.workstation.store;
  const state = await loadState(read, 'merchant', id);
  const row = await read.selectFrom('merchant_row').selectAll().where('id', '=', id).executeTakeFirst();
  if (!state || !row) throw serviceError('NOT_FOUND');
  const family = familyOf(id);
  const { rows } = await sql<{ cases: number; settled: number; returns: number; granted: number }>`
    SELECT
      (SELECT count(*) FROM case_row WHERE merchant_id IN ${family}) AS cases,
      (SELECT count(*) FROM case_row JOIN stream ON stream.kind = 'case' AND stream.id = case_row.id
        WHERE merchant_id IN ${family} AND stream.state ->> 'outcome' = 'settled') AS settled,
      (SELECT count(*) FROM return_row WHERE merchant_id IN ${family}) AS returns,
      (SELECT count(*) FROM return_row WHERE merchant_id IN ${family} AND status = 'granted') AS granted`.execute(
    read,
  );
  const counts = rows[0];
  const open = await openCasesOf(read, [id]);
  const { directory } = context.workstation;
  return {
    state,
    summary: summarize(context, row, open.get(id) ?? 0),
    counts: {
      cases: counts?.cases ?? 0,
      settled: counts?.settled ?? 0,
      returns: counts?.returns ?? 0,
      returnsGranted: counts?.granted ?? 0,
    },
    absorbed: (await absorbedBy(read, id)).map(({ unitPath, ...one }) => ({
      ...one,
      unitName: directory.nameOf(unitPath),
    })),
    earlierPlaces: (state.earlierPlaces ?? []).map((one) => ({
      ...one,
      unitName: directory.nameOf(one.unitPath),
    })),
    canEdit: may(staff.role, 'merchant.edit') && covers(staff.unitPath, state.unitPath),
    canConfirm: mayConfirm(context, state),
    publicAddress: await publicAddressOf(context, state),
    noticeDays: noticeDays(
      context.workstation.directory.rules(),
      state.unitPath,
      todayOf(context.workstation),
    ),
    timeline: withChanges(await timelineOf(context.workstation, 'merchant', id)),
  };
}

/** As the reducer and its admission ask it: of the operator, above the merchant, and not who proposed it. */
function mayConfirm({ staff, workstation }: StaffContext, state: MerchantState): boolean {
  return (
    may(staff.role, 'commitment.confirm') &&
    covers(staff.unitPath, state.unitPath) &&
    workstation.directory.partyOf(staff.unitPath) !== 'merchant' &&
    openProposal(state)?.proposed.staffId !== staff.staffId
  );
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
type Change = Seen & { fact: Pick<NewFact, 'type' | 'payload'> & { version?: number } };

/** Records one fact about a merchant that is at the revision the person saw. */
async function change(
  context: StaffContext,
  { id, revision, eventId }: Seen,
  fact: Change['fact'],
): Promise<MerchantDetail> {
  await changeMerchant(context, { id, revision, eventId, fact });
  return merchantDetail(context, id);
}

type Registration = Omit<z.infer<(typeof merchantSchemas)['merchant-registered@2']>, 'invented'> & {
  merchantId: string;
  codeConfirmed?: boolean | undefined;
};

/** What a registration is recorded as. */
function registered(input: Registration) {
  const { merchantId: _, codeConfirmed = false, ...fields } = input;
  return { ...numbersRecorded(fields, { confirmed: codeConfirmed, onRecord: null }), invented: false };
}

const registerMerchant = command({
  context: noContext,
  decide: (input: Registration) => ({
    facts: [
      {
        stream: { kind: 'merchant', id: input.merchantId },
        type: 'merchant-registered',
        version: identityVersion(input),
        payload: registered(input),
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ merchantId }) => ({ stream: { kind: 'merchant', id: merchantId } }),
    again: ({ stream, payload }, input) =>
      requireSame([stream.id, payload], [input.merchantId, registered(input)]),
  },
});

/** How many pairs are compared at a time: of a register that has more, the likeliest come first. */
const PAIRS_SHOWN = 200;

async function likelyPairs(context: CallContext): Promise<{ pairs: DuplicatePair[]; total: number }> {
  const { read } = context.workstation.store;
  const found = await duplicates(read);
  const shown = found.slice(0, PAIRS_SHOWN);
  const ids = [...new Set(shown.flatMap(({ first, second }) => [first, second]))];
  const rows = await rowsOf<Row>(read, 'merchant', ids);
  const open = await openCasesOf(read, ids);
  const summaries = new Map(
    rows.map((row) => [row.id, summarize(context, row, open.get(row.id) ?? 0)] as const),
  );
  const pairs = shown.flatMap(({ first, second, grounds }): DuplicatePair[] => {
    const [one, other] = [summaries.get(first), summaries.get(second)];
    return one && other ? [{ first: one, second: other, grounds }] : [];
  });
  return { pairs, total: found.length };
}

export const merchants = {
  list: os.merchants.list.handler(({ context, input }) => list(context, input)),
  get: os.merchants.get.handler(({ context, input }) => merchantDetail(context, input.id)),
  register: os.merchants.register.handler(async ({ context, input }) => {
    await registerMerchant(context, input);
    return merchantDetail(context, input.merchantId);
  }),
  update: os.merchants.update.handler(async ({ context, input }) => {
    const { fields, codeConfirmed = false } = input;
    const before = await loadState(context.workstation.store.read, 'merchant', input.id);
    return change(context, input, {
      type: 'merchant-updated',
      version: identityVersion(fields),
      payload: numbersRecorded(
        // An old number that is typed as the code stands beside those on record.
        { ...fields, aliases: fields.aliases ?? before?.aliases },
        { confirmed: codeConfirmed, onRecord: before?.creditCode ?? null },
      ),
    });
  }),
  merge: os.merchants.merge.handler(async ({ context, input }) => {
    await mergeMerchant(context, input);
    return merchantDetail(context, input.id);
  }),
  unmerge: os.merchants.unmerge.handler(({ context, input }) =>
    change(context, input, { type: 'merchant-unmerged', payload: { intoId: input.intoId } }),
  ),
  move: os.merchants.move.handler(({ context, input }) => {
    const { fromPath, toPath, movedOn, address } = input;
    return change(context, input, {
      type: 'merchant-moved',
      payload: { fromPath, toPath, movedOn, address },
    });
  }),
  duplicates: os.merchants.duplicates.handler(({ context }) => likelyPairs(context)),
  propose: os.merchants.propose.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-proposed',
      // The form's id of the fact is the promise's too, so that the same save again is the same promise.
      payload: { ...input.commitment, commitmentId: input.eventId ?? uuidv7() },
    }),
  ),
  confirmProposal: os.merchants.confirmProposal.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-confirmed',
      payload: { commitmentId: input.commitmentId, effectiveFrom: input.effectiveFrom },
    }),
  ),
  refuseProposal: os.merchants.refuseProposal.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-refused',
      payload: { commitmentId: input.commitmentId, reason: input.reason },
    }),
  ),
  endCommitment: os.merchants.endCommitment.handler(({ context, input }) =>
    change(context, input, {
      type: 'commitment-ended',
      payload: { commitmentId: input.commitmentId, effectiveTo: input.effectiveTo },
    }),
  ),
  coverage: os.merchants.coverage.handler(({ context }) => coverage(context)),
  replaceCode: os.merchants.replaceCode.handler(async ({ context, input }) => {
    await replaceCode(context, input);
    return merchantDetail(context, input.id);
  }),
  card: os.merchants.card.handler(({ context, input }) => promiseCard(context, input)),
  units: os.merchants.units.handler(({ context }) => {
    const { staff } = context;
    return context.workstation.directory
      .all()
      .filter((unit) => inHierarchy(unit) && covers(staff.unitPath, unit.path))
      .sort((a, b) => a.path.localeCompare(b.path));
  }),
};
