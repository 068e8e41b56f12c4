import { z } from 'zod';
import { Month } from '../credit/index.ts';
import { Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { MOST_MONTHS } from './commend.ts';
import { DrawClassName } from './plan.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

const Commended = z.object({
  merchantId: Id,
  name: Line(160),
  merchantPath: UnitPath,
  points: z.int(),
});

/** Facts of one list of merchants that are commended. */
export const commendationSchemas = {
  'commendation-published@1': z.object({
    unitPath: UnitPath,
    /** The last of the months that were asked for. */
    month: Month,
    months: z.int().min(1).max(MOST_MONTHS),
    topGrade: DrawClassName,
    merchants: z.array(Commended).max(5000),
    /** Who fulfilled it and was left off all the same. */
    leftOff: z.array(Commended.extend({ reason: Line(300) })).max(500),
  }),
  /** One is taken off after the list was published. */
  'commendation-withdrawn@1': z.object({ merchantId: Id, reason: Line(300) }),
};
type Payload<Key extends keyof typeof commendationSchemas> = z.infer<(typeof commendationSchemas)[Key]>;

export type CommendationState = Payload<'commendation-published@1'> & {
  id: string;
  published: { at: string; name: string; unitPath: string };
  withdrawn: { merchantId: string; reason: string; at: string; name: string }[];
  revision: number;
};

/** Applies one fact to a list of commended merchants. */
export function applyCommendation(
  state: CommendationState | undefined,
  fact: Fact,
): Ruling<CommendationState> {
  const read = readPayload(commendationSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath, name } = fact.actor;
  if (!may(role, 'inspection.decide')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'commendation-published@1') {
    if (state) return illegal('commendation-exists');
    const { payload } = read;
    if (!covers(unitPath, payload.unitPath)) return illegal('outside-scope', 'unitPath');
    const ids = [...payload.merchants, ...payload.leftOff].map((one) => one.merchantId);
    if (new Set(ids).size !== ids.length) return illegal('commendation-twice', 'merchants');
    return legal({
      ...payload,
      id: fact.stream.id,
      published: { at: fact.at, name, unitPath },
      withdrawn: [],
      revision: 1,
    });
  }
  if (!state) return illegal('commendation-missing');
  if (!covers(unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  const { merchantId, reason } = read.payload;
  if (!state.merchants.some((one) => one.merchantId === merchantId))
    return illegal('commendation-not-on', 'merchantId');
  if (state.withdrawn.some((one) => one.merchantId === merchantId))
    return illegal('commendation-off-already', 'merchantId');
  return legal({
    ...state,
    withdrawn: [...state.withdrawn, { merchantId, reason, at: fact.at, name }],
    revision: state.revision + 1,
  });
}

/** Known where it was published and above: why somebody was left off is nobody else's business. */
export function commendationSight({ published }: Pick<CommendationState, 'published'>): string[] {
  return ancestorsAndSelf(published.unitPath);
}
