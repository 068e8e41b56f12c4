import { parentPath } from '../org/unit.ts';
import type { CaseState } from './state.ts';

/**
 * The units that may see a case: those that handle or have handled it, and the unit right above a shop
 * that did, which supervises it. Above that, roll-ups only (minimum necessary).
 * `levelOf` gives the level of a unit path; 1 is the lowest.
 */
export function caseSight(state: Pick<CaseState, 'handledBy'>, levelOf: (path: string) => number): string[] {
  const sight = new Set<string>();
  for (const path of state.handledBy) {
    sight.add(path);
    const above = parentPath(path);
    if (above !== null && levelOf(path) === 1) sight.add(above);
  }
  return [...sight];
}
