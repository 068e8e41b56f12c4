import type { Diagnostics, Settings } from '../../contract/workstation/settings.ts';
import type { SyncStatus } from '../../contract/workstation/sync.ts';
import { covers } from '../../domain/organisation/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { Client, StaffSession } from './client.ts';
import type { Host } from './host.ts';
import type { Directory, Store, Writer } from './store/index.ts';
import type { CentreLink } from './sync/centre-link.ts';
import type { SyncEngine } from './sync/engine.ts';
import type { Identity } from './sync/identity.ts';
import type { Sessions } from './sessions.ts';
import type { Standing } from './standing.ts';
import type { Vault } from './vault/index.ts';
import { serviceError } from './errors.ts';

export { newClient, type Client, type StaffSession } from './client.ts';

/**
 * What a list of another capability says of one record, by the record's kind. Open: each capability adds its own, beside the
 * function that makes it, by `declare module`.
 */
export interface SummaryOf {}

/**
 * What capabilities keep for as long as the workstation runs. Open: each adds its own, beside the function that creates it, by
 * `declare module`; the composition cannot leave one out.
 */
export interface CapabilityParts {}

/**
 * Each capability's way to summarize its own records, those of `ids` in their order; an id that stands on no list
 * here is left out. Overviews (today, deadlines, supervision) ask these and need to know no capability.
 */
export type Summaries = {
  readonly [Kind in keyof SummaryOf]: (
    workstation: WorkstationParts,
    ids: readonly string[],
  ) => Promise<SummaryOf[Kind][]>;
};

/** What every service of one workstation works with. */
export type WorkstationParts = CapabilityParts & {
  store: Store;
  directory: Directory;
  clock: () => Date;
  /** Milliseconds that the machine has run: what nobody sets, for what must not end sooner by another clock. */
  uptime: () => number;
  host: Host;
  release: string;
  /** How this workstation looks, and which language it speaks. */
  settings: () => Settings;
  sync: SyncEngine;
  sessions: Sessions;
  /** How this workstation stands with its centre. */
  standing: Standing;
  fetcher: typeof fetch;
  identity: () => Identity | null;
  link: () => CentreLink | null;
  setIdentity(identity: Identity): Promise<void>;
  /** Runs `work` and takes on the identity in one transaction: no fact is recorded between the two logs. */
  replaceIdentity<Result>(identity: Identity, work: (writer: Writer) => Promise<Result>): Promise<Result>;
  summaries: Summaries;
  /** What can be read of a damaged store is shown, and nothing is recorded. */
  readOnly: boolean;
  problem(code: string, text: string): void;
};

/**
 * What of a workstation is there while nobody is in: who may open it, wrong guesses, language and look. All that is kept about people
 * lies encrypted behind it, and nothing here holds a key to it then.
 */
export type Gate = {
  vault: Vault;
  sessions: Sessions;
  clock: () => Date;
  uptime: () => number;
  host: Host;
  release: string;
  dataFolder: string;
  fetcher: typeof fetch;
  /** What lies behind; null while it is shut. */
  parts(): WorkstationParts | null;
  /** Waits until a shutting under way is over. */
  settled(): Promise<void>;
  /**
   * Opens it with one of these keys where it is shut, and keeps it open while `work` lasts, which may let somebody in.
   * @throws whatever opening the store throws
   */
  openWith<Result>(
    keys: readonly Uint8Array[],
    work: (parts: WorkstationParts) => Promise<Result>,
  ): Promise<Result>;
  /** Somebody has come in by their password: from now on it is shut when nobody is in. */
  entered(): Promise<void>;
  /** Accounts, or how this workstation stands, may have changed: what is known while it is shut is brought up to date. */
  refresh(): Promise<void>;
  /** A call is being answered until the returned function is called: it is not shut before. */
  enter(): () => void;
  status(): SyncStatus;
  /** Calls the listener at every change until the returned function is called, whether open or shut. */
  subscribe(listener: (status: SyncStatus) => void): () => void;
  /** Days without the centre. */
  offline(): { days: number; expired: boolean };
  problem(code: string, text: string): void;
  /** The last problems since the program started, newest first; while it is open, those in its log are more. */
  problems(): Diagnostics['recentProblems'];
};

/** `workstation` is there while the gate is open: whoever asks it for anything while it is shut gets LOCKED. */
export type CallContext = { workstation: WorkstationParts; client: Client; gate: Gate };

/** A call by somebody who is signed in and may make it: `staff` is who they were when it began. */
export type StaffContext = CallContext & { staff: StaffSession };

/** What lists say of these records, in the order given; declared by the capability that the records belong to. */
export function summarize<Kind extends keyof SummaryOf>(
  { workstation }: CallContext,
  kind: Kind,
  rows: readonly { id: string }[],
): Promise<SummaryOf[Kind][]> {
  return workstation.summaries[kind](
    workstation,
    rows.map(({ id }) => id),
  );
}

/** The call with the person who is signed in. @throws NOT_SIGNED_IN */
export function asStaff(context: CallContext): StaffContext {
  const { staff } = context.client;
  if (staff === null) throw serviceError('NOT_SIGNED_IN');
  return { ...context, staff };
}

/** Refuses a record outside the person's scope as if it were not there. */
export function requireScope(staff: StaffSession, path: string): void {
  if (!covers(staff.unitPath, path)) throw serviceError('NOT_FOUND');
}

export function requireIdentity({ workstation }: CallContext): Identity {
  const identity = workstation.identity();
  if (identity === null) throw serviceError('NOT_ENROLLED');
  return identity;
}

/** The day in Asia/Shanghai by this workstation's clock. */
export function todayOf(workstation: WorkstationParts): string {
  return businessDay(workstation.clock().toISOString());
}
