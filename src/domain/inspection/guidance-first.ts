import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { Wording } from '../procedure/index.ts';
import type { GuidanceFirst, InspectionPayload } from './events.ts';
import type { GuidanceState } from './guidance.ts';
import shipped from './guidance-first.json' with { type: 'json' };

/** A reason for which a merchant is visited without guidance before it, though it is inspected less after a repair. */
export const GuidanceException = z.object({
  code: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: Wording,
  tag: z.enum(['sourced', 'assumption', 'local']),
});
export type GuidanceException = z.infer<typeof GuidanceException>;

/** Kinds of reasons for visits of a day and later. For how long after a repair is among the settings of repair, `limits.relief`. */
const Versions = z.object({
  versions: z
    .array(z.object({ from: DayText, exceptions: z.array(GuidanceException).max(30) }))
    .min(1)
    .refine((all) => all.every(({ from }, place) => place === 0 || from > (all[place - 1]?.from ?? ''))),
});
const { versions } = Versions.parse(shipped);

/** The kinds of reasons that are allowed on a day. */
export function guidanceExceptionsOn(day: string): readonly GuidanceException[] {
  return versions.findLast(({ from }) => from <= day)?.exceptions ?? [];
}

type Result = Pick<InspectionPayload<'result-recorded@1'>, 'on' | 'outcome' | 'guidanceId' | 'exception'>;

/** Whether guidance by appointment has to come before a visit of that day: after a repair, for as long as the draw says. */
export function isGuidanceFirst(
  mark: Pick<GuidanceFirst, 'until'> | undefined,
  { on, outcome }: Result,
): boolean {
  return mark !== undefined && on <= mark.until && outcome !== 'not-reached';
}

/**
 * Why the visit of a merchant that is to be guided first is refused: it names neither the guidance that was held nor a reason of an allowed
 * kind (预约式指导 before any visit for some months after a repair: assumption). Null where it is not.
 */
export function refusalOfVisit(mark: GuidanceFirst | undefined, result: Result): Refusal | null {
  const { exception, guidanceId, on } = result;
  if (exception && !guidanceExceptionsOn(on).some(({ code }) => code === exception.kind))
    return { rule: 'guidance-exception-unknown', field: 'exception.kind' };
  return isGuidanceFirst(mark, result) && !guidanceId && !exception
    ? { rule: 'guidance-first', field: 'guidanceId', parameters: { day: mark?.until ?? '' } }
    : null;
}

/** The guidance that came between a repair and a visit; undefined where none did. Of several the last. */
export function guidanceBetween(
  guidances: readonly GuidanceState[],
  merchantId: string,
  from: string,
  on: string,
): GuidanceState | undefined {
  return guidances
    .filter((one) => one.merchantId === merchantId && one.held !== null)
    .toSorted((a, b) => ((a.held?.on ?? '') < (b.held?.on ?? '') ? -1 : 1))
    .findLast(({ held }) => held !== null && held.on >= from && held.on <= on);
}
