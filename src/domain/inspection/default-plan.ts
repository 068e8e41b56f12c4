import shipped from './haishu.json' with { type: 'json' };
import { InspectionPlan } from './plan.ts';

/** The plan that holds where none was published, its number 1. */
export const defaultPlan = InspectionPlan.parse(shipped);
