import { z } from 'zod';
import { OpenName, UnitPath, type Fact } from '../kernel/event/event.ts';
import { Party } from '../kernel/event/party.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { business } from '../kernel/text/index.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { type Body, inHierarchy, isBody, OUTSIDE_LEVEL, PARTY_OF_BODY } from './body.ts';

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
  /**
   * A unit outside the hierarchy. Releases of before there were any keep and pass on what they do not know, and so never take one for
   * a level; the same holds here for a body that only a newer release knows.
   */
  'unit-created@2': UnitFields.pick({ name: true, path: true, address: true }).extend({ body: OpenName }),
  'unit-renamed@1': z.object({ name: z.string().min(1).max(80) }),
};

/** `body` is absent for a unit of the dispute hierarchy; one that has it has the level `OUTSIDE_LEVEL` and no dispute point. */
export type UnitState = z.infer<typeof UnitFields> & { id: string; body?: Body };

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
  if (read.key === 'unit-created@2') {
    const { body, ...payload } = read.payload;
    if (!isBody(body)) return { kind: 'unknown', type: fact.type, version: fact.version };
    if (state) return illegal('unit-exists');
    if (lastUnit(payload.path) !== fact.stream.id) return illegal('unit-path-mismatch', 'path');
    const outside = { level: OUTSIDE_LEVEL, party: PARTY_OF_BODY[body], disputePoint: false };
    return legal({ id: fact.stream.id, ...payload, ...outside, body });
  }
  if (!state) return illegal('unit-missing');
  return legal({ ...state, name: read.payload.name });
}

/** The level of districts, right below which departments and banks stand. */
export const DISTRICT_LEVEL = 4;

/** A unit that somebody wants to have: of the hierarchy with its level and party, or outside it with its body. */
export type WantedUnit = Pick<UnitState, 'path' | 'disputePoint'> & {
  level?: number | undefined;
  party?: Party | undefined;
  body?: Body | undefined;
};
/** What the unit above one is, as far as it is asked. */
export type UnitAbove = { level: number; body: Body | null };

/**
 * Why a new unit cannot be created, or null when it can. One of the hierarchy needs a party, a level that the district has and that is
 * lower than its parent's, and a parent of the hierarchy. One outside it has neither level, party nor dispute point; departments
 * and banks stand right below a district, windows right below a department (assumption). Asked before a unit is created; units that are there already stay.
 */
export function unitRefused(unit: WantedUnit, parent: UnitAbove | null): Refusal | null {
  const { body, path } = unit;
  if (body === undefined) return levelRefused(unit, parent);
  const parameters = { path, body };
  if (unit.level !== undefined) return { rule: 'unit-body-level', field: 'level', parameters };
  if (unit.party !== undefined) return { rule: 'unit-body-party', field: 'party', parameters };
  if (unit.disputePoint) return { rule: 'unit-body-point', field: 'disputePoint', parameters };
  if (body === 'window')
    return parent?.body === 'department'
      ? null
      : { rule: 'unit-window-below-department', field: 'path', parameters };
  return parent?.level === DISTRICT_LEVEL
    ? null
    : { rule: 'unit-body-below-district', field: 'path', parameters };
}

function levelRefused({ level, party, path }: WantedUnit, parent: UnitAbove | null): Refusal | null {
  if (level === undefined) return { rule: 'unit-level-missing', field: 'level', parameters: { path } };
  if (party === undefined) return { rule: 'unit-party-missing', field: 'party', parameters: { path } };
  if (!LEVELS.some((known) => known.level === level))
    return { rule: 'unit-level-unknown', field: 'level', parameters: { path, level } };
  if (parent === null) return null;
  if (!inHierarchy(parent)) return { rule: 'unit-below-body', field: 'path', parameters: { path } };
  return level >= parent.level
    ? { rule: 'unit-not-below-parent', field: 'level', parameters: { path, level } }
    : null;
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
