import type { RollupQuery, RollupView } from '../../contract/centre/rollup.ts';
import { covers, inHierarchy } from '../../domain/organisation/index.ts';
import { zeroTotals } from '../../domain/rollup/metrics.ts';
import type { CentralClient } from '../../protocol/central-client.ts';
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

/** A question to the centre that can be asked of a copy again; `kind` tells apart what is asked of the same unit and days. */
type Question = { kind: 'rollup' | 'figures'; query: RollupQuery };

const placeOf = ({ kind, query }: Question): string =>
  kind === 'rollup' ? query.path : `${kind}:${query.path}`;

async function cached(
  { workstation }: CallContext,
  question: Question,
): Promise<{ view: string; fetchedAt: string } | null> {
  const row = await workstation.store.read
    .selectFrom('rollup_cache')
    .selectAll()
    .where('path', '=', placeOf(question))
    .where('from_day', '=', question.query.from)
    .where('to_day', '=', question.query.to)
    .executeTakeFirst();
  return row ? { view: row.view, fetchedAt: row.fetched_at } : null;
}

async function remember({ workstation }: CallContext, question: Question, view: unknown): Promise<string> {
  const fetchedAt = workstation.clock().toISOString();
  const values = { view: JSON.stringify(view), fetched_at: fetchedAt };
  const { from, to } = question.query;
  await workstation.store.write((writer) =>
    writer
      .insertInto('rollup_cache')
      .values({ path: placeOf(question), from_day: from, to_day: to, ...values })
      .onConflict((conflict) => conflict.columns(['path', 'from_day', 'to_day']).doUpdateSet(values))
      .execute(),
  );
  return fetchedAt;
}

/**
 * The centre's answer as `read` makes it, or the last copy of exactly this question when the centre cannot be reached.
 * @throws NOT_ENROLLED; what the centre says; UNREACHABLE where there is no copy
 */
export async function answerOrCopy<View>(
  context: CallContext,
  question: Question,
  ask: (client: CentralClient) => Promise<View>,
  read: (view: View) => View,
): Promise<{ view: View; fetchedAt: string; stale: boolean }> {
  const link = context.workstation.link();
  if (link === null) throw serviceError('NOT_ENROLLED');
  try {
    const view = read(await link.call(ask));
    return { view, fetchedAt: await remember(context, question, view), stale: false };
  } catch (error) {
    if (!(error instanceof CentreError) || error.code !== 'UNREACHABLE') throw error;
    const copy = await cached(context, question);
    if (copy === null) throw error;
    // What was remembered of this very question.
    return { view: read(JSON.parse(copy.view) as View), fetchedAt: copy.fetchedAt, stale: true };
  }
}

/** The centre's figures, or the last copy of exactly this question when the centre cannot be reached. */
export function rollupAnswer(context: CallContext, query: RollupQuery): Promise<RollupAnswer> {
  return answerOrCopy(context, { kind: 'rollup', query }, (client) => client.rollup(query), withAllMetrics);
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
