import type { Role } from '../event/event.ts';

/** What a role may do. Where it may do it is the scope: its own unit and, for reading, all below it. */
export type Capability =
  | 'case.handle'
  | 'case.note'
  | 'case.evidence'
  | 'case.import'
  | 'return.handle'
  | 'merchant.edit'
  | 'rollup.read'
  | 'personal-data.reveal'
  | 'settings.edit';

const table: Record<Capability, readonly Role[]> = {
  // A shop manager handles first contact at the shop; the reducer keeps them to their own unit.
  'case.handle': ['mediator', 'shop-manager', 'supervisor'],
  'case.note': ['mediator', 'shop-manager', 'supervisor'],
  // Any unit that sees the case may bring in what it holds.
  'case.evidence': ['mediator', 'shop-manager', 'supervisor'],
  // Historical registers are brought in by who answers for the unit's figures.
  'case.import': ['mediator', 'supervisor', 'administrator'],
  'return.handle': ['mediator', 'shop-manager', 'supervisor'],
  'merchant.edit': ['mediator', 'supervisor', 'shop-manager', 'administrator'],
  'rollup.read': ['mediator', 'shop-manager', 'supervisor', 'administrator'],
  // Those who must phone the consumer; each reveal is logged (PIPL, minimum necessary).
  'personal-data.reveal': ['mediator', 'shop-manager', 'supervisor'],
  'settings.edit': ['supervisor', 'administrator', 'mediator', 'shop-manager'],
};

/** True when the role has the capability (assumption: default table for Haishu). */
export function may(role: Role, capability: Capability): boolean {
  return table[capability].includes(role);
}
