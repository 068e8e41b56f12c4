import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { drawFrom, type DrawnClass, seedOf } from './draw.ts';
import { type GuidanceFirst, type InspectionPayload, inspectionSchemas, MOST_CANDIDATES } from './events.ts';
import { refusalOfVisit } from './guidance-first.ts';

type Hand = { staffId: string; name: string; unitPath: string; at: string };

export type InspectionResult = InspectionPayload<'result-recorded@1'> & { recorded: Hand };

/** One draw, and what came of it. */
export type InspectionState = InspectionPayload<'draw-prepared@1'> & {
  id: string;
  prepared: Hand;
  /** Null until a second person has drawn. */
  made: { witness: Hand; witnessSeed: string; drawn: DrawnClass[] } | null;
  abandoned: (Hand & { reason: string }) | null;
  /** Merchants to whom guidance was offered, by their id; absent where none was. */
  arranged?: Record<string, string>;
  /** The last of each merchant counts; earlier ones stay. */
  results: InspectionResult[];
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof inspectionSchemas>,
  { key: 'unknown' | 'invalid' | 'draw-prepared@1' }
>;

const handOf = ({ actor: { staffId, name, unitPath }, at }: Fact): Hand => ({ staffId, name, unitPath, at });

/**
 * Applies one fact to a draw. What was drawn is worked out anew from the candidates, the shares and both halves of the seed wherever the
 * fact arrives: a list that is another is refused everywhere.
 */
export function applyInspection(state: InspectionState | undefined, fact: Fact): Ruling<InspectionState> {
  const read = readPayload(inspectionSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'inspection.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'draw-prepared@1') {
    if (state) return illegal('draw-exists');
    return prepare(read.payload, fact);
  }
  if (!state) return illegal('draw-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function prepare(payload: InspectionPayload<'draw-prepared@1'>, fact: Fact): Ruling<InspectionState> {
  if (!covers(fact.actor.unitPath, payload.unitPath)) return illegal('outside-scope', 'unitPath');
  if (payload.day > businessDay(fact.at)) return illegal('date-in-future', 'day');
  const names = payload.classes.map((one) => one.class);
  if (new Set(names).size !== names.length) return illegal('draw-class-repeated', 'classes');
  const all = payload.classes.flatMap(({ candidates }) => candidates);
  if (all.length === 0) return illegal('draw-empty', 'unitPath');
  if (all.length > MOST_CANDIDATES)
    return illegal('draw-too-many', 'unitPath', { count: all.length, most: MOST_CANDIDATES });
  if (new Set(all).size !== all.length) return illegal('draw-candidate-repeated', 'classes');
  const known = new Set(all);
  const strange = (payload.guidanceFirst ?? []).findIndex(({ merchantId }) => !known.has(merchantId));
  if (strange >= 0) return illegal('draw-candidate-unknown', `guidanceFirst.${strange}`);
  return legal({
    ...payload,
    id: fact.stream.id,
    prepared: handOf(fact),
    made: null,
    abandoned: null,
    results: [],
    revision: 1,
  });
}

function step(next: InspectionState, read: Read, fact: Fact): Ruling<InspectionState> {
  const hand = handOf(fact);
  switch (read.key) {
    case 'draw-made@1': {
      if (next.made) return illegal('draw-made-already');
      if (next.abandoned) return illegal('draw-abandoned');
      if (hand.staffId === next.prepared.staffId) return illegal('draw-same-person', 'witnessSeed');
      const { witnessSeed, drawn } = read.payload;
      const beyond = drawn.findIndex(({ class: name, merchantIds }) => {
        const of = next.classes.find((one) => one.class === name);
        return of !== undefined && merchantIds.length > of.candidates.length;
      });
      if (beyond >= 0)
        return illegal('draw-share-exceeds', `drawn.${beyond}`, { class: drawn[beyond]?.class ?? '' });
      const right = drawFrom(next.classes, seedOf(next.drawerSeed, witnessSeed));
      if (JSON.stringify(drawn) !== JSON.stringify(right)) return illegal('draw-differs', 'drawn');
      return legal({ ...next, made: { witness: hand, witnessSeed, drawn: right } });
    }
    case 'draw-abandoned@1':
      if (next.made) return illegal('draw-made-already');
      if (next.abandoned) return illegal('draw-abandoned');
      return legal({ ...next, abandoned: { ...hand, reason: read.payload.reason } });
    case 'guidance-arranged@1': {
      const { merchantId, guidanceId } = read.payload;
      if (!isDrawn(next, merchantId)) return illegal('draw-not-drawn', 'merchantId');
      return legal({ ...next, arranged: { ...next.arranged, [merchantId]: guidanceId } });
    }
    case 'result-recorded@1': {
      const { resultId, merchantId, on } = read.payload;
      if (!next.made) return illegal('draw-not-made');
      if (!isDrawn(next, merchantId)) return illegal('draw-not-drawn', 'merchantId');
      if (next.results.some((one) => one.resultId === resultId))
        return illegal('draw-result-exists', 'resultId');
      if (on > businessDay(fact.at)) return illegal('date-in-future', 'on');
      if (on < next.day) return illegal('draw-result-before', 'on', { day: next.day });
      const refusal = refusalOfVisit(markOf(next, merchantId), read.payload);
      if (refusal !== null) return { kind: 'illegal', refusal };
      return legal({ ...next, results: [...next.results, { ...read.payload, recorded: hand }] });
    }
  }
}

function isDrawn({ made }: Pick<InspectionState, 'made'>, merchantId: string): boolean {
  return made?.drawn.some(({ merchantIds }) => merchantIds.includes(merchantId)) ?? false;
}

/** What a draw says of a merchant that is to be guided first; undefined of one that is not. */
export function markOf(
  { guidanceFirst }: Pick<InspectionState, 'guidanceFirst'>,
  merchantId: string,
): GuidanceFirst | undefined {
  return guidanceFirst?.find((one) => one.merchantId === merchantId);
}

/** The result that counts for each drawn merchant: the last one. */
export function resultsOf({ results }: Pick<InspectionState, 'results'>): Map<string, InspectionResult> {
  return new Map(results.map((one) => [one.merchantId, one]));
}

/** A draw is known where it was made and above: nobody who may be visited learns of it beforehand. */
export function inspectionSight({ prepared }: Pick<InspectionState, 'prepared'>): string[] {
  return ancestorsAndSelf(prepared.unitPath);
}
