import type { PlanView, Preview } from '../../contract/workstation/inspection.ts';
import {
  type GuidanceFirst,
  type InspectionPlan,
  lastPlan,
  MOST_CANDIDATES,
  type NumberedPlan,
  type PlanClass,
  planOn,
} from '../../domain/inspection/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { may, parentPath } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, type Reader, RuleRefused, type Writer } from '../kernel/store/index.ts';
import { type Candidate, candidatesAt } from './candidates.ts';
import { relieved } from './relief.ts';

/** The plan that holds for a unit on a day. */
export async function planAt(from: Reader | Writer, unitPath: string, day: string): Promise<NumberedPlan> {
  return planOn(await loadState(from, 'inspection-plan', topOf(unitPath)), day);
}

/** What stands on the page of the plan. */
export async function planView({ workstation, staff }: StaffContext): Promise<PlanView> {
  const state = await loadState(workstation.store.read, 'inspection-plan', topOf(staff.unitPath));
  return {
    inForce: planOn(state, todayOf(workstation)),
    last: lastPlan(state),
    canPublish:
      parentPath(staff.unitPath) === null &&
      workstation.directory.partyOf(staff.unitPath) === 'regulator' &&
      may(staff.role, 'inspection.decide'),
  };
}

type Publishing = { eventId: string; version: number; plan: InspectionPlan; unitPath: string };

/** Publishes the next version of the plan, in the name of the topmost unit. */
export const publishPlan = command({
  context: noContext,
  decide: ({ eventId, version, plan, unitPath }: Publishing) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'inspection-plan', id: lastUnit(unitPath) },
        type: 'inspection-plan-published',
        version: 1,
        payload: { version, plan },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ payload }, { version, plan }) => requireSame(payload, { version, plan }),
  },
});

/** A class of the plan with those who are in it. */
export type FilledClass = PlanClass & { members: Candidate[] };

/**
 * The plan's classes with the merchants that a draw of today would be made from.
 * @throws RuleRefused for a grade that the plan says nothing of, for nobody, and for more than one draw holds
 */
export async function filledClasses(
  from: Reader | Writer,
  unitPath: string,
  day: string,
): Promise<{ version: number; classes: FilledClass[]; guidanceFirst: GuidanceFirst[] }> {
  const { version, plan } = await planAt(from, unitPath, day);
  const all = await candidatesAt(from, unitPath, day, MOST_CANDIDATES + 1);
  if (all.length === 0) throw new RuleRefused({ rule: 'draw-empty', field: 'unitPath' });
  if (all.length > MOST_CANDIDATES)
    throw new RuleRefused({
      rule: 'draw-too-many',
      field: 'unitPath',
      parameters: { count: all.length, most: MOST_CANDIDATES },
    });
  const unplanned = all.find((one) => !plan.classes.some((planned) => planned.class === one.class));
  if (unplanned)
    throw new RuleRefused({
      rule: 'plan-class-missing',
      field: 'unitPath',
      parameters: { class: unplanned.class },
    });
  const { candidates: drawn, guidanceFirst } = await relieved(from, all, plan.classes, day);
  const byClass = Map.groupBy(drawn, (one) => one.class);
  return {
    version,
    guidanceFirst,
    classes: plan.classes.map((one) => ({ ...one, members: byClass.get(one.class) ?? [] })),
  };
}

/** How many there are of each class, before anything is fixed. */
export async function preview({ workstation }: StaffContext, unitPath: string): Promise<Preview> {
  const { version, classes } = await filledClasses(workstation.store.read, unitPath, todayOf(workstation));
  return {
    unitPath,
    unitName: workstation.directory.nameOf(unitPath),
    planVersion: version,
    classes: classes.map(({ class: name, perMille, manner, members }) => ({
      class: name,
      perMille,
      manner,
      candidates: members.length,
    })),
  };
}
