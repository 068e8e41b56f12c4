import { businessDay } from '../kernel/calendar/index.ts';
import { erase, erasedPlaces } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, type Capability, covers, may } from '../organisation/index.ts';
import { restorationSchemas } from './events.ts';
import { refusalOfForm } from './form.ts';
import { ask, complete, giveOpinion } from './opinions.ts';
import { conclude, expire, isOver, submit } from './outcomes.ts';
import { handOf, type RestorationState } from './state.ts';

export type Read = Exclude<
  ParsedPayload<typeof restorationSchemas>,
  { key: 'unknown' | 'invalid' | 'restoration-filed@1' | 'matter-expired@1' | 'personal-data-erased@1' }
>;

const ERASED_PLACES = erasedPlaces(restorationSchemas);

/** Whose each step is: the applicant's, the window's or a department's. */
const SIDE = {
  'restoration-filed@1': 'restoration.file',
  'restoration-completed@1': 'restoration.file',
  'restoration-withdrawn@1': 'restoration.file',
  'restoration-objected@1': 'restoration.file',
  'restoration-accepted@1': 'restoration.handle',
  'departments-asked@1': 'restoration.handle',
  'restoration-returned@1': 'restoration.handle',
  'restoration-submitted@1': 'restoration.handle',
  'restoration-concluded@1': 'restoration.handle',
  'objection-answered@1': 'restoration.handle',
  'opinion-given@1': 'restoration.review',
} as const satisfies Record<Read['key'] | 'restoration-filed@1', Capability>;

/**
 * Applies one fact to an application. The merchant's unit files it, or one above for it; the window that it was filed at, or the
 * district, takes it on; each department that was asked answers once. What departments say fits in any order.
 */
export function applyRestoration(state: RestorationState | undefined, fact: Fact): Ruling<RestorationState> {
  const read = readPayload(restorationSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'personal-data-erased@1')
    return state ? erase(state, fact, read.payload, ERASED_PLACES) : illegal('restoration-missing');
  if (state?.erased !== undefined) return illegal('record-erased');
  // Nobody's act: its admission asks that the centre says it.
  if (read.key === 'matter-expired@1')
    return state
      ? expire({ ...state, revision: state.revision + 1 }, read.payload, handOf(fact))
      : illegal('restoration-missing');
  const { role } = fact.actor;
  const side = SIDE[read.key];
  if (!may(role, side)) return illegal('role-may-not', undefined, { role });
  if (read.key === 'restoration-filed@1') {
    if (state) return illegal('restoration-exists');
    return file(read.payload, fact);
  }
  if (!state) return illegal('restoration-missing');
  // Which department it is of, the opinion itself says.
  if (side !== 'restoration.review' && !isAt(side, state, fact.unitPath))
    return illegal('restoration-elsewhere', 'unitPath');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function isAt(
  side: 'restoration.file' | 'restoration.handle',
  { unitPath, windowPath }: RestorationState,
  path: string,
): boolean {
  if (side === 'restoration.file') return covers(path, unitPath);
  return path === windowPath || path === ancestorsAndSelf(windowPath).at(-1);
}

function file(
  { merchantPath, ...form }: Parameters<typeof refusalOfForm>[0],
  fact: Fact,
): Ruling<RestorationState> {
  if (!covers(fact.unitPath, merchantPath)) return illegal('outside-scope', 'merchantPath');
  const refusal = refusalOfForm({ merchantPath, ...form }, businessDay(fact.at));
  if (refusal !== null) return { kind: 'illegal', refusal };
  return legal({
    ...form,
    id: fact.stream.id,
    status: 'filed',
    unitPath: merchantPath,
    filed: handOf(fact),
    replySince: fact.at,
    accepted: null,
    asks: [],
    returns: [],
    submitted: null,
    outcomes: [],
    withdrawn: null,
    objections: [],
    revision: 1,
  });
}

function step(next: RestorationState, read: Read, fact: Fact): Ruling<RestorationState> {
  const by = handOf(fact);
  const wrong = (): Ruling<RestorationState> =>
    illegal('restoration-not-now', undefined, { status: next.status });
  switch (read.key) {
    case 'restoration-accepted@1':
      if (next.status !== 'filed') return wrong();
      return ask({ ...next, status: 'accepted', accepted: by }, read.payload.asks, fact);
    case 'departments-asked@1':
      if (next.status !== 'accepted') return wrong();
      return ask(next, read.payload.asks, fact);
    case 'opinion-given@1':
      return giveOpinion(next, read.payload, by);
    case 'restoration-returned@1': {
      const { status } = next;
      if (status !== 'filed' && status !== 'accepted') return wrong();
      const { reason } = read.payload;
      const returned = { reason, by, after: status, completed: null };
      return legal({ ...next, status: 'returned', returns: [...next.returns, returned] });
    }
    case 'restoration-completed@1':
      if (next.status !== 'returned') return illegal('restoration-nothing-missing');
      return complete(next, read.payload, by);
    case 'restoration-submitted@1':
      if (next.status !== 'accepted') return wrong();
      return submit(next, read.payload, by);
    case 'restoration-concluded@1':
      return conclude(next, read.payload.outcomes, by);
    case 'restoration-withdrawn@1':
      if (isOver(next) || next.outcomes.length > 0) return wrong();
      return legal({ ...next, status: 'withdrawn', withdrawn: { ...read.payload, by } });
    case 'restoration-objected@1': {
      const { objectionId, text } = read.payload;
      if (next.objections.some((one) => one.objectionId === objectionId || one.answer === null))
        return illegal('restoration-objected-already', 'text');
      return legal({ ...next, objections: [...next.objections, { objectionId, text, by, answer: null }] });
    }
    case 'objection-answered@1': {
      const { objectionId, ...answer } = read.payload;
      const place = next.objections.findIndex((one) => one.objectionId === objectionId);
      const objection = next.objections[place];
      if (objection === undefined) return illegal('restoration-objection-unknown', 'objectionId');
      if (objection.answer !== null) return illegal('restoration-objection-answered', 'objectionId');
      const answered = { ...objection, answer: { ...answer, by } };
      return legal({ ...next, objections: next.objections.with(place, answered) });
    }
  }
}

/** Known where the merchant trades and above, at the window, and in every department that is asked. */
export function restorationSight({
  unitPath,
  windowPath,
  asks,
}: Pick<RestorationState, 'unitPath' | 'windowPath' | 'asks'>): string[] {
  return [
    ...new Set([
      ...ancestorsAndSelf(unitPath),
      windowPath,
      ...asks.map(({ departmentPath }) => departmentPath),
    ]),
  ];
}
