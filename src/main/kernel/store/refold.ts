import { sql } from 'kysely';
import type { Rulebook } from '../../../domain/procedure/index.ts';
import { applyFact, learn, type AnyState } from '../../../domain/streams.ts';
import { loadBases } from './bases.ts';
import { ALTERED, openEvents } from './event-log.ts';
import type { EventTable } from './schema.ts';
import type { Writer } from './store.ts';
import { keyOf, type StreamKey } from './streams.ts';

export type Refolded = {
  states: Map<string, { current: AnyState; updatedAt: string }>;
  /** Accepted events that this release cannot apply: they are kept, shown, and tried again after an upgrade. */
  quarantined: { id: string; rule: string }[];
  /** Events set aside before that can be applied now. */
  recovered: string[];
  /** Accepted events of a type or version that this release does not know. */
  unknown: string[];
};

/**
 * Rebuilds streams from the log: accepted events in feed order, then this device's pending ones on top
 * of them. A pending event that is not legal any more is left out of the state, and stays pending until the
 * centre has said so; an accepted one whose place in the feed has not come yet waits for it in the same way. `known`
 * are the procedures and calendars apart from those among the streams. A stream whose history has not arrived begins
 * with its state from the snapshot; one that has left has none, whatever stays of its facts.
 */
export async function refold(writer: Writer, keys: readonly StreamKey[], known: Rulebook): Promise<Refolded> {
  let rules = known;
  const refolded: Refolded = { states: new Map(), quarantined: [], recovered: [], unknown: [] };
  if (keys.length === 0) return refolded;
  const wanted = JSON.stringify(keys);
  for (const [key, { current, updatedAt }] of await loadBases(writer, keys))
    refolded.states.set(key, { current, updatedAt });
  const { rows } = await sql<EventTable>`
    SELECT event.* FROM json_each(${wanted}) AS wanted
    JOIN event ON event.stream_kind = wanted.value ->> 'kind' AND event.stream_id = wanted.value ->> 'id'
    LEFT JOIN stream_base AS base ON base.kind = event.stream_kind AND base.id = event.stream_id
    WHERE event.status IN ('accepted', 'pending', 'quarantined')
      AND NOT (event.status = 'quarantined' AND event.refusal = ${JSON.stringify(ALTERED)})
      AND NOT EXISTS (SELECT 1 FROM left_stream AS gone WHERE gone.kind = event.stream_kind
        AND gone.id = event.stream_id AND gone.left_at IS NOT NULL)
      AND (base.position IS NULL OR event.feed_position IS NULL OR event.feed_position > base.position)
    ORDER BY event.feed_position IS NULL, event.feed_position, event.device_sequence`.execute(writer);
  const events = await openEvents(writer, rows);
  for (const [index, row] of rows.entries()) {
    const event = events[index];
    if (!event) continue;
    const key = keyOf(event.stream);
    const ruling = applyFact(refolded.states.get(key)?.current, event, rules);
    if (ruling.kind === 'legal') {
      rules = learn(rules, ruling.state);
      refolded.states.set(key, { current: ruling.state, updatedAt: event.at });
      if (row.status === 'quarantined') refolded.recovered.push(row.id);
    } else if (row.status === 'accepted' && (row.feed_position !== null || ruling.kind === 'unknown')) {
      if (ruling.kind === 'unknown') refolded.unknown.push(row.id);
      else refolded.quarantined.push({ id: row.id, rule: ruling.refusal.rule });
    }
  }
  return refolded;
}
