import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { may } from '../organisation/index.ts';
import { type AllianceCheckPayload, allianceCheckSchemas } from './events.ts';

/** One check of a citizen for one discount, and when the discount was given for it. */
export type AllianceCheckState = AllianceCheckPayload<'citizen-checked@1'> & {
  id: string;
  at: string;
  used: { staffId: string; name: string; at: string } | null;
  revision: number;
};

/** Types of event that a workstation may hand in; the check itself is the centre's. */
export const CHECKS_BY_PEOPLE: readonly string[] = ['discount-used'];

/** Ids of a shop's checks begin with the merchant's and go on with the time, so that the latest of one shop are found in their order. */
export function checkIdOf(merchantId: string, own: string): string {
  return `${merchantId}.${own.replaceAll('-', '').slice(0, 24)}`;
}

/** Between which two texts the ids of a shop's checks lie, compared by their characters' numbers. */
export function checkIdsOf(merchantId: string): { after: string; before: string } {
  return { after: `${merchantId}.`, before: `${merchantId}/` };
}

/**
 * Applies one fact to a check. The discount is given at the desk where the citizen was checked, on that day, and once: a check is
 * consented to for one purchase (assumption).
 */
export function applyAllianceCheck(
  state: AllianceCheckState | undefined,
  fact: Fact,
): Ruling<AllianceCheckState> {
  const read = readPayload(allianceCheckSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'citizen-checked@1') {
    if (state) return illegal('alliance-check-exists');
    if (!fact.stream.id.startsWith(checkIdsOf(read.payload.merchantId).after))
      return illegal('alliance-id-strange', 'merchantId');
    return legal({ ...read.payload, id: fact.stream.id, at: fact.at, used: null, revision: 1 });
  }
  const { role, staffId, name } = fact.actor;
  if (!may(role, 'alliance.handle')) return illegal('role-may-not', undefined, { role });
  if (!state) return illegal('alliance-check-missing');
  if (fact.unitPath !== state.merchantPath) return illegal('outside-scope', 'merchantPath');
  if (!state.qualifies) return illegal('check-not-qualified');
  if (state.used !== null) return illegal('discount-used-already');
  if (businessDay(fact.at) !== businessDay(state.at))
    return illegal('check-another-day', undefined, { day: businessDay(state.at) });
  return legal({ ...state, used: { staffId, name, at: fact.at }, revision: state.revision + 1 });
}

/** Known at the shop's own desk and nowhere else: nobody above needs to know who qualified. */
export function allianceCheckSight({ merchantPath }: Pick<AllianceCheckState, 'merchantPath'>): string[] {
  return [merchantPath];
}
