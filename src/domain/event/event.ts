import { z } from 'zod';

/** The kinds of stream an event may belong to; one reducer each. */
export const StreamKind = z.enum([
  'case',
  'return',
  'merchant',
  'unit',
  'staff',
  'workstation',
  'procedure',
  'calendar',
]);
export type StreamKind = z.infer<typeof StreamKind>;

/** A path of unit ids from the root: `/HS/TY/TY01`. Ids hold letters, digits, `-`, `_` and `.`. */
export const UnitPath = z.string().regex(/^(\/[A-Za-z0-9._-]{1,40}){1,12}$/);
/** An instant with zone. */
export const Instant = z.iso.datetime({ offset: true });
/** A calendar day `YYYY-MM-DD` (Asia/Shanghai where it comes from an instant). */
export const DayText = z.iso.date();
export const Id = z.string().min(1).max(64);

export const Role = z.enum(['mediator', 'shop-manager', 'supervisor', 'administrator']);
export type Role = z.infer<typeof Role>;

/** Who did it, as known at that moment: other units do not hold this person's account. */
export const Actor = z.object({
  staffId: Id,
  name: z.string().min(1).max(60),
  role: Role,
  /** The unit the person belongs to; their scope is this unit and all below it. */
  unitPath: UnitPath,
});
export type Actor = z.infer<typeof Actor>;

/**
 * One fact. `payload` is checked by the stream's own schema for (`type`, `version`), not here, so that
 * one bad or unknown event never blocks a batch.
 */
export const EventEnvelope = z.object({
  id: z.uuid(),
  stream: z.object({ kind: StreamKind, id: Id }),
  type: z.string().min(1).max(60),
  version: z.int().min(1).max(1000),
  payload: z.unknown(),
  actor: Actor,
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

/** An event as the reducers see it. */
export type Fact = Pick<
  EventEnvelope,
  'stream' | 'type' | 'version' | 'payload' | 'actor' | 'at' | 'unitPath'
>;
