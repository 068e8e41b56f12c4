import type { RosterChange, RosterChanges } from '../../contract/workstation/imports.ts';
import { may, covers } from '../../domain/organisation/index.ts';
import { updateByRoster, type MerchantState } from '../../domain/merchant/index.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';
import type { StaffContext, StaffSession } from '../kernel/parts.ts';
import type { ImportTarget } from './facts.ts';
import { knownMerchants, merchantStates, type KnownMerchants } from './known.ts';
import type { RosterMerchant } from './reading/judge-merchant.ts';
import type { AcceptedRow } from './reading/verdict.ts';
import { asked, type ImportSession } from './session.ts';

const BATCH = 500;
/** So many are shown and may be taken at once; of a roster that changes more, the rest waits for the next time. */
const SHOWN = 1000;

type Update = NonNullable<ReturnType<typeof updateByRoster>>;
export type KnownUpdate = { place: number; row: AcceptedRow; state: MerchantState; update: Update };

/** What a row says, as an update reads it: a category that only its code told is none. */
const told = ({ toldCategory, ...merchant }: RosterMerchant) => ({ ...merchant, category: toldCategory });

/**
 * The rows that are about a merchant on record, the person's to change, and say something else of it. `from` is the place of
 * the first row among all accepted ones. Of several rows about one merchant the first counts.
 */
export async function updatesOf(
  reader: Reader | Writer,
  rows: readonly AcceptedRow[],
  {
    from,
    target,
    staff,
    known,
  }: { from: number; target: ImportTarget; staff: StaffSession; known?: KnownMerchants },
): Promise<KnownUpdate[]> {
  const merchants = rows.flatMap((row, index) =>
    row.kind === 'merchant' ? [{ row, place: from + index, merchant: row.merchant }] : [],
  );
  if (merchants.length === 0 || !may(staff.role, 'merchant.edit')) return [];
  const found =
    known ??
    (await knownMerchants(
      reader,
      merchants.map(({ merchant }) => merchant),
      target,
    ));
  const about = new Map<string, (typeof merchants)[number]>();
  for (const one of merchants) {
    const id = found.idOf(one.merchant);
    if (id !== null && !about.has(id)) about.set(id, one);
  }
  const states = await merchantStates(reader, [...about.keys()]);
  return [...about].flatMap(([id, { row, place, merchant }]): KnownUpdate[] => {
    const state = states.get(id);
    if (state === undefined || !covers(staff.unitPath, state.unitPath)) return [];
    const update = updateByRoster(state, told(merchant));
    return update === null ? [] : [{ place, row, state, update }];
  });
}

/** What an opened roster would change of merchants on record, row by row. */
export async function rosterChanges(
  { workstation, staff }: StaffContext,
  { fileName, thread, preview }: ImportSession,
  target: ImportTarget,
): Promise<RosterChanges> {
  const changes: RosterChange[] = [];
  let total = 0;
  if (preview.mapping.kind !== 'merchants') return { changes, total };
  const seen = new Set<string>();
  for (let from = 0; from < preview.accepted; from += BATCH) {
    const rows = await asked(fileName, thread.ask('rows', { from, count: BATCH }));
    for (const { place, row, state, update } of await updatesOf(workstation.store.read, rows, {
      from,
      target,
      staff,
    })) {
      if (seen.has(state.id)) continue;
      seen.add(state.id);
      total += 1;
      if (changes.length < SHOWN)
        changes.push({
          place,
          row: row.row,
          sheet: row.sheet ?? null,
          merchantId: state.id,
          name: state.name,
          changes: update.changes,
        });
    }
  }
  return { changes, total };
}
