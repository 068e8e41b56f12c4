import { sql } from 'kysely';
import type { Drill, DrillQuery } from '../../contract/workstation/supervision.ts';
import { dayStart } from '../../domain/kernel/calendar/index.ts';
import { covers } from '../../domain/organisation/index.ts';
import type { RollupContext } from '../../domain/rollup/index.ts';
import { applyFact, rollupDeltas, type AnyState } from '../../domain/streams.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import { openEvents } from '../kernel/store/index.ts';
import type { EventTable } from '../kernel/store/schema.ts';
import { summarize, type CallContext } from '../kernel/parts.ts';
import { rollupAnswer } from '../rollup/index.ts';

/** So many cases are looked through; of the list, so many are shown. */
const LOOKED_THROUGH = 3000;
const SHOWN = 200;

/** How much each case adds to the figure, by the same rules that count it at the centre; those that add nothing are absent. */
async function sharesOf(
  context: CallContext,
  ids: readonly string[],
  { path, own, metric, period }: DrillQuery,
): Promise<Map<string, number>> {
  const { directory, store } = context.workstation;
  const { rows } = await sql<EventTable>`
    SELECT event.* FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN event ON event.stream_kind = 'case' AND event.stream_id = wanted.value
    WHERE event.status IN ('accepted', 'pending')
    ORDER BY event.feed_position IS NULL, event.feed_position, event.device_sequence`.execute(store.read);
  const rules: RollupContext = {
    levelOf: (at) => directory.levelOf(at),
    partyOf: (at) => directory.partyOf(at),
    rules: directory.rules(),
  };
  const counts = (at: string): boolean => (own ? at === path : covers(path, at));
  const states = new Map<string, AnyState>();
  const shares = new Map<string, number>();
  for (const event of await openEvents(store.read, rows)) {
    const before = states.get(event.stream.id);
    const ruling = applyFact(before, event, rules.rules);
    if (ruling.kind !== 'legal') continue;
    states.set(event.stream.id, ruling.state);
    for (const delta of rollupDeltas(before, event, ruling.state, rules).counters) {
      if (delta.metric !== metric || delta.dimension !== '' || !counts(delta.path)) continue;
      if (delta.day < period.from || delta.day > period.to) continue;
      shares.set(event.stream.id, (shares.get(event.stream.id) ?? 0) + delta.value);
    }
  }
  return shares;
}

async function countedAtCentre(
  context: CallContext,
  { path, own, metric, period }: DrillQuery,
): Promise<{ counted: number | null; stale: boolean }> {
  try {
    const { view, stale } = await rollupAnswer(context, { path, ...period });
    return { counted: (own ? view.own : view.all.totals)[metric], stale };
  } catch (error) {
    // Without the centre and without a copy the list is still worth having.
    if (error instanceof CentreError) return { counted: null, stale: true };
    throw error;
  }
}

/**
 * What a figure of the roll-up is made of, as far as this workstation sees it. Cases of units that it may not see are
 * in the figure and not in the list (minimum necessary); both numbers are given.
 */
export async function drill(context: CallContext, query: DrillQuery): Promise<Drill> {
  const { read } = context.workstation.store;
  // A case that changed neither in the period nor since adds nothing to it.
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM case_row
    WHERE updated_at >= ${new Date(dayStart(query.period.from)).toISOString()}
      AND registered_day <= ${query.period.to}
    ORDER BY updated_at DESC, row DESC LIMIT ${LOOKED_THROUGH + 1}`.execute(read);
  const looked = rows.slice(0, LOOKED_THROUGH);
  const shares = await sharesOf(
    context,
    looked.map(({ id }) => id),
    query,
  );
  const listed = looked.filter(({ id }) => shares.has(id));
  return {
    metric: query.metric,
    cases: await summarize(context, 'case', listed.slice(0, SHOWN)),
    listed: listed.length,
    here: [...shares.values()].reduce((sum, share) => sum + share, 0),
    ...(await countedAtCentre(context, query)),
    whole: rows.length <= LOOKED_THROUGH,
  };
}
