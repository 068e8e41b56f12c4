import { z } from 'zod';
import { Id, Role, UnitPath } from '../../domain/kernel/event/event.ts';
import { Body } from '../../domain/organisation/body.ts';
import { Level, Party } from '../../domain/organisation/unit.ts';
import { Count, DeviceStatus, Time } from './values.ts';

/** A unit and all below it; everything when not given. */
export const ScopeQuery = z.object({ under: UnitPath.optional() });

export const UnitListed = z.object({
  path: z.string(),
  name: z.string(),
  level: z.int(),
  party: Party,
  disputePoint: z.boolean(),
  /** What it is outside the dispute hierarchy; null for a level of it. */
  body: Body.nullable(),
  /** Workstations in service and active accounts at this very unit. */
  workstations: Count,
  staff: Count,
});
export type UnitListed = z.infer<typeof UnitListed>;

export const StaffListed = z.object({
  staffId: z.string(),
  name: z.string(),
  role: Role,
  unitPath: z.string(),
  active: z.boolean(),
});
export type StaffListed = z.infer<typeof StaffListed>;

/** Where and as what a person works from now on; what was done under earlier assignments stays valid. */
export const StaffAssignment = z.object({ staffId: Id, role: Role, unitPath: UnitPath });
export const StaffReference = z.object({ staffId: Id });
export const StaffPassword = z.object({ staffId: Id, password: z.string().min(8).max(200) });

export const UnitInput = z.object({
  path: UnitPath,
  name: z.string().trim().min(1).max(80),
  /** Both for a level of the dispute hierarchy, neither for a unit outside it. */
  level: Level.optional(),
  party: Party.optional(),
  address: z.string().max(200).optional(),
  disputePoint: z.boolean(),
  /** What it is to be outside the dispute hierarchy. */
  body: Body.optional(),
});
export type UnitInput = z.infer<typeof UnitInput>;

export const StaffInput = z.object({
  id: Id.optional(),
  name: z.string().trim().min(1).max(60),
  role: Role,
  unitPath: UnitPath,
  /** At least 8 characters; hashed with argon2id at the centre. */
  password: z.string().min(8).max(200).optional(),
  /** Or an argon2id hash made elsewhere. */
  passwordHash: z.string().startsWith('$argon2id$').max(300).optional(),
});
export type StaffInput = z.infer<typeof StaffInput>;

export const DeviceInfo = z.object({
  deviceId: z.string(),
  name: z.string(),
  unitPath: z.string(),
  code: z.string(),
  enrolledAt: Time,
  lastSeenAt: Time.nullable(),
  lastPushedAt: Time.nullable(),
  events: Count,
  rejected: Count,
  status: DeviceStatus,
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;
