import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';

/** What stands beside the grades: merchants of whom too little is known, and those whose grade is under objection. */
export const NOT_RATED = 'not-rated';
export const PENDING = 'pending';

/** A grade's code, or one of the two above. */
export const DrawClassName = z.string().regex(/^[A-Za-z0-9-]{1,12}$/);

/** How the drawn of a class are visited: with an appointment and advice first, by lot, or as a matter of priority. */
export const Manner = z.enum(['guidance', 'random', 'key']);
export type Manner = z.infer<typeof Manner>;

/** A share of the candidates; nobody can be drawn of more than all. */
export const PerMille = z.int().min(0).max(1000, 'draw-share-exceeds');

const Line = (max: number) => z.string().trim().min(1).max(max);

/** Which share of each class is inspected, and how. Grades stand from best to worst, those without one last. */
export const InspectionPlan = z.object({
  name: z.object({ zh: Line(60), en: Line(80) }),
  /** Draws of this day and later are made by it. */
  effectiveFrom: DayText,
  classes: z
    .array(
      z.object({
        class: DrawClassName,
        perMille: PerMille,
        manner: Manner,
        /** What another place has published for the like; null where nothing is known. */
        example: z.object({ from: PerMille, to: PerMille }).nullable(),
        /** Where the share comes from, and how surely it is known. */
        source: z.object({ text: Line(200), tag: z.enum(['second-hand', 'common', 'assumption', 'local']) }),
      }),
    )
    .min(3)
    .max(14),
});
export type InspectionPlan = z.infer<typeof InspectionPlan>;
export type PlanClass = InspectionPlan['classes'][number];

/** Whether a class is a grade. */
export const isGrade = (name: string): boolean => name !== NOT_RATED && name !== PENDING;

/**
 * The first fault of a plan: a class named twice or left out, a worse grade inspected less than a better one, a date that is not after
 * the plan in force or lies before the day on which it is published.
 */
export function faultOfPlan(plan: InspectionPlan, inForceFrom: string, today: string): Refusal | null {
  const names = plan.classes.map((one) => one.class);
  const repeated = names.findIndex((name, place) => names.indexOf(name) < place);
  if (repeated >= 0)
    return {
      rule: 'plan-class-repeated',
      field: `classes.${repeated}.class`,
      parameters: { class: names[repeated] ?? '' },
    };
  const missing = [NOT_RATED, PENDING].find((name) => !names.includes(name));
  if (missing !== undefined)
    return { rule: 'plan-class-missing', field: 'classes', parameters: { class: missing } };
  const grades = plan.classes.filter((one) => isGrade(one.class));
  const falls = grades.find((one, place) => one.perMille < (grades[place - 1]?.perMille ?? 0));
  if (falls !== undefined)
    return {
      rule: 'plan-share-falls',
      field: `classes.${names.indexOf(falls.class)}.perMille`,
      parameters: { class: falls.class },
    };
  if (plan.effectiveFrom <= inForceFrom || plan.effectiveFrom < today)
    return {
      rule: 'plan-date',
      field: 'effectiveFrom',
      parameters: { day: inForceFrom < today ? today : inForceFrom },
    };
  return null;
}
