import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type StreetPayload, streetSchemas } from './events.ts';

export type Hand = { staffId: string; name: string; unitPath: string; at: string };

/** A street and the patrols along it. Which shops are on it their own records say. */
export type StreetState = StreetPayload<'street-opened@1'> & {
  id: string;
  opened: Hand;
  patrols: { patrolId: string; on: string; shops: number; by: Hand }[];
  revision: number;
};

export const handOf = ({ actor: { staffId, name, unitPath }, at }: Fact): Hand => ({
  staffId,
  name,
  unitPath,
  at,
});

/** Applies one fact to a street: opened by who decides for its unit, patrolled by people of that unit or above it. */
export function applyStreet(state: StreetState | undefined, fact: Fact): Ruling<StreetState> {
  const read = readPayload(streetSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  const needed = read.key === 'street-opened@1' ? 'street.decide' : 'street.patrol';
  if (!may(role, needed)) return illegal('role-may-not', undefined, { role });
  if (read.key === 'street-opened@1') {
    if (state) return illegal('street-exists');
    if (!covers(unitPath, read.payload.unitPath)) return illegal('outside-scope', 'unitPath');
    return legal({ ...read.payload, id: fact.stream.id, opened: handOf(fact), patrols: [], revision: 1 });
  }
  if (!state) return illegal('street-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  const { patrolId, on, merchantIds } = read.payload;
  if (merchantIds.length === 0) return illegal('patrol-no-shop', 'shops');
  if (new Set(merchantIds).size !== merchantIds.length) return illegal('patrol-shop-twice', 'shops');
  if (state.patrols.some((one) => one.patrolId === patrolId)) return illegal('patrol-exists', 'patrolId');
  if (on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  return legal({
    ...state,
    patrols: [...state.patrols, { patrolId, on, shops: merchantIds.length, by: handOf(fact) }],
    revision: state.revision + 1,
  });
}

/** A street is known to its unit and to those above. */
export function streetSight({ unitPath }: Pick<StreetState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
