export { Body, inHierarchy, isOffice, OUTSIDE_LEVEL } from './body.ts';
export { CAPABILITIES, type Capability, may } from './permission.ts';
export { IN_SIGHT, NO_SCOPE, OWN_UNIT, type Scope, fieldOf, unitAndBelow, unitsNamed } from './scope.ts';
export type { StaffState } from './staff.ts';
export { Level, Party, type UnitState, ancestorsAndSelf, covers, parentPath } from './unit.ts';
export type { WorkstationState } from './workstation.ts';
export { MOST_OFFLINE_DAYS, offlineStanding } from './offline.ts';
export {
  FORGOTTEN_AFTER_MS,
  isSimplePin,
  LEAST_PASSPHRASE,
  LEAST_PASSWORD,
  PIN_TRIES,
  waitAfter,
} from './guessing.ts';
export { AdministratorScope } from './administrator-scope.ts';
