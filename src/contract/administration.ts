import { z } from 'zod';
import { Id, Role, UnitPath } from '../domain/event/event.ts';
import type { Party } from '../domain/org/unit.ts';

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
