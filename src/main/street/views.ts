import { sql } from 'kysely';
import {
  STOREFRONT_NEEDS,
  type StreetDetail,
  type StorefrontDetail,
  type StorefrontRow,
  type StorefrontStep,
  type StreetSummary,
} from '../../contract/workstation/street.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { checklistOfVersion, checklistOn, type StorefrontState } from '../../domain/street/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { loadKinds } from '../kernel/store/streams.ts';

/** The streets in sight with how their shops stand, by name. */
export async function listStreets({ workstation }: StaffContext): Promise<StreetSummary[]> {
  const { read } = workstation.store;
  const today = todayOf(workstation);
  const [all, counted] = await Promise.all([
    loadKinds(read, ['street']),
    sql<{ id: string; shops: number; plaques: number; rechecks: number; late: number }>`
      SELECT street_id AS id, count(*) AS shops, count(plaque_on) AS plaques, count(recheck_on) AS rechecks,
        count(*) FILTER (WHERE recheck_on < ${today}) AS late
      FROM storefront_row WHERE gone = 0 GROUP BY street_id`.execute(read),
  ]);
  const byId = new Map(counted.rows.map((row) => [row.id, row]));
  return all
    .map(({ state: { id, name, unitPath, patrols } }) => {
      const { shops = 0, plaques = 0, rechecks = 0, late = 0 } = byId.get(id) ?? {};
      const lastPatrolOn =
        patrols
          .map(({ on }) => on)
          .toSorted()
          .at(-1) ?? null;
      const unitName = workstation.directory.nameOf(unitPath);
      return { id, name, unitPath, unitName, shops, plaques, rechecks, late, lastPatrolOn };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
}

/** A street and its shops. @throws NOT_FOUND */
export async function streetDetail({ workstation, staff }: StaffContext, id: string): Promise<StreetDetail> {
  const { read } = workstation.store;
  const { directory } = workstation;
  const state = await loadState(read, 'street', id);
  if (!state) throw serviceError('NOT_FOUND');
  const today = todayOf(workstation);
  const rows = await read
    .selectFrom('storefront_row')
    .selectAll()
    .where('street_id', '=', id)
    .where('gone', '=', 0)
    .orderBy('merchant_name')
    .execute();
  const here = covers(staff.unitPath, state.unitPath);
  return {
    state,
    unitName: directory.nameOf(state.unitPath),
    shops: rows.map((row): StorefrontRow => ({
      merchantId: row.id,
      merchantName: row.merchant_name,
      unitName: directory.nameOf(row.merchant_path),
      plaqueOn: row.plaque_on,
      lastOn: row.last_on,
      basisPoints: row.basis_points,
      passed: row.passed === 1,
      missed: row.missed,
      recheckOn: row.recheck_on,
      late: row.recheck_on !== null && row.recheck_on < today,
    })),
    checklist: checklistOn(today) ?? null,
    can: {
      patrol: here && may(staff.role, 'street.patrol'),
      decide: here && may(staff.role, 'street.decide'),
    },
  };
}

/** What may be done about a shop now; the reducer decides in the end. */
function stepsOf(state: StorefrontState): Record<StorefrontStep, boolean> {
  const { left, plaque, patrols } = state;
  return {
    'plaque-granted': left === null && plaque === null && patrols.at(-1)?.passed === true,
    'plaque-withdrawn': left === null && plaque !== null,
    'shop-left': left === null,
  };
}

/** A shop with its visits; null where it was never on a street, or is out of sight. */
export async function storefrontDetail(
  { workstation, staff }: StaffContext,
  merchantId: string,
): Promise<StorefrontDetail | null> {
  const state = await loadState(workstation.store.read, 'storefront', merchantId);
  if (!state) return null;
  const { merchantPath } = state;
  const above = covers(staff.unitPath, merchantPath) && staff.unitPath !== merchantPath;
  const steps = stepsOf(state);
  const can = (step: StorefrontStep): boolean =>
    above && steps[step] && may(staff.role, STOREFRONT_NEEDS[step]);
  const versions = [...new Set(state.patrols.map(({ checklist }) => checklist))];
  return {
    state,
    unitName: workstation.directory.nameOf(merchantPath),
    checklists: versions.flatMap((version) => checklistOfVersion(version) ?? []),
    can: {
      'plaque-granted': can('plaque-granted'),
      'plaque-withdrawn': can('plaque-withdrawn'),
      'shop-left': can('shop-left'),
    },
  };
}
