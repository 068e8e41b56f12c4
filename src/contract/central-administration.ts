import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import { Id, UnitPath } from '../domain/event/event.ts';
import {
  ScopeQuery,
  StaffAssignment,
  StaffInput,
  StaffPassword,
  StaffReference,
  UnitInput,
  type DeviceInfo,
  type StaffListed,
  type UnitListed,
} from './administration.ts';
import { centreErrors } from './centre-errors.ts';
import { FleetQuery, ResyncOrder, type FleetView } from './fleet.ts';
import { NumberAccountQuery, NumberPatternInput, type NumberAccount } from './numbers.ts';
import {
  CalendarYearInput,
  ProcedureInput,
  ProcedureQuery,
  type CalendarYearAnswer,
  type ProcedureAnswer,
  type RulesInForce,
} from './procedures.ts';
import { RollupQuery, type RollupView } from './rollup.ts';

const base = oc.errors(centreErrors);

/** What an administrator's token opens: units, people, workstations, rules, numbers, figures of everywhere. */
export const administrationContract = {
  createUnits: base
    .route({ method: 'POST', path: '/admin/units' })
    .input(z.object({ units: z.array(UnitInput).min(1).max(2000) }))
    .output(type<{ created: number; existing: number }>()),
  addStaff: base
    .route({ method: 'POST', path: '/admin/staff' })
    .input(z.object({ staff: z.array(StaffInput).min(1).max(2000) }))
    .output(type<{ ids: string[] }>()),
  units: base
    .route({ method: 'GET', path: '/admin/units' })
    .input(ScopeQuery)
    .output(type<{ units: UnitListed[] }>()),
  staff: base
    .route({ method: 'GET', path: '/admin/staff' })
    .input(ScopeQuery)
    .output(type<{ staff: StaffListed[] }>()),
  assignStaff: base
    .route({ method: 'POST', path: '/admin/staff/assign' })
    .input(StaffAssignment)
    .output(type<{ ok: true }>()),
  deactivateStaff: base
    .route({ method: 'POST', path: '/admin/staff/deactivate' })
    .input(StaffReference)
    .output(type<{ ok: true }>()),
  setPassword: base
    .route({ method: 'POST', path: '/admin/staff/password' })
    .input(StaffPassword)
    .output(type<{ ok: true }>()),
  createCodes: base
    .route({ method: 'POST', path: '/admin/codes' })
    .input(
      z.object({
        unitPaths: z.array(UnitPath).min(1).max(2000),
        validMinutes: z
          .int()
          .min(0)
          .max(60 * 24 * 30)
          .default(60 * 24),
      }),
    )
    .output(type<{ codes: { unitPath: string; code: string; expiresAt: string }[] }>()),
  revoke: base
    .route({ method: 'POST', path: '/admin/devices/{deviceId}/revoke' })
    .input(z.object({ deviceId: Id, reason: z.string().max(200).default('') }))
    .output(type<{ ok: true }>()),
  fleet: base.route({ method: 'GET', path: '/admin/fleet' }).input(FleetQuery).output(type<FleetView>()),
  resync: base
    .route({ method: 'POST', path: '/admin/devices/{deviceId}/resync' })
    .input(ResyncOrder)
    .output(type<{ ok: true }>()),
  devices: base.route({ method: 'GET', path: '/admin/devices' }).output(type<{ devices: DeviceInfo[] }>()),
  rollup: base.route({ method: 'GET', path: '/admin/rollup' }).input(RollupQuery).output(type<RollupView>()),
  setNumberPattern: base
    .route({ method: 'POST', path: '/admin/numbers/pattern' })
    .input(NumberPatternInput)
    .output(type<{ ok: true }>()),
  numberAccount: base
    .route({ method: 'GET', path: '/admin/numbers/account' })
    .input(NumberAccountQuery)
    .output(type<NumberAccount>()),
  /** Publishes a version of the procedure; `dryRun` only says what would change. @throws RULE */
  publishProcedure: base
    .route({ method: 'POST', path: '/admin/procedures' })
    .input(ProcedureInput)
    .output(type<ProcedureAnswer>()),
  /** Procedures and calendar of a district. */
  procedures: base
    .route({ method: 'GET', path: '/admin/procedures' })
    .input(ProcedureQuery)
    .output(type<RulesInForce>()),
  importCalendarYear: base
    .route({ method: 'POST', path: '/admin/calendar-years' })
    .input(CalendarYearInput)
    .output(type<CalendarYearAnswer>()),
  verify: base.route({ method: 'POST', path: '/admin/verify' }).output(
    type<{
      invariants: { name: string; checked: number; broken: number; examples: string[] }[];
    }>(),
  ),
};
