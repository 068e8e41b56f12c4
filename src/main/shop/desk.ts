import { sql } from 'kysely';
import type {
  ShopAccount,
  ShopCredit,
  ShopDesk,
  ShopHelp,
  ShopPromise,
  ShopReturn,
} from '../../contract/workstation/shop.ts';
import {
  type CreditState,
  filingEnds,
  helpsMost,
  inputsOfLines,
  monthNumber,
  pendingBecause,
  policyOfVersion,
} from '../../domain/credit/index.ts';
import { dayStart } from '../../domain/kernel/calendar/index.ts';
import { commitmentOn, type MerchantState, noticeDays, openProposal } from '../../domain/merchant/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { decisionDue, refundDue } from '../../domain/return/index.ts';
import { lapsedSince, standingOf, withoutLapsed } from '../../domain/sanction/index.ts';
import { requireIdentity, summarize, todayOf, type StaffContext } from '../kernel/parts.ts';
import { loadState, loadStates } from '../kernel/store/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { countTasks, tasksDue } from '../kernel/task-lists.ts';
import { familyOf } from '../merchant/index.ts';
import { sanctionsOf } from '../sanction/index.ts';

/** So many of each are listed; the lists of all are a link away. */
const SHOWN = 30;

/** The merchants that trade at this workstation's own unit, by name. */
export async function merchantsHere(context: StaffContext): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM merchant_row WHERE unit_path = ${requireIdentity(context).unitPath} AND merged_into IS NULL
    ORDER BY name, row`.execute(context.workstation.store.read);
  return rows;
}

/** One of them. @throws NOT_FOUND for a merchant of elsewhere */
export async function merchantHere(
  context: StaffContext,
  merchantId: string,
): Promise<{ id: string; name: string }> {
  const found = (await merchantsHere(context)).find(({ id }) => id === merchantId);
  if (!found) throw serviceError('NOT_FOUND');
  return found;
}

/** All that a shop's manager looks at when the day begins. */
export async function shopDesk(
  context: StaffContext,
  { merchantId }: { merchantId?: string | undefined },
): Promise<ShopDesk> {
  const merchants = await merchantsHere(context);
  const chosen = merchantId === undefined ? merchants[0] : await merchantHere(context, merchantId);
  const [returns, disputes] = [await returnsOf(context), await disputesOf(context)];
  return {
    day: todayOf(context.workstation),
    merchants,
    ...returns,
    ...disputes,
    account: chosen === undefined ? null : await accountOf(context, chosen.id),
  };
}

/** What waits, the oldest request first as its limit is the nearest, then what was decided of today's. */
async function returnsOf(context: StaffContext): Promise<Pick<ShopDesk, 'returns' | 'waiting'>> {
  const { workstation } = context;
  const { read } = workstation.store;
  const { unitPath } = requireIdentity(context);
  const which = { of: 'return', kind: 'decision', ownerPath: unitPath } as const;
  const waiting = await tasksDue(read, which, SHOWN);
  const { rows: decided } = await sql<{ id: string }>`
    SELECT id FROM return_row WHERE requested_at >= ${new Date(dayStart(todayOf(workstation))).toISOString()}
      AND unit_path = ${unitPath} AND (status <> 'requested' OR case_id IS NOT NULL)
    ORDER BY requested_at DESC, row DESC LIMIT ${SHOWN}`.execute(read);
  const rows = [...waiting, ...decided];
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'return', id })),
  );
  const returns = (await summarize(context, 'return', rows)).flatMap((summary): ShopReturn[] => {
    const found = states.get(`return:${summary.id}`);
    if (found?.kind !== 'return') return [];
    const { revision, request } = found.state;
    return [
      {
        ...summary,
        revision,
        refundFen: refundDue(request),
        dueAt: decisionDue(found.state, workstation.directory.rules())?.dueAt ?? null,
      },
    ];
  });
  return { returns, waiting: await countTasks(read, which) };
}

async function disputesOf(context: StaffContext): Promise<Pick<ShopDesk, 'disputes' | 'disputesOpen'>> {
  const { read } = context.workstation.store;
  const which = { of: 'case', kind: 'deadline', ownerPath: requireIdentity(context).unitPath } as const;
  const narrowed = { matching: sql`part = 'first-contact'` };
  return {
    disputes: await summarize(context, 'case', await tasksDue(read, which, SHOWN, narrowed)),
    disputesOpen: await countTasks(read, which, narrowed),
  };
}

async function accountOf(context: StaffContext, merchantId: string): Promise<ShopAccount> {
  const { read } = context.workstation.store;
  const merchant = await loadState(read, 'merchant', merchantId);
  if (!merchant) throw serviceError('NOT_FOUND');
  const credit = await loadState(read, 'credit', merchantId);
  return {
    merchantId,
    name: merchant.name,
    promise: promiseOf(context, merchant),
    credit: credit === undefined ? null : await creditOf(context, credit),
  };
}

function promiseOf({ workstation }: StaffContext, merchant: MerchantState): ShopPromise {
  const day = todayOf(workstation);
  return {
    current: commitmentOn(merchant, day),
    coming: merchant.commitments.find(({ effectiveFrom }) => effectiveFrom > day) ?? null,
    proposed: openProposal(merchant) !== undefined,
    noticeDays: noticeDays(workstation.directory.rules(), merchant.unitPath, day),
  };
}

async function creditOf(context: StaffContext, state: CreditState): Promise<ShopCredit | null> {
  const { grade } = state;
  if (grade === null) return null;
  const { workstation } = context;
  const rules = workstation.directory.rules();
  const policies = await loadState(workstation.store.read, 'credit-policy', topOf(state.unitPath));
  const policy = policyOfVersion(policies, grade.policyVersion);
  const { month, points, matters, noticeOn, policyVersion, category, lines } = grade;
  const { tally: published, means } = inputsOfLines(lines);
  const sanctions = await sanctionsOf(workstation.store.read, state.id);
  const tally = withoutLapsed(published, lapsedSince(sanctions, grade.at, state), monthNumber(`${month}-01`));
  const { listings } = standingOf(state, sanctions, todayOf(workstation));
  const helps =
    policy === undefined ? [] : helpsMost(policy, tally, { category, means, listings, disputed: false });
  const open = await openOf(context, state.id);
  return {
    grade: { month, grade: grade.grade, points, matters, noticeOn, policyVersion },
    pending: pendingBecause(state),
    highest: policy?.scale.highest ?? null,
    leastMatters: policy?.leastMatters ?? null,
    filing: filingEnds(grade, state.unitPath, rules)?.usual ?? null,
    helps: helps.map((help): ShopHelp => ({ ...help, open: open.get(help.indicator) ?? 0 })),
  };
}

/** What is open at the shop that can become a fact in its favour, by indicator. */
async function openOf(context: StaffContext, merchantId: string): Promise<ReadonlyMap<string, number>> {
  const { unitPath } = requireIdentity(context);
  const family = familyOf(merchantId);
  const { rows } = await sql<{ returns: number; first: number; agreements: number; disputes: number }>`
    SELECT
      (SELECT count(*) FROM return_row WHERE merchant_id IN ${family} AND status = 'requested'
        AND case_id IS NULL AND verdict <> 'ineligible') AS returns,
      (SELECT count(*) FROM case_row WHERE merchant_id IN ${family} AND open = 1 AND handling_path = ${unitPath}
        AND deadline ->> 'kind' = 'first-contact') AS first,
      (SELECT count(*) FROM case_row WHERE merchant_id IN ${family} AND status = 'settled') AS agreements,
      (SELECT count(*) FROM case_row WHERE merchant_id IN ${family} AND open = 1 AND handling_path = ${unitPath}
        AND status IN ('registered', 'accepted', 'mediating')) AS disputes`.execute(
    context.workstation.store.read,
  );
  const counts = rows[0] ?? { returns: 0, first: 0, agreements: 0, disputes: 0 };
  return new Map([
    ['returns-granted', counts.returns],
    ['answered-in-time', counts.first],
    ['agreements-kept', counts.agreements],
    ['settled-at-source', counts.disputes],
    ['regulator-spared', counts.disputes],
  ]);
}
