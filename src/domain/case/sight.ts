import { parentPath } from '../organisation/index.ts';
import type { CaseState } from './state.ts';
import { violationUnit } from './violation.ts';

/**
 * The units that may see a case: those that handle or have handled it, and the unit right above a shop
 * that did, which supervises it; a reported violation is seen where it is checked, and
 * units that sit in see what they sit in on. Above that, roll-ups only (minimum necessary).
 * `levelOf` gives the level of a unit path; 1 is the lowest.
 */
export function caseSight(
  state: Pick<CaseState, 'handledBy' | 'handlingPath' | 'violation' | 'joinedUnits'>,
  levelOf: (path: string) => number,
): string[] {
  const sight = new Set<string>();
  for (const path of state.handledBy) {
    sight.add(path);
    const above = parentPath(path);
    if (above !== null && levelOf(path) === 1) sight.add(above);
  }
  if (state.violation) sight.add(violationUnit(state));
  for (const path of state.joinedUnits ?? []) sight.add(path);
  return [...sight];
}
