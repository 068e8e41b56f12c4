import { z } from 'zod';
import type { Party } from '../kernel/event/party.ts';

/**
 * What a unit outside the dispute hierarchy is: a department of the district, the window at which a department takes
 * applications, or a bank. A unit without a body is a level of the hierarchy.
 */
export const Body = z.enum(['department', 'window', 'bank']);
export type Body = z.infer<typeof Body>;

const bodies: ReadonlySet<string> = new Set(Body.options);

/** Whether this release knows the body. A unit of one that it does not know is kept and passed on, and is no unit here. */
export function isBody(name: string): name is Body {
  return bodies.has(name);
}

/** The level of every unit outside the hierarchy: none. Those of the hierarchy count from 1. */
export const OUTSIDE_LEVEL = 0;

/** True for the level of a unit of the dispute hierarchy: one that can have cases and merchants, and is counted as a level. */
export function inHierarchy({ level }: { level: number }): boolean {
  return level > OUTSIDE_LEVEL;
}

/**
 * The party that a body counts as where one is asked for: departments and their windows are public bodies. A bank is none of the
 * three parties; what asks only whether a unit is the regulator's must be told no (assumption).
 */
export const PARTY_OF_BODY: Readonly<Record<Body, Party>> = {
  department: 'regulator',
  window: 'regulator',
  bank: 'operator',
};

/** Bodies that take part in what is applied for at any unit of the district, and are known to all of them; a bank is its own affair. */
const OFFICES: ReadonlySet<string> = new Set<Body>(['department', 'window']);

/** Whether a unit is a department or a window. */
export function isOffice({ body }: { body?: Body | null | undefined }): boolean {
  return OFFICES.has(body ?? '');
}
