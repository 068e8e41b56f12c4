import type { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { may, parentPath } from '../organisation/index.ts';
import { returnSchemas } from './events.ts';

export const RETURN_STATUSES = ['requested', 'granted', 'refused'] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

export type ReturnState = z.infer<(typeof returnSchemas)['return-requested@1']> & {
  id: string;
  status: ReturnStatus;
  unitPath: string;
  requestedAt: string;
  requestedBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  refundFen: number | null;
  route: string | null;
  refundedOn: string | null;
  refusal: z.infer<(typeof returnSchemas)['return-refused@1']> | null;
  caseId: string | null;
  revision: number;
};

/**
 * Applies one fact to an offline no-reason return: requested → granted | refused, and a refused one may
 * open one case. The unit that took the request decides it.
 */
export function applyReturn(state: ReturnState | undefined, fact: Fact): Ruling<ReturnState> {
  const read = readPayload(returnSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (!may(fact.actor.role, 'return.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'return-requested@1') {
    if (state) return illegal('return-exists');
    if (fact.actor.unitPath !== fact.unitPath) return illegal('not-handling-unit');
    if (read.payload.request.purchasedOn > businessDay(fact.at)) {
      return illegal('date-in-future', 'request.purchasedOn');
    }
    return legal({
      ...read.payload,
      id: fact.stream.id,
      status: 'requested',
      unitPath: fact.unitPath,
      requestedAt: fact.at,
      requestedBy: fact.actor.name,
      decidedAt: null,
      decidedBy: null,
      refundFen: null,
      route: null,
      refundedOn: null,
      refusal: null,
      caseId: null,
      revision: 1,
    });
  }
  if (!state) return illegal('return-missing');
  if (fact.actor.unitPath !== state.unitPath)
    return illegal('not-handling-unit', undefined, { handling: state.unitPath });
  const next = { ...state, revision: state.revision + 1 };
  if (read.key === 'return-disputed@1') {
    if (state.status !== 'refused') return illegal('step-not-possible', undefined, { status: state.status });
    if (state.caseId !== null) return illegal('return-already-disputed');
    return legal({ ...next, caseId: read.payload.caseId });
  }
  if (state.status !== 'requested') return illegal('step-not-possible', undefined, { status: state.status });
  const decided = { ...next, decidedAt: fact.at, decidedBy: fact.actor.name };
  if (read.key === 'return-granted@1') {
    if (read.payload.refundFen > state.request.amountFen) return illegal('refund-above-price', 'refundFen');
    return legal({ ...decided, status: 'granted', ...read.payload });
  }
  return legal({ ...decided, status: 'refused', refusal: read.payload });
}

/** The units that may see a return: the one that took it and, for a shop, the one above it. */
export function returnSight(
  state: Pick<ReturnState, 'unitPath'>,
  levelOf: (path: string) => number,
): string[] {
  const above = parentPath(state.unitPath);
  return above !== null && levelOf(state.unitPath) === 1 ? [state.unitPath, above] : [state.unitPath];
}
