import type { KnownDecision, SanctionDetail } from '../../contract/workstation/sanction.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import {
  creditEntryOf,
  eligibilityOf,
  publicationEnds,
  regimeOf,
  remindersOf,
  type SanctionState,
  shippedRegimes,
} from '../../domain/sanction/index.ts';
import { sanctionIdOf } from '../../domain/credit/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { todayOf, type StaffContext } from '../kernel/parts.ts';
import { loadState, type Reader, type Writer } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { recordsById } from './list.ts';
import { othersOf } from './others.ts';

const titleOf = ({ organ, number }: Pick<SanctionState, 'organ' | 'number'>): string => `${organ} ${number}`;

/** One record with its verdict of today, and what the signed-in person may do about it. @throws NOT_FOUND */
export async function sanctionDetail(context: StaffContext, id: string): Promise<SanctionDetail> {
  const { workstation, staff } = context;
  const { directory, store } = workstation;
  const state = await loadState(store.read, 'sanction', id);
  if (!state) throw serviceError('NOT_FOUND');
  const day = todayOf(workstation);
  const others = (await othersOf(store.read, [state.merchantId])).get(state.merchantId) ?? [];
  const eligibility = eligibilityOf(state, shippedRegimes, day, others);
  const named = eligibility.verdict === 'needs-duty' ? eligibility.blockedBy.map((one) => one.id) : [];
  const records = await recordsById(store.read, named);
  const regime = regimeOf(state, shippedRegimes);
  return {
    state,
    eligibility,
    ends: state.ended === null ? publicationEnds(state, shippedRegimes) : null,
    regime:
      regime === null
        ? null
        : {
            id: regime.id,
            name: regime.name,
            article: regime.article,
            tag: regime.tag,
            conditions: regime.conditions,
          },
    blocking: named.map((one) => {
      const record = records.get(one);
      return { id: one, title: record === undefined ? '' : titleOf(record), record: record !== undefined };
    }),
    reminders: remindersOf(state, shippedRegimes, day, others),
    unitName: directory.nameOf(state.unitPath),
    timeline: await timelineOf(workstation, 'sanction', id),
    today: day,
    canRecord:
      state.ended === null &&
      may(staff.role, 'sanction.record') &&
      covers(staff.unitPath, state.unitPath) &&
      directory.partyOf(staff.unitPath) === 'regulator',
  };
}

/** Records that bore an organ and number before, until the first id that is free; nine at most. */
const AGAIN = 9;

/**
 * Under which id a decision about a merchant is recorded, and what is known of it here. `again` counts records that were corrected to
 * another number.
 */
export async function placeOf(
  from: Reader | Writer,
  merchantId: string,
  decision: { organ: string; number: string },
): Promise<{ id: string; again: number; taken: SanctionState | null; creditEntryId: string | null }> {
  const credit = await loadState(from, 'credit', merchantId);
  const entry = creditEntryOf(credit, decision);
  const creditEntryId = entry?.ended === null ? entry.entryId : null;
  for (let again = 0; ; again += 1) {
    const id = sanctionIdOf(merchantId, decision, again);
    const taken = (await loadState(from, 'sanction', id)) ?? null;
    const same = taken !== null && sanctionIdOf(merchantId, taken) === sanctionIdOf(merchantId, decision);
    if (taken === null || same || again === AGAIN) return { id, again, taken, creditEntryId };
  }
}

/** What is known here of a decision before it is entered: its record, an entry of the credit, and what is likely the same. */
export async function knownDecision(
  { workstation }: StaffContext,
  { merchantId, organ, number }: { merchantId: string; organ: string; number: string },
): Promise<KnownDecision> {
  const { read } = workstation.store;
  const { taken, creditEntryId } = await placeOf(read, merchantId, { organ, number });
  const rows = await read
    .selectFrom('sanction_row')
    .select(['id', 'organ', 'number'])
    .where('merchant_id', '=', merchantId)
    .execute();
  const same = { organ: '', number };
  const likely = rows.filter(
    (row) =>
      row.id !== taken?.id &&
      sanctionIdOf(merchantId, { organ: '', number: row.number }) === sanctionIdOf(merchantId, same),
  );
  return {
    record: taken === null ? null : { id: taken.id, title: titleOf(taken) },
    creditEntryId,
    likely: likely.map((row) => ({ id: row.id, title: titleOf(row) })),
  };
}
