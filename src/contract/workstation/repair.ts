import { type } from '@orpc/contract';
import { z } from 'zod';
import { NO_SCOPE } from '../../domain/organisation/index.ts';
import { open, signedIn } from './base.ts';

/** What is wrong, as the start screen words it; see `main/kernel/store/fault.ts`. `key-lost`: what opens it was sealed elsewhere. */
export type Fault =
  | 'full'
  | 'io'
  | 'denied'
  | 'busy'
  | 'newer'
  | 'corrupt'
  | 'not-a-database'
  | 'missing'
  | 'key-lost'
  | 'other';

/**
 * Ways out of damage. `anew`: the damaged file is set aside, and the workstation enrolled with a code as at first. `read-only`: what
 * can be read is shown, and nothing is recorded.
 */
export const REPAIR_WAYS = ['facts', 'copy', 'centre', 'anew', 'read-only'] as const;
export type RepairWay = (typeof REPAIR_WAYS)[number];

/** What can be counted of facts in one place; null where nothing can be. */
export type Counted = {
  /** Facts that can be read. */
  here: number;
  /** Those of them that only this computer has. */
  unsent: number;
  /** Those of them that the centre has. */
  atCentre: number;
};

/** A way that can work here, or why it cannot. `at`: when the copy was made. */
export type RepairOffer = {
  way: RepairWay;
  possible: boolean;
  facts: number;
  unsent: number;
  at: string | null;
};

/** How far a repair has got; `total` 0 while that is not known. */
export type RepairWork = {
  way: RepairWay;
  stage: 'reading' | 'centre' | 'folding' | 'checking';
  done: number;
  total: number;
};

/** What a repair came to. */
export type RepairResult = {
  way: RepairWay;
  /** Facts in the new database. */
  facts: number;
  /** Those that are still to be sent. */
  unsent: number;
  /** Those that came from the centre by it. */
  fromCentre: number;
  /** Own facts that are nowhere any more; null where only the centre can say, which did not answer. */
  lost: number | null;
  /** Whether the centre was asked. */
  centre: boolean;
  /** Where the damaged file lies; null where there was none. */
  keptAs: string | null;
};

export type RepairState = {
  /** Null while the workstation is in order. */
  fault: Fault | null;
  /** For the administrator: the error itself. */
  detail: string;
  /** The folder with the data. */
  folder: string;
  counted: Counted | null;
  offers: RepairOffer[];
  work: RepairWork | null;
  result: RepairResult | null;
  /** Why the last repair stopped; nothing was changed by it. */
  failed: string | null;
};

/** A copy of the database; `facts` and `unsent` were counted in it after it was made. */
export type DatabaseCopy = { at: string; facts: number; unsent: number; bytes: number };

export type CopyState = {
  /** The nightly copies on this computer, the latest first. */
  nightly: DatabaseCopy[];
  /** The last one elsewhere, and where. */
  stick: (DatabaseCopy & { folder: string }) | null;
};

/** A damaged workstation has nobody who could sign in; what is told are counts, and what is done keeps every file. */
const BEFORE_ANYBODY = 'The accounts are in the database that does not open.';

export const repair = {
  state: open(BEFORE_ANYBODY).output(type<RepairState>()),
  /** Begins a repair, whose progress `state` tells. @throws RULE repair-not-possible */
  begin: open(BEFORE_ANYBODY)
    .input(z.object({ way: z.enum(REPAIR_WAYS) }))
    .output(type<RepairState>()),
  /** Opens the workstation again: what stood in the way may be gone, or was repaired. */
  open: open(BEFORE_ANYBODY).output(type<{ opened: boolean }>()),
  copies: signedIn(NO_SCOPE).output(type<CopyState>()),
  /** Makes a copy now, on this computer or in a folder elsewhere, and verifies it. @throws RULE copy-folder, STORAGE_FULL */
  copy: signedIn(NO_SCOPE)
    .input(z.object({ folder: z.string().trim().min(1).max(400).nullable() }))
    .output(type<DatabaseCopy>()),
};
