import { z } from 'zod';
import type { PatrolStreet } from '../../contract/workstation/street.ts';
import { Answer, type Checklist } from '../../domain/street/index.ts';
import { dayIfAny, dayNeeded } from '../kernel/components/typed-values.ts';

/** One item as it stands in the form: not answered yet, or as it will be recorded. */
export const ItemValue = Answer.pick({ note: true, photos: true }).extend({
  answer: Answer.shape.answer.nullable(),
});
export type ItemValue = z.infer<typeof ItemValue>;

/** What stands in the form of one shop, by the codes of items. */
const VisitValues = z.object({
  answers: z.record(z.string(), ItemValue),
  findings: z.string().max(1000, { error: 'too_big' }),
  recheckOn: dayIfAny,
});
type VisitValues = z.infer<typeof VisitValues>;

/** What stands in the form of a patrol. A shop that is not chosen any more keeps what was typed of it. */
export const PatrolValues = z.object({
  on: dayNeeded,
  chosen: z.array(z.string()),
  visits: z.record(z.string(), VisitValues),
});
export type PatrolValues = z.input<typeof PatrolValues>;

export const EMPTY_ITEM: ItemValue = { answer: null, note: '', photos: [] };
export const EMPTY_VISIT: VisitValues = { answers: {}, findings: '', recheckOn: null };

/** The answers that were given, in the checklist's order. */
export function answersOf({ items }: Pick<Checklist, 'items'>, given: VisitValues['answers']): Answer[] {
  return items.flatMap(({ code: item }) => {
    const { answer, note, photos } = given[item] ?? EMPTY_ITEM;
    return answer === null ? [] : [{ item, answer, note, photos: answer === 'missed' ? photos : [] }];
  });
}

/** The patrol as it is recorded. */
export function patrolOf(
  patrolId: string,
  streetId: string,
  { on, chosen, visits }: PatrolValues,
  checklist: Pick<Checklist, 'items'>,
): PatrolStreet {
  return {
    patrolId,
    streetId,
    on: on ?? '',
    shops: chosen.map((merchantId) => {
      const { answers, findings, recheckOn } = visits[merchantId] ?? EMPTY_VISIT;
      const given = answersOf(checklist, answers);
      return {
        merchantId,
        answers: given,
        findings,
        // Nothing missed, nothing to look at again, whatever was typed before.
        recheckOn: given.some(({ answer }) => answer === 'missed') ? recheckOn || null : null,
      };
    }),
  };
}

/** Where a field of the contract stands in the form: the second shop's answers under its merchant's id. */
export const formField =
  (chosen: readonly string[]) =>
  (field: string): string => {
    const [shops, place, ...rest] = field.split('.');
    if (shops !== 'shops') return field;
    const merchantId = chosen[Number(place)];
    const [first] = rest;
    return merchantId === undefined || first === undefined || first === 'merchantId'
      ? 'chosen'
      : ['visits', merchantId, ...rest].join('.');
  };
