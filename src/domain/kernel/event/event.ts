import { z } from 'zod';

/**
 * The name of a stream kind or a role as transmitted and stored. A newer release may have names that this one does not know;
 * such events are kept and passed on, so only the format is checked at the trust border.
 */
export const OpenName = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/);

/** The device id of the centre's own events. */
export const CENTRE_DEVICE = 'centre';

/** A path of unit ids from the root: `/HS/TY/TY01`. Ids hold letters, digits, `-`, `_` and `.`. */
export const UnitPath = z.string().regex(/^(\/[A-Za-z0-9._-]{1,40}){1,12}$/);
/** An instant with zone. */
export const Instant = z.iso.datetime({ offset: true });
/** A calendar day `YYYY-MM-DD` (Asia/Shanghai where it comes from an instant). */
export const DayText = z.iso.date();
/** Safe for every column and index: no control characters, no unpaired surrogates. */
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

/** True when this release knows the role. An unknown role is granted nothing. */
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
/** An actor whose role this release knows. */
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
  /** Device id, or `centre` for events recorded by the centre's administrators. */
  device: Id,
  /** 1, 2, 3, … per device without gaps. */
  deviceSequence: z.int().min(1),
  /** The device's clock; never used for order. */
  at: Instant,
  /** Path of the unit where it happened, at that time. */
  unitPath: UnitPath,
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** The parts of an event that a ruling may depend on. */
export type RecordedFact = Pick<
  EventEnvelope,
  'stream' | 'type' | 'version' | 'payload' | 'actor' | 'at' | 'unitPath'
>;
/** A fact as reducers see it: its actor has a role that this release knows. */
export type Fact = RecordedFact & { actor: Actor };

/** True when the actor's role is known to this release. */
export function isInKnownRole(fact: RecordedFact): fact is Fact {
  return isRole(fact.actor.role);
}
