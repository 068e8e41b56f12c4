import { z } from 'zod';
import type { AdmissionContext } from '../kernel/event/admission.ts';
import { type Fact, UnitPath } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';

/** The level of the units that decide what of their merchants the public sees. */
export const CIRCLE_LEVEL = 3;

export const publicSchemas = {
  /** From now on the public pages of the circle's merchants show their grades, or nothing of them. */
  'publication-set@1': z.object({
    circlePath: UnitPath,
    grades: z.boolean(),
    reason: z.string().trim().min(1).max(500),
  }),
};

/** What of a circle's merchants the public sees besides their promises. Its id is the circle's. */
export type PublicState = {
  id: string;
  unitPath: string;
  grades: boolean;
  /** Who decided so, when and why. */
  set: { at: string; staffId: string; name: string; unitPath: string; reason: string };
  revision: number;
};

/** Applies a decision about a circle: of a supervisor of the circle, or of one above it. */
export function applyPublic(state: PublicState | undefined, fact: Fact): Ruling<PublicState> {
  const read = readPayload(publicSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { circlePath, grades, reason } = read.payload;
  const { staffId, name, role, unitPath } = fact.actor;
  if (!may(role, 'public.decide')) return illegal('role-may-not', undefined, { role });
  if (lastUnit(circlePath) !== fact.stream.id) return illegal('publication-circle', 'circlePath');
  if (!covers(unitPath, circlePath)) return illegal('outside-scope', 'circlePath');
  if (showsGrades(state) === grades) return illegal('publication-same', 'grades');
  return legal({
    id: fact.stream.id,
    unitPath: circlePath,
    grades,
    set: { at: fact.at, staffId, name, unitPath, reason },
    revision: (state?.revision ?? 0) + 1,
  });
}

/** Grades are hidden until somebody decides otherwise. */
export function showsGrades(state: Pick<PublicState, 'grades'> | undefined): boolean {
  return state?.grades ?? false;
}

/** Only circles have such a decision (both sides): a shop does not choose what is shown of it, nor a district for all. */
export function refusalOfPublicFact(
  _before: PublicState | undefined,
  _fact: Fact,
  { unitPath }: PublicState,
  { exists, levelOf }: Pick<AdmissionContext<never>, 'exists' | 'levelOf'>,
): Refusal | null {
  if (!exists(unitPath)) return { rule: 'unit-missing', field: 'circlePath' };
  return levelOf(unitPath) === CIRCLE_LEVEL ? null : { rule: 'publication-circle', field: 'circlePath' };
}

/** The decision is known in the circle and above it. */
export function publicSight({ unitPath }: Pick<PublicState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}

/** The circle that a unit belongs to, itself where it is one; null where it is in none. */
export function circleAbove(path: string, levelOf: (path: string) => number): string | null {
  return ancestorsAndSelf(path).find((one) => levelOf(one) === CIRCLE_LEVEL) ?? null;
}
