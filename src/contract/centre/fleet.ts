import { z } from 'zod';
import { Id, Instant, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count, DeviceStatus, Time } from './values.ts';

/** What a compared feed showed: of `compared` items so many were not here, were otherwise here, stood elsewhere. */
export const ResyncResult = z.object({
  /** The request that asked for it. */
  asked: z.uuid(),
  compared: Count,
  missing: Count,
  different: Count,
  /** Held here as confirmed by the feed, and not in it. */
  extra: Count,
  /** Records whose state was made anew because it was not what their facts lead to. */
  mended: Count,
  at: Instant,
});
export type ResyncResult = z.infer<typeof ResyncResult>;

/** What a workstation tells of itself after a round: counts and times, nothing of what was recorded. */
export const StationReport = z.object({
  release: z.string().max(40),
  /** The workstation's clock when it was sent. */
  deviceTime: Instant,
  sign: z.enum(['proved', 'waiting', 'offline', 'attention']),
  /** Why it is not green, as the workstation words it under `sync.reason`. */
  reason: z
    .string()
    .regex(/^[a-z-]{1,60}$/)
    .nullable(),
  waiting: Count,
  /** When the oldest waiting fact was recorded, by the workstation's clock. */
  waitingSince: Instant.nullable(),
  /** Facts that need a person and that nobody has noted yet. */
  rejected: Count,
  quarantined: Count,
  unknown: Count,
  salvaged: Count,
  evidenceWaiting: Count,
  feedPosition: Count,
  /** The last resync done here, until the centre's record of it has come back. */
  resync: ResyncResult.nullable(),
  /** Wrong passwords tried there, and when last, by its clock; absent from a release that does not count them. */
  signIns: z.object({ failed: Count, lastFailedAt: Instant.nullable() }).optional(),
});
export type StationReport = z.infer<typeof StationReport>;

export const FleetQuery = z.object({ under: UnitPath.optional() });

/** One workstation as the centre knows it. */
export const FleetWorkstation = z.object({
  deviceId: z.string(),
  name: z.string(),
  code: z.string(),
  unitPath: z.string(),
  unitName: z.string(),
  status: DeviceStatus,
  enrolledAt: Time,
  lastSeenAt: Time.nullable(),
  lastPushedAt: Time.nullable(),
  /** True when the centre has not seen it within 24 hours: figures of its unit are not complete. */
  silent: z.boolean(),
  /** Facts of it the centre has, and how many of them it refused. */
  events: Count,
  refused: Count,
  /** Items of its feed it was not given yet; null when it never asked. */
  feedLag: Count.nullable(),
  /** Its own last word; null from a release that does not tell. */
  report: StationReport.omit({ deviceTime: true, resync: true })
    .extend({ at: Time, clockOffsetMs: z.number() })
    .nullable(),
  /** The last resync that was asked of it. */
  resync: z
    .object({
      askedAt: z.string(),
      askedBy: z.string(),
      reason: z.string(),
      result: ResyncResult.omit({ asked: true }).nullable(),
    })
    .nullable(),
});
export type FleetWorkstation = z.infer<typeof FleetWorkstation>;

export const FleetView = z.object({
  stations: z.array(FleetWorkstation),
  /** Of all in service: how many the centre has seen within 24 hours. */
  completeness: z.object({ workstations: Count, reported: Count }),
  generatedAt: Time,
});
export type FleetView = z.infer<typeof FleetView>;

const Reason = z.string().trim().min(1).max(200);
/** An administrator asks one workstation to read its feed from the beginning and compare. */
export const ResyncOrder = z.object({ deviceId: Id, reason: Reason });
/** The same by a supervisor, whose account the centre checks. */
export const ResyncRequest = ResyncOrder.extend({ staffId: Id });
