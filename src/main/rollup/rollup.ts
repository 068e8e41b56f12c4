import type { RollupQuery, RollupView } from '../../contract/centre/rollup.ts';
import { covers, inHierarchy } from '../../domain/organisation/index.ts';
import { zeroTotals } from '../../domain/rollup/metrics.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import type { CallContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';

export type RollupAnswer = { view: RollupView; fetchedAt: string; stale: boolean };

/**
 * A view as this release knows it: a centre or a copy of a release with fewer metrics says nothing of the others, of which it has
 * counted none.
 */
export function withAllMetrics(view: RollupView): RollupView {
  const whole = <Part extends { totals: RollupView['own'] }>(part: Part): Part => ({
    ...part,
    totals: { ...zeroTotals(), ...part.totals },
  });
  return {
    ...view,
    all: whole(view.all),
    own: { ...zeroTotals(), ...view.own },
    before: whole(view.before),
    children: view.children.map(whole),
    trend: view.trend.map(whole),
    byObject: view.byObject.map(whole),
    byProblem: view.byProblem.map(whole),
    byMerchant: view.byMerchant.map(whole),
  };
}

async function cached({ workstation }: CallContext, query: RollupQuery): Promise<RollupAnswer | null> {
  const row = await workstation.store.read
    .selectFrom('rollup_cache')
    .selectAll()
    .where('path', '=', query.path)
    .where('from_day', '=', query.from)
    .where('to_day', '=', query.to)
    .executeTakeFirst();
  return row
    ? {
        view: withAllMetrics(JSON.parse(row.view) as RollupView),
        fetchedAt: row.fetched_at,
        stale: true,
      }
    : null;
}

async function remember({ workstation }: CallContext, query: RollupQuery, view: RollupView): Promise<string> {
  const fetchedAt = workstation.clock().toISOString();
  const values = { view: JSON.stringify(view), fetched_at: fetchedAt };
  await workstation.store.write((writer) =>
    writer
      .insertInto('rollup_cache')
      .values({ path: query.path, from_day: query.from, to_day: query.to, ...values })
      .onConflict((conflict) => conflict.columns(['path', 'from_day', 'to_day']).doUpdateSet(values))
      .execute(),
  );
  return fetchedAt;
}

/** The centre's figures, or the last copy of exactly this question when the centre cannot be reached. */
export async function rollupAnswer(context: CallContext, query: RollupQuery): Promise<RollupAnswer> {
  const link = context.workstation.link();
  if (link === null) throw serviceError('NOT_ENROLLED');
  try {
    const view = withAllMetrics(await link.call((client) => client.rollup(query)));
    return { view, fetchedAt: await remember(context, query, view), stale: false };
  } catch (error) {
    if (!(error instanceof CentreError) || error.code !== 'UNREACHABLE') throw error;
    const copy = await cached(context, query);
    if (copy === null) throw error;
    return copy;
  }
}

export const rollup = {
  units: os.rollup.units.handler(({ context }) => {
    const { staff } = context;
    return context.workstation.directory
      .all()
      .filter((unit) => inHierarchy(unit) && covers(staff.unitPath, unit.path))
      .map(({ path, name, level, party }) => ({ path, name, level, party }))
      .sort((a, b) => a.path.localeCompare(b.path));
  }),
  get: os.rollup.get.handler(({ context, input }) => rollupAnswer(context, input)),
};
