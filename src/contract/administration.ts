import { z } from 'zod';
import { Id, Role, UnitPath } from '../domain/event/event.ts';
import { Level, Party } from '../domain/org/unit.ts';

/** A unit and all below it; everything when not given. */
export const ScopeQuery = z.object({ under: UnitPath.optional() });

export type UnitListed = {
  path: string;
  name: string;
  level: number;
  party: Party;
  disputePoint: boolean;
  /** Workstations in service and active accounts at this very unit. */
  workstations: number;
  staff: number;
};

export type StaffListed = { staffId: string; name: string; role: Role; unitPath: string; active: boolean };

/** Where and as what a person works from now on; what was done under earlier assignments stays valid. */
export const StaffAssignment = z.object({ staffId: Id, role: Role, unitPath: UnitPath });
export const StaffReference = z.object({ staffId: Id });
export const StaffPassword = z.object({ staffId: Id, password: z.string().min(8).max(200) });

export const UnitInput = z.object({
  path: UnitPath,
  name: z.string().trim().min(1).max(80),
  level: Level,
  party: Party,
  address: z.string().max(200).optional(),
  disputePoint: z.boolean(),
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
  passwordHash: z.string().startsWith('$argon2id$').optional(),
});
export type StaffInput = z.infer<typeof StaffInput>;

export type DeviceInfo = {
  deviceId: string;
  name: string;
  unitPath: string;
  code: string;
  enrolledAt: string;
  lastSeenAt: string | null;
  lastPushedAt: string | null;
  events: number;
  rejected: number;
  status: 'active' | 'revoked' | 'quarantined';
};
