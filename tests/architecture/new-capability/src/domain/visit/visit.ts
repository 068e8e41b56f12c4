import { z } from 'zod';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Deltas } from '../kernel/event/deltas.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, may } from '../organisation/index.ts';
import type { VisitMetric } from './metrics.ts';

export const visitSchemas = {
  'visit-recorded@1': z.object({
    shopName: z.string().trim().min(1).max(120),
    note: z.string().trim().min(1).max(1000),
  }),
};

export type VisitState = z.infer<(typeof visitSchemas)['visit-recorded@1']> & {
  id: string;
  /** The unit whose people went there. */
  unitPath: string;
  visitedBy: string;
  visitedAt: string;
};

/** Applies one fact to a visit: whoever handles cases records it, once. */
export function applyVisit(state: VisitState | undefined, fact: Fact): Ruling<VisitState> {
  const read = readPayload(visitSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (!may(fact.actor.role, 'case.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (state) return illegal('visit-exists');
  return legal({
    ...read.payload,
    id: fact.stream.id,
    unitPath: fact.unitPath,
    visitedBy: fact.actor.name,
    visitedAt: fact.at,
  });
}

/** Visits are known in their unit and in all units above it. */
export function visitSight(state: VisitState): string[] {
  return ancestorsAndSelf(state.unitPath);
}

/** What one accepted event of a visit adds to the roll-up. Pure. */
export function visitDeltas(_before: VisitState | undefined, fact: RecordedFact): Deltas<VisitMetric, never> {
  const { unitPath: path, at } = fact;
  const day = businessDay(at);
  return { counters: [{ path, day, metric: 'visits', dimension: '', value: 1 }], handling: [] };
}
