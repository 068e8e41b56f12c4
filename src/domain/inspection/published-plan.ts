import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { may, parentPath } from '../organisation/index.ts';
import { defaultPlan } from './default-plan.ts';
import { faultOfPlan, InspectionPlan } from './plan.ts';

export const planSchemas = {
  'inspection-plan-published@1': z.object({
    /** 2, 3, 4, … per district; 1 is the shipped one. */
    version: z.int().min(2),
    plan: InspectionPlan,
  }),
};

export type NumberedPlan = { version: number; plan: InspectionPlan };

/** The plans that a district has published, oldest first. Its id is the topmost unit's. */
export type InspectionPlanState = {
  id: string;
  unitPath: string;
  versions: (NumberedPlan & { publishedAt: string; by: string })[];
};

type Published = Pick<InspectionPlanState, 'versions'> | undefined;

const SHIPPED: NumberedPlan = { version: 1, plan: defaultPlan };

/** The last plan that was published; the shipped one where none was. */
export function lastPlan(state: Published): NumberedPlan {
  return state?.versions.at(-1) ?? SHIPPED;
}

/** The plan by which a draw of that day is made. */
export function planOn(state: Published, day: string): NumberedPlan {
  return state?.versions.findLast(({ plan }) => plan.effectiveFrom <= day) ?? SHIPPED;
}

/** The plan of that number; undefined where it is not known here. */
export function planOfVersion(state: Published, version: number): InspectionPlan | undefined {
  return version === SHIPPED.version
    ? SHIPPED.plan
    : state?.versions.find((one) => one.version === version)?.plan;
}

/** Applies a publication, made by who decides for the topmost unit. */
export function applyPlan(state: InspectionPlanState | undefined, fact: Fact): Ruling<InspectionPlanState> {
  const read = readPayload(planSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (!may(fact.actor.role, 'inspection.decide'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  const { unitPath } = fact.actor;
  if (parentPath(unitPath) !== null || lastUnit(unitPath) !== fact.stream.id)
    return illegal('published-at-the-top', 'unitPath');
  const last = lastPlan(state);
  const { version, plan } = read.payload;
  if (version !== last.version + 1) return illegal('plan-version', 'version', { expected: last.version + 1 });
  const fault = faultOfPlan(plan, last.plan.effectiveFrom, businessDay(fact.at));
  if (fault) return { kind: 'illegal', refusal: fault };
  return legal({
    id: fact.stream.id,
    unitPath,
    versions: [...(state?.versions ?? []), { version, plan, publishedAt: fact.at, by: fact.actor.name }],
  });
}
