import type { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { erase, erasedPlaces, type ErasureCause } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may, parentPath } from '../organisation/index.ts';
import { returnSchemas, type ReturnPayload } from './events.ts';

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
  /** How that case ended; absent until it has, and was taken over. */
  resolution?: ReturnPayload<'return-resolved@1'> & { at: string; by: string };
  /** What the shop of purchase paid back, in order, with what was taken back of it; absent before the first. */
  settlements?: (ReturnPayload<'return-settled@1'> & {
    at: string;
    by: string;
    undone?: ReturnPayload<'return-settlement-undone@1'> & { at: string; by: string };
  })[];
  /** Absent where nobody noted anything. */
  notes?: (ReturnPayload<'return-noted@1'> & { at: string; by: string })[];
  /** When what was personal in it was erased, and why; absent while it is there. */
  erased?: { at: string; cause: ErasureCause };
  revision: number;
};

const ERASED_PLACES = erasedPlaces(returnSchemas);

/**
 * Applies one fact to an offline no-reason return: requested → granted | refused. A refused one, or one that nobody decides, may
 * become one case, whose end comes back to it. The unit that took the request decides it.
 */
export function applyReturn(state: ReturnState | undefined, fact: Fact): Ruling<ReturnState> {
  const read = readPayload(returnSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'personal-data-erased@1')
    return state ? erase(state, fact, read.payload, ERASED_PLACES) : illegal('return-missing');
  if (state?.erased !== undefined) return illegal('record-erased');
  if (!may(fact.actor.role, 'return.handle'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'return-requested@1') {
    if (state) return illegal('return-exists');
    if (fact.actor.unitPath !== fact.unitPath) return illegal('not-handling-unit');
    if (read.payload.request.purchasedOn > businessDay(fact.at)) {
      return illegal('date-in-future', 'request.purchasedOn');
    }
    if (read.payload.purchasedAt?.merchantId === read.payload.merchantId)
      return illegal('purchased-here', 'purchasedAt');
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
  const by = { at: fact.at, by: fact.actor.name };
  switch (read.key) {
    case 'return-disputed@1':
      return dispute(next, 'refused', read.payload.caseId);
    case 'return-disputed@2': {
      const { caseId, because } = read.payload;
      return dispute(next, because === 'refused' ? 'refused' : 'requested', caseId);
    }
    case 'return-settled@1':
      if (state.status !== 'granted' || state.purchasedAt === undefined || isSettled(state))
        return illegal('nothing-to-settle');
      if (read.payload.paidOn > businessDay(fact.at)) return illegal('date-in-future', 'paidOn');
      return legal({ ...next, settlements: [...(state.settlements ?? []), { ...read.payload, ...by }] });
    case 'return-settlement-undone@1': {
      const last = state.settlements?.at(-1);
      if (!last || !isSettled(state)) return illegal('nothing-settled');
      const settlements = [
        ...(state.settlements ?? []).slice(0, -1),
        { ...last, undone: { ...read.payload, ...by } },
      ];
      return legal({ ...next, settlements });
    }
    case 'return-resolved@1':
      if (state.caseId === null || state.caseId !== read.payload.caseId)
        return illegal('return-other-case', 'caseId');
      return legal({ ...next, resolution: { ...read.payload, ...by } });
    case 'return-noted@1':
      return legal({ ...next, notes: [...(state.notes ?? []), { ...read.payload, ...by }] });
    default:
  }
  if (state.status !== 'requested') return illegal('step-not-possible', undefined, { status: state.status });
  const decided = { ...next, decidedAt: fact.at, decidedBy: fact.actor.name };
  if (read.key === 'return-granted@1') {
    if (read.payload.refundFen > state.request.amountFen) return illegal('refund-above-price', 'refundFen');
    return legal({ ...decided, status: 'granted', ...read.payload });
  }
  return legal({ ...decided, status: 'refused', refusal: read.payload });
}

/** A return as it stands becomes one case. */
function dispute(next: ReturnState, status: ReturnStatus, caseId: string): Ruling<ReturnState> {
  if (next.status !== status) return illegal('step-not-possible', undefined, { status: next.status });
  if (next.caseId !== null) return illegal('return-already-disputed');
  return legal({ ...next, caseId });
}

/** Whether the shop of purchase has paid, and that was not taken back. */
export function isSettled({ settlements }: Pick<ReturnState, 'settlements'>): boolean {
  const last = settlements?.at(-1);
  return last !== undefined && last.undone === undefined;
}

/**
 * The units that may see a return: the one that took it and, for a shop, the one above it; of goods that were bought at another
 * shop of the group that shop too, and the unit that is above both.
 */
export function returnSight(
  { unitPath, purchasedAt }: Pick<ReturnState, 'unitPath' | 'purchasedAt'>,
  levelOf: (path: string) => number,
): string[] {
  const above = parentPath(unitPath);
  const seen = above !== null && levelOf(unitPath) === 1 ? [unitPath, above] : [unitPath];
  if (purchasedAt === undefined) return seen;
  const common = ancestorsAndSelf(unitPath).find((path) => covers(path, purchasedAt.unitPath));
  return [...new Set([...seen, purchasedAt.unitPath, ...(common === undefined ? [] : [common])])];
}
