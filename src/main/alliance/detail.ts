import { sql } from 'kysely';
import type {
  AllianceDetail,
  AllianceSummary,
  CheckView,
  DiscountView,
} from '../../contract/workstation/alliance.ts';
import {
  type AllianceCheckState,
  allianceRulesOn,
  type AllianceState,
  checkIdsOf,
  isInForce,
  levelIn,
  type OfferedDiscount,
} from '../../domain/alliance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { storedState } from '../../domain/streams.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, type Reader } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';

/** So many of a shop's latest checks are shown. */
const CHECKS_SHOWN = 30;

/** A shop of the alliance that this workstation sees. @throws NOT_FOUND */
export async function requireShop(read: Reader, id: string): Promise<AllianceState> {
  const state = await loadState(read, 'alliance', id);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}

/** All shops of the alliance in sight, by name: a few hundred at the most in a district, read as they are. */
export async function listShops(context: StaffContext): Promise<AllianceSummary[]> {
  const { workstation } = context;
  const today = todayOf(workstation);
  const rows = await workstation.store.read
    .selectFrom('stream')
    .select('state')
    .where('kind', '=', 'alliance')
    .execute();
  return rows
    .flatMap(({ state }) => storedState('alliance', state) ?? [])
    .flatMap((one): AllianceSummary[] => {
      if (one.kind !== 'alliance') return [];
      const { id, merchantName, merchantPath, joined, left, discounts } = one.state;
      return [
        {
          id,
          merchantName,
          unitName: workstation.directory.nameOf(merchantPath),
          joinedOn: businessDay(joined.at),
          left: left !== null,
          inForce: discounts.filter((discount) => isInForce(discount, today)).length,
        },
      ];
    })
    .toSorted(
      (a, b) => Number(a.left) - Number(b.left) || a.merchantName.localeCompare(b.merchantName, 'zh'),
    );
}

function discountView(one: OfferedDiscount, today: string): DiscountView {
  const standing = isInForce(one, today)
    ? 'in-force'
    : one.endedOn === null && today < one.from
      ? 'to-come'
      : 'over';
  return { ...one, standing, forWhom: levelIn(allianceRulesOn(today), one.level)?.name ?? null };
}

/** The latest checks of a shop, the last first. */
async function checksOf(read: Reader, merchantId: string): Promise<AllianceCheckState[]> {
  const { after, before } = checkIdsOf(merchantId);
  const { rows } = await sql<{ state: string | null }>`
    SELECT state FROM stream WHERE kind = 'alliance-check' AND id > ${after} AND id < ${before}
    ORDER BY id DESC LIMIT ${CHECKS_SHOWN}`.execute(read);
  return rows.flatMap(({ state }) => {
    const found = state === null ? undefined : storedState('alliance-check', state);
    return found?.kind === 'alliance-check' ? [found.state] : [];
  });
}

/** What the shop sees of a check: not even by which mark the citizen is known. */
function checkView(one: AllianceCheckState, today: string, here: boolean): CheckView {
  const { id, at, qualifies, rulesVersion, used, discount, checkedBy } = one;
  return {
    id,
    at,
    qualifies,
    rulesVersion,
    used,
    what: discount.what,
    byName: checkedBy.staffName,
    canUse: here && qualifies && used === null && businessDay(at) === today,
  };
}

/** One shop with its discounts, its checks at its own desk, and what the signed-in person may do. @throws NOT_FOUND */
export async function shopDetail(context: StaffContext, id: string): Promise<AllianceDetail> {
  const { workstation, staff } = context;
  const { read } = workstation.store;
  const state = await requireShop(read, id);
  const today = todayOf(workstation);
  const handles = may(staff.role, 'alliance.handle') && covers(staff.unitPath, state.merchantPath);
  const here = handles && staff.unitPath === state.merchantPath;
  return {
    state,
    unitName: workstation.directory.nameOf(state.merchantPath),
    rules: allianceRulesOn(today),
    discounts: state.discounts
      .map((one) => discountView(one, today))
      .toSorted((a, b) => Number(a.standing === 'over') - Number(b.standing === 'over')),
    checks: here ? (await checksOf(read, id)).map((one) => checkView(one, today, here)) : [],
    canHandle: handles,
    canCheck: here && state.left === null,
    timeline: await timelineOf(workstation, 'alliance', id),
  };
}
