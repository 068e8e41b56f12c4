/** Every kind of fault the simulator can inject, with what it does. */
export const FAULTS = {
  loss: 'a request is lost on its way',
  'answer-loss': 'the centre acts, and its answer is lost',
  duplicate: 'a request arrives twice',
  delay: 'a request arrives long after its sender gave up on it, behind later ones',
  partition: 'a workstation is cut off for a while',
  'cut-request': 'the connection breaks in the middle of a request’s body',
  'cut-answer': 'the connection breaks, or ends too early, in the middle of an answer’s body',
  crash: 'a workstation dies at one of its writes, before or after it; only its files remain',
  'disk-full': 'a workstation’s disk has no room',
  clock: 'a workstation’s clock jumps by days',
  restore: 'a workstation’s folder is put back from an older backup',
  clone: 'a workstation’s folder is copied; both go on with one identity',
  'centre-restart': 'the centre’s process ends and another begins, in the middle of a workstation’s round',
  failover:
    'the database connection is killed inside a batch’s transaction, and another centre process takes over',
  revoke: 'a workstation with unsent facts is revoked',
  reassign: 'a member of staff is assigned to another unit',
  rename: 'a unit is renamed',
  move: 'a unit goes on under another one: new path, new workstation, its people assigned there',
} as const;
export type Fault = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** Faults of single requests, drawn for each; the others are planned, each at its moment. */
export const REQUEST_FAULTS = [
  'loss',
  'answer-loss',
  'duplicate',
  'delay',
  'cut-request',
  'cut-answer',
] as const satisfies readonly Fault[];
export type RequestFault = (typeof REQUEST_FAULTS)[number];

export type PlannedFault = Exclude<Fault, RequestFault>;

export type FaultCounts = Record<Fault, number>;

export function noFaults(): FaultCounts {
  return Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as FaultCounts;
}

/** Reads `--faults all` or `--faults loss,clone`; null when a name is not a fault. */
export function readFaults(text: string): Set<Fault> | null {
  if (text === 'all') return new Set(FAULT_NAMES);
  const names = text.split(',').map((name) => name.trim());
  return names.every((name) => Object.hasOwn(FAULTS, name)) ? new Set(names as Fault[]) : null;
}
