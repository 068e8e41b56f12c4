import { z } from 'zod';
import { UnitPath, type Fact } from '../kernel/event/event.ts';
import { Party } from '../kernel/event/party.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { business } from '../kernel/text/index.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';

/** The levels Haishu uses, lowest first. Level numbers, not names, decide; more levels are a data change. */
export const LEVELS = [
  { level: 1, name: 'shop' },
  { level: 2, name: 'mall' },
  { level: 3, name: 'circle' },
  { level: 4, name: 'district' },
] as const;

export { Party };
export const Level = z.int().min(1).max(12);

const UnitFields = z.object({
  name: z.string().min(1).max(80),
  level: Level,
  party: Party,
  path: UnitPath,
  address: business(z.string().max(200)).optional(),
  /** True when the unit has a dispute point: a place with a workstation and a device. */
  disputePoint: z.boolean(),
});

export const unitSchemas = {
  'unit-created@1': UnitFields,
  'unit-renamed@1': z.object({ name: z.string().min(1).max(80) }),
};

export type UnitState = z.infer<typeof UnitFields> & { id: string };

/** Applies one fact to a unit. Only administrators create and rename units. */
export function applyUnit(state: UnitState | undefined, fact: Fact): Ruling<UnitState> {
  const read = readPayload(unitSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'unit-created@1') {
    if (state) return illegal('unit-exists');
    if (lastUnit(read.payload.path) !== fact.stream.id) return illegal('unit-path-mismatch', 'path');
    return legal({ id: fact.stream.id, ...read.payload });
  }
  if (!state) return illegal('unit-missing');
  return legal({ ...state, name: read.payload.name });
}

/**
 * Why a new unit cannot have a level, or null when it can: it must be one that the district has, and lower than its parent's. Asked
 * before a unit is created; units that are there already keep theirs.
 */
export function levelRefused(
  level: number,
  parentLevel: number | null,
): 'unit-level-unknown' | 'unit-not-below-parent' | null {
  if (!LEVELS.some((known) => known.level === level)) return 'unit-level-unknown';
  return parentLevel !== null && level >= parentLevel ? 'unit-not-below-parent' : null;
}

/** The path one level up, or null at the root. */
export function parentPath(path: string): string | null {
  const end = path.lastIndexOf('/');
  return end <= 0 ? null : path.slice(0, end);
}

/** The path itself and all above it, nearest first: `/HS/TY` → [`/HS/TY`, `/HS`]. */
export function ancestorsAndSelf(path: string): string[] {
  const paths: string[] = [];
  for (let at: string | null = path; at !== null; at = parentPath(at)) paths.push(at);
  return paths;
}

/** True when `path` is `scope` or lies below it. */
export function covers(scope: string, path: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
