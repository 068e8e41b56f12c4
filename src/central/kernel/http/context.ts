import type { IngestParts } from '../ingest/append.ts';
import type { Administrators } from './administrators.ts';
import type { Caller } from './callers.ts';
import type { CallerLimits } from './limits.ts';
import type { CentreMetrics } from './metrics.ts';
import type { Notes } from './request-log.ts';
import type { DeviceSession, Sessions } from './sessions.ts';

/** What calls of every capability work with. What one capability keeps for itself its handlers are made with. */
export type CentreParts = IngestParts & {
  sessions: Sessions;
  administrators: Administrators;
  clock: () => Date;
  release: string;
  metrics: CentreMetrics;
  callers: CallerLimits;
  /** The history the database is in; null where it does not tell. */
  epoch: () => Promise<string | null>;
  /** Where everybody finds the public pages; null where nobody does. */
  publicUrl: () => string | null;
  /** What this release knows, once no fact is left that an older one set aside and this one would know; null before. */
  knows: () => string | null;
  /** Whether workstations are to seal what they record. */
  seals: () => Promise<boolean>;
  /** Whether processes of an older release may still leave facts unsigned beside this one. */
  adopts: () => boolean;
};

export type CentreContext = CentreParts & {
  /** Who calls, known before the body was read. */
  caller: Caller;
  /** The code of an administrator's second sign-in, as it came. */
  secondCode: string | undefined;
  requestId: string;
  /** Adds to the call's line in the log; never content. */
  note(notes: Notes): void;
  setHeader(name: string, value: string): void;
};

/** The person in whose name a workstation asks, as the centre knows them. */
export type Person = { staffId: string; name: string };
export type DeviceContext = CentreContext & { device: DeviceSession };
export type PersonContext = DeviceContext & { person: Person };
