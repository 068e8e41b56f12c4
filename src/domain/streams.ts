import type { Fact, StreamKind } from './event/event.ts';
import { illegal, type Ruling } from './event/ruling.ts';
import { applyCase } from './case/reducer.ts';
import { caseSight } from './case/sight.ts';
import type { CaseState } from './case/state.ts';
import { applyMerchant, merchantSight, type MerchantState } from './merchant/merchant.ts';
import { applyStaff, type StaffState } from './org/staff.ts';
import { ancestorsAndSelf, applyUnit, type UnitState } from './org/unit.ts';
import { applyCalendar, type CalendarState } from './procedure/imported-years.ts';
import { applyProcedure, type ProcedureState } from './procedure/published.ts';
import type { Rulebook } from './procedure/rulebook.ts';
import { applyWorkstation, type WorkstationState } from './org/workstation.ts';
import { applyReturn, returnSight, type ReturnState } from './return/reducer.ts';

/** The state of each kind of stream. */
export type StateOf = {
  case: CaseState;
  return: ReturnState;
  merchant: MerchantState;
  unit: UnitState;
  staff: StaffState;
  workstation: WorkstationState;
  procedure: ProcedureState;
  calendar: CalendarState;
};
export type StreamState = StateOf[StreamKind];

/** A stream's state with its kind, so that a switch narrows it. */
export type AnyState = { [Kind in StreamKind]: { kind: Kind; state: StateOf[Kind] } }[StreamKind];

function tag<Kind extends StreamKind>(kind: Kind, ruling: Ruling<StateOf[Kind]>): Ruling<AnyState> {
  if (ruling.kind !== 'legal') return ruling;
  return { kind: 'legal', state: { kind, state: ruling.state } as AnyState };
}

/**
 * Applies a fact to the stream it belongs to, whatever its kind: the one judge of what is legal. `rules` are the
 * published procedures and imported calendars as the caller knows them.
 */
export function applyFact(current: AnyState | undefined, fact: Fact, rules: Rulebook): Ruling<AnyState> {
  const { kind } = fact.stream;
  if (current !== undefined && current.kind !== kind) return illegal('stream-kind-mismatch');
  switch (kind) {
    case 'case':
      return tag(kind, applyCase(current?.kind === kind ? current.state : undefined, fact, rules));
    case 'return':
      return tag(kind, applyReturn(current?.kind === kind ? current.state : undefined, fact));
    case 'merchant':
      return tag(kind, applyMerchant(current?.kind === kind ? current.state : undefined, fact));
    case 'unit':
      return tag(kind, applyUnit(current?.kind === kind ? current.state : undefined, fact));
    case 'staff':
      return tag(kind, applyStaff(current?.kind === kind ? current.state : undefined, fact));
    case 'workstation':
      return tag(kind, applyWorkstation(current?.kind === kind ? current.state : undefined, fact));
    case 'procedure':
      return tag(kind, applyProcedure(current?.kind === kind ? current.state : undefined, fact));
    case 'calendar':
      return tag(kind, applyCalendar(current?.kind === kind ? current.state : undefined, fact));
    default:
      // Of a newer release: kept and shown, like an event of an unknown type.
      return { kind: 'unknown', type: fact.type, version: fact.version };
  }
}

/**
 * Paths of the units whose feeds carry a stream's events. A unit's own record, procedures and calendars
 * also go to every unit below, which the centre adds, who knows them.
 */
export function sightOf(current: AnyState, levelOf: (path: string) => number): string[] {
  switch (current.kind) {
    case 'case':
      return caseSight(current.state, levelOf);
    case 'return':
      return returnSight(current.state, levelOf);
    case 'merchant':
      return merchantSight(current.state);
    case 'unit':
      return ancestorsAndSelf(current.state.path);
    case 'staff':
      // Accounts, with their password hashes, reach their own units' desks and no others.
      return [...new Set(current.state.assignments.map((one) => one.unitPath))];
    case 'workstation':
    case 'procedure':
    case 'calendar':
      return [current.state.unitPath];
  }
}
