export { CAPABILITIES, type Capability, may } from './permission.ts';
export type { StaffState } from './staff.ts';
export { Level, Party, type UnitState, ancestorsAndSelf, covers, parentPath } from './unit.ts';
export type { WorkstationState } from './workstation.ts';
