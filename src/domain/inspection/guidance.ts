import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type GuidancePayload, guidanceSchemas } from './events.ts';

type Hand = { staffId: string; name: string; at: string };

export const GUIDANCE_STATUSES = ['offered', 'agreed', 'held', 'rechecked', 'cancelled'] as const;
export type GuidanceStatus = (typeof GUIDANCE_STATUSES)[number];

/** Advice by appointment. Nothing in it counts for or against the merchant: no observation is made of it. */
export type GuidanceState = GuidancePayload<'guidance-offered@1'> & {
  id: string;
  status: GuidanceStatus;
  offered: Hand & { unitPath: string };
  chosen: (GuidancePayload<'guidance-slot-chosen@1'> & { by: Hand }) | null;
  held: (GuidancePayload<'guidance-held@1'> & { by: Hand }) | null;
  rechecked: (GuidancePayload<'guidance-rechecked@1'> & { by: Hand }) | null;
  cancelled: (Hand & { reason: string }) | null;
  revision: number;
};

type Read = Exclude<
  ParsedPayload<typeof guidanceSchemas>,
  { key: 'unknown' | 'invalid' | 'guidance-offered@1' }
>;

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** Applies one fact to a guidance: offered by an officer, a time chosen by the merchant's people or for them, held, looked at again. */
export function applyGuidance(state: GuidanceState | undefined, fact: Fact): Ruling<GuidanceState> {
  const read = readPayload(guidanceSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  const needed = read.key === 'guidance-slot-chosen@1' ? 'credit.answer' : 'inspection.handle';
  if (!may(role, needed)) return illegal('role-may-not', undefined, { role });
  if (read.key === 'guidance-offered@1') {
    if (state) return illegal('guidance-exists');
    const { merchantPath, slots } = read.payload;
    if (!covers(unitPath, merchantPath)) return illegal('outside-scope', 'merchantPath');
    const past = slots.findIndex((slot) => Date.parse(slot) <= Date.parse(fact.at));
    if (past >= 0) return illegal('guidance-slot-past', `slots.${past}`);
    return legal({
      ...read.payload,
      id: fact.stream.id,
      status: 'offered',
      offered: { ...handOf(fact), unitPath },
      chosen: null,
      held: null,
      rechecked: null,
      cancelled: null,
      revision: 1,
    });
  }
  if (!state) return illegal('guidance-missing');
  if (!covers(unitPath, state.merchantPath)) return illegal('outside-scope', 'merchantPath');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: GuidanceState, read: Read, fact: Fact): Ruling<GuidanceState> {
  const by = handOf(fact);
  const today = businessDay(fact.at);
  const wrong = (): Ruling<GuidanceState> => illegal('guidance-not-now', undefined, { status: next.status });
  switch (read.key) {
    case 'guidance-slot-chosen@1': {
      if (next.status !== 'offered' && next.status !== 'agreed') return wrong();
      const { slot } = read.payload;
      if (!next.slots.some((one) => Date.parse(one) === Date.parse(slot)))
        return illegal('guidance-slot-unknown', 'slot');
      return legal({ ...next, status: 'agreed', chosen: { ...read.payload, by } });
    }
    case 'guidance-held@1': {
      if (next.status !== 'agreed') return wrong();
      const { on, recheckOn } = read.payload;
      if (on > today) return illegal('date-in-future', 'on');
      if (recheckOn !== null && recheckOn <= on) return illegal('guidance-recheck-before', 'recheckOn');
      return legal({ ...next, status: 'held', held: { ...read.payload, by } });
    }
    case 'guidance-rechecked@1': {
      if (next.status !== 'held' || next.held === null) return wrong();
      const { on } = read.payload;
      if (on > today) return illegal('date-in-future', 'on');
      if (on < next.held.on) return illegal('guidance-recheck-before', 'on');
      return legal({ ...next, status: 'rechecked', rechecked: { ...read.payload, by } });
    }
    case 'guidance-cancelled@1':
      if (next.status !== 'offered' && next.status !== 'agreed') return wrong();
      return legal({ ...next, status: 'cancelled', cancelled: { ...by, reason: read.payload.reason } });
  }
}

/** Known in the merchant's unit and in all above: the merchant's people choose the time. */
export function guidanceSight({ merchantPath }: Pick<GuidanceState, 'merchantPath'>): string[] {
  return ancestorsAndSelf(merchantPath);
}
