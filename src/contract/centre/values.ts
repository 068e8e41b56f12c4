import { z } from 'zod';

/** Values that many answers hold. */
export const Time = z.iso.datetime();
export const Day = z.iso.date();
export const Count = z.int().min(0);
export const Ok = z.object({ ok: z.literal(true) });
/** Where a log ends: its last number and that one's hash. */
export const LogHead = z.object({ sequence: Count, hash: z.string() });
/** Position and running digest of a whole feed. */
export const FeedHead = z.object({ position: Count, digest: z.string() });
/** The centre's raw Ed25519 public key, base64url. Absent from a centre of an older release. */
export const CentreKeyText = z.string().exactOptional();
export const DeviceStatus = z.enum(['active', 'revoked', 'quarantined']);
