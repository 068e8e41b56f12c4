import type { CaseAct, CaseDetail } from '../../contract/workstation/case.ts';
import type { Deadline } from '../../domain/case/deadline.ts';
import { nextSteps } from '../../domain/case/reducer.ts';
import { reviewRule } from '../../domain/case/review.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { violationUnit } from '../../domain/case/violation.ts';
import { inHierarchy, may, parentPath } from '../../domain/organisation/index.ts';
import type { DirectoryUnit } from '../kernel/store/units-and-rules.ts';
import type { CallContext, StaffSession } from '../kernel/parts.ts';

type Moves = Pick<CaseDetail, 'steps' | 'handDownTargets' | 'transferTargets' | 'joinTargets'>;

/** What this person may do with the case now, and where it may go. `row` carries the deadline that runs. */
export function movesOf(
  { workstation }: CallContext,
  state: CaseState,
  row: { deadline: string | null },
  staff: StaffSession,
): Moves {
  const above = parentPath(state.handlingPath);
  const units = workstation.directory
    .all()
    .filter((unit) => inHierarchy(unit) && (unit.disputePoint || state.handledBy.includes(unit.path)));
  const named = ({ path, name }: DirectoryUnit): { path: string; name: string } => ({ path, name });
  const handDownTargets = units
    .filter((unit) => parentPath(unit.path) === state.handlingPath)
    .map((unit) => ({ ...named(unit), former: state.handledBy.includes(unit.path) }))
    .toSorted((a, b) => Number(b.former) - Number(a.former));
  const transferTargets = units
    .filter((unit) => above !== null && parentPath(unit.path) === above && unit.path !== state.handlingPath)
    .map(named);
  const there = new Set([...state.handledBy, ...(state.joinedUnits ?? [])]);
  const joinTargets = units.filter((unit) => !there.has(unit.path)).map(named);
  const steps: CaseAct[] = [];
  if (may(staff.role, 'case.handle') && state.erased === undefined) {
    const possible = nextSteps(state);
    if (staff.unitPath === state.handlingPath) {
      steps.push(
        ...possible.filter(
          (step) =>
            step !== 'case-taken-over' &&
            (step !== 'case-handed-down' || handDownTargets.length > 0) &&
            (step !== 'case-transferred' || transferTargets.length > 0) &&
            (step !== 'unit-joined' || joinTargets.length > 0),
        ),
      );
    } else if (
      staff.unitPath === above &&
      possible.includes('case-taken-over') &&
      overdue(workstation.clock(), row)
    ) {
      steps.push('case-taken-over');
    }
    if (!state.historical && !state.violation && state.handledBy.includes(staff.unitPath)) {
      steps.push('violation-reported');
    }
    if (reviewRule(state, staff, null) === null) steps.push('case-reviewed');
    if (state.violation?.answer === null && staff.unitPath === violationUnit(state)) {
      steps.push('violation-answered');
    }
  }
  return { steps, handDownTargets, transferTargets, joinTargets };
}

function overdue(now: Date, row: { deadline: string | null }): boolean {
  return row.deadline !== null && Date.parse((JSON.parse(row.deadline) as Deadline).dueAt) < now.getTime();
}
