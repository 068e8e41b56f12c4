import { z } from 'zod';
import { Month } from '../credit/index.ts';
import { Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf } from '../organisation/index.ts';

/** What a body outside may be told of a merchant's credit: its grade, or points and reasons as well. Never of a person. */
export const DisclosureScope = z.enum(['grades.read', 'points.read']);
export type DisclosureScope = z.infer<typeof DisclosureScope>;

const Line = (max: number) => z.string().trim().min(1).max(max);

/** A number of the asker's own file; it has no room for a name. */
export const Reference = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'disclosure-reference');

export const disclosureSchemas = {
  /** One answer that the centre has given. */
  'grade-disclosed@1': z.object({
    disclosureId: Id,
    merchantPath: UnitPath,
    scope: DisclosureScope,
    tokenId: Id,
    heldBy: Line(120),
    purpose: Line(200),
    reference: Reference.nullable(),
    /** What was said. */
    state: z.enum(['graded', 'not-rated', 'pending']),
    grade: z.string().max(12).nullable(),
    month: Month.nullable(),
  }),
};
type Disclosed = z.infer<(typeof disclosureSchemas)['grade-disclosed@1']>;

/** The latest answers of a merchant that a state keeps; the log has all. */
const KEPT = 100;

/** What was told of one merchant, and to whom; its id is the merchant's. */
export type DisclosureState = {
  id: string;
  unitPath: string;
  /** The latest first. */
  latest: (Disclosed & { at: string })[];
  /** All there ever were. */
  count: number;
};

/** Applies one fact: answers are the centre's alone. */
export function applyDisclosure(state: DisclosureState | undefined, fact: Fact): Ruling<DisclosureState> {
  const read = readPayload(disclosureSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  const { payload } = read;
  if (state?.latest.some(({ disclosureId }) => disclosureId === payload.disclosureId))
    return illegal('disclosure-exists', 'disclosureId');
  return legal({
    id: fact.stream.id,
    unitPath: payload.merchantPath,
    latest: [{ ...payload, at: fact.at }, ...(state?.latest ?? [])].slice(0, KEPT),
    count: (state?.count ?? 0) + 1,
  });
}

/** Known in the merchant's unit, whose business it is, and in all above. */
export function disclosureSight({ unitPath }: Pick<DisclosureState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
