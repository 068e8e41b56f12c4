import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { CreditPayload } from './events.ts';
import type { CreditState, Done, Objection } from './state.ts';

/** An objection to the grade that stands: one at a time, and only to facts that it rests on. */
export function makeObjection(
  next: CreditState,
  payload: CreditPayload<'objection-made'>,
  made: Done,
): Ruling<CreditState> {
  const { grade, objections } = next;
  if (grade === null) return illegal('credit-no-grade');
  if (grade.month !== payload.month) return illegal('credit-month-unknown', 'month');
  if (objections.some(({ objectionId }) => objectionId === payload.objectionId))
    return illegal('credit-entry-exists', 'objectionId');
  if (objections.some(({ decided }) => decided === null)) return illegal('credit-objection-open');
  const named = new Set(grade.reasons.flatMap(({ facts }) => facts));
  const strange = payload.facts.findIndex((id) => !named.has(id));
  if (strange >= 0) return illegal('credit-fact-not-in-grade', `facts.${strange}`);
  return legal({
    ...next,
    objections: [...objections, { ...payload, made, extended: null, decided: null }],
  });
}

function openOne(
  { objections }: CreditState,
  objectionId: string,
): { place: number; objection: Objection } | null {
  const place = objections.findIndex((one) => one.objectionId === objectionId && one.decided === null);
  const objection = objections[place];
  return objection ? { place, objection } : null;
}

/** More time to decide, approved once. */
export function extendObjection(
  next: CreditState,
  { objectionId, reason }: CreditPayload<'objection-extended'>,
  done: Done,
): Ruling<CreditState> {
  const open = openOne(next, objectionId);
  if (!open) return illegal('credit-objection-not-open', 'objectionId');
  const { place, objection } = open;
  if (objection.extended !== null) return illegal('credit-extended-already', 'objectionId');
  return legal({
    ...next,
    objections: next.objections.with(place, { ...objection, extended: { ...done, reason } }),
  });
}

/** A decision, by somebody who took no part. */
export function decideObjection(
  next: CreditState,
  { objectionId, upheld, reason }: CreditPayload<'objection-decided'>,
  done: Done,
): Ruling<CreditState> {
  const open = openOne(next, objectionId);
  if (!open) return illegal('credit-objection-not-open', 'objectionId');
  const { place, objection } = open;
  if (tookPart(next, objection).has(done.staffId)) return illegal('credit-took-part', 'objectionId');
  return legal({
    ...next,
    correction: next.correction || upheld,
    objections: next.objections.with(place, { ...objection, decided: { ...done, upheld, reason } }),
  });
}

/** Who made the objection, or recorded a fact that the grade's reasons name. */
export function tookPart(state: CreditState, { made }: Pick<Objection, 'made'>): ReadonlySet<string> {
  const named = new Set(state.grade?.reasons.flatMap(({ facts }) => facts));
  const entries = [...state.awards, ...state.penalties, ...state.listings, ...state.patrols];
  return new Set([
    made.staffId,
    ...(state.grade?.recordedBy ?? []),
    ...entries.flatMap(({ entryId, recorded }) => (named.has(entryId) ? [recorded.staffId] : [])),
  ]);
}
