import { z } from 'zod';

/**
 * The name of a kind of stream or of a role as it travels and is stored. A newer release may have names that this one
 * does not know: what bears one is kept and passed on, so only its form is checked at the border.
 */
export const OpenName = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/);

/** The name under which the centre's own facts stand in the place of a device's. */
export const CENTRE_DEVICE = 'centre';

/** A path of unit ids from the root: `/HS/TY/TY01`. Ids hold letters, digits, `-`, `_` and `.`. */
export const UnitPath = z.string().regex(/^(\/[A-Za-z0-9._-]{1,40}){1,12}$/);
/** An instant with zone. */
export const Instant = z.iso.datetime({ offset: true });
/** A calendar day `YYYY-MM-DD` (Asia/Shanghai where it comes from an instant). */
export const DayText = z.iso.date();
/** What every column and index can hold as it is: no control characters, no halves of characters. */
const plain = /^[^\p{Cc}\p{Cs}]*$/u;

export const Id = z.string().min(1).max(64).regex(plain, 'text-not-storable');

export const Role = z.enum([
  'mediator',
  'shop-manager',
  'supervisor',
  'administrator',
  'repair-clerk',
  'department-reviewer',
  'credit-officer',
  'finance-officer',
]);
export type Role = z.infer<typeof Role>;

const roles: ReadonlySet<string> = new Set(Role.options);

/** Whether this release knows the role. One that it does not know is granted nothing. */
export function isRole(name: string): name is Role {
  return roles.has(name);
}

/** Who did it, as known at that moment: other units do not hold this person's account. */
export const RecordedActor = z.object({
  staffId: Id,
  name: z.string().min(1).max(60),
  role: OpenName,
  /** The unit the person belongs to; their scope is this unit and all below it. */
  unitPath: UnitPath,
});
export type RecordedActor = z.infer<typeof RecordedActor>;
/** The same, in a role that this release knows. */
export type Actor = RecordedActor & { role: Role };

/**
 * One fact. Whether kind, role, type and version are known is not checked here, and `payload` only by the stream's own
 * schema for (`type`, `version`), so that one bad or unknown event never blocks a batch.
 */
export const EventEnvelope = z.object({
  id: z.uuid(),
  stream: z.object({ kind: OpenName, id: Id }),
  type: z.string().min(1).max(60).regex(plain, 'text-not-storable'),
  version: z.int().min(1).max(1000),
  payload: z.unknown(),
  actor: RecordedActor,
  /** Device id, or `centre` for facts the centre's administrators make. */
  device: Id,
  /** 1, 2, 3, … per device without gaps. */
  deviceSequence: z.int().min(1),
  /** The device's clock; never used for order. */
  at: Instant,
  /** Path of the unit where it happened, at that time. */
  unitPath: UnitPath,
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** What of an event a ruling on it may rest on. */
export type RecordedFact = Pick<
  EventEnvelope,
  'stream' | 'type' | 'version' | 'payload' | 'actor' | 'at' | 'unitPath'
>;
/** The same as the reducers see it: done in a role that this release knows. */
export type Fact = RecordedFact & { actor: Actor };

/** Whether it was done in a role that this release knows. */
export function isInKnownRole(fact: RecordedFact): fact is Fact {
  return isRole(fact.actor.role);
}
