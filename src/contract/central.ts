import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import { EventEnvelope, Id, Role, UnitPath } from '../domain/event/event.ts';
import type { Refusal } from '../domain/event/ruling.ts';
import { Level, Party } from '../domain/org/unit.ts';
import type { NumberLease } from '../domain/document/numbers.ts';
import {
  ArchiveListQuery,
  ArchiveOpen,
  ArchiveSearch,
  type ArchivedFile,
  type ArchiveFound,
  type ArchiveListPage,
  type BareItem,
} from './archive.ts';
import {
  ScopeQuery,
  StaffAssignment,
  StaffPassword,
  StaffReference,
  type StaffListed,
  type UnitListed,
} from './administration.ts';
import { FleetQuery, ResyncOrder, ResyncRequest, StationReport, type FleetView } from './fleet.ts';
import { Nudge, PresenceInput, type PresenceAnswer } from './live.ts';
import {
  LeaseRequest,
  NumberAccountQuery,
  NumberPatternInput,
  NumberReturn,
  type NumberAccount,
} from './numbers.ts';
import {
  CalendarYearInput,
  ProcedureInput,
  ProcedureQuery,
  type CalendarYearAnswer,
  type ProcedureAnswer,
  type RulesInForce,
} from './procedures.ts';
import { RepeatsQuestion, type MarkKey, type RepeatsAnswer } from './repeats.ts';
import { RollupQuery, type RollupView } from './rollup.ts';
import { SnapshotQuery, type SnapshotPage } from './snapshot.ts';

/** Greatest number of events in one push, and of items in one page of a feed. */
export const PUSH_LIMIT = 1000;
export const FEED_LIMIT = 2000;
/** Greatest size of a request's body, bytes. */
export const BODY_LIMIT = 8 * 1024 * 1024;

/** Text that a database column can hold as it is: no control characters, no halves of characters. */
const StoredText = z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u, 'text-not-storable');

/** An event with its place in its device's hash chain. */
export const PushedEvent = EventEnvelope.extend({
  stream: EventEnvelope.shape.stream.extend({ id: StoredText.max(64) }),
  type: StoredText.max(60),
  previousHash: z.string().length(64),
  hash: z.string().length(64),
});
export type PushedEvent = z.infer<typeof PushedEvent>;

/**
 * What became of one pushed event.
 * accepted: legal, part of the truth. rejected: not legal when it came; it stays on record with its reason.
 * unknown: a type or version this centre does not know; kept and forwarded.
 */
export type Receipt = {
  id: string;
  deviceSequence: number;
  status: 'accepted' | 'rejected' | 'unknown';
  refusal?: Refusal;
};

/**
 * Events of one push that were accepted, one after the other in the device's log and in the feed of its unit:
 * `deviceSequence` from to to, standing at `feedPosition` and what follows. Their `receivedAt` in the feed is the
 * answer's `centreTime`.
 */
export type AcceptedRun = { from: number; to: number; feedPosition: number };

export type PushResult = {
  /** In device order; of all events, or of those that are in no run. */
  receipts: Receipt[];
  /** Only when asked for. Absent from a centre of an older release, which then gives every receipt. */
  runs?: AcceptedRun[];
  /** The device's log as the centre has it. */
  head: { sequence: number; hash: string };
  centreTime: string;
};

/** One entry of a unit's feed. Positions count 1, 2, 3, … without gaps. */
export type FeedItem = {
  position: number;
  status: 'accepted' | 'unknown';
  hash: string;
  receivedAt: string;
  event: EventEnvelope;
};

export type FeedPage = {
  items: FeedItem[];
  /**
   * Items of archived records without their events, when asked for so. With `items` they are all positions of the page,
   * without gaps.
   */
  bare?: BareItem[];
  /** What stands before this page of records in it that are or were archived: the asker may have let go of them. */
  back?: FeedItem[];
  /** Position and running digest of the whole feed. */
  head: { position: number; digest: string };
  /** How far the centre's archive goes; where it is further than the asker has read, something may have left. */
  archive?: number;
  /**
   * The asking device's own log as the centre has it. A device whose log does not hold this hash at this number is
   * an old backup or a copy. Absent from a centre of an older release.
   */
  deviceHead?: { sequence: number; hash: string };
  /**
   * Another value means another history of the database: it was put back from a backup. Absent where the database
   * does not tell, and from a centre of an older release.
   */
  epoch?: string;
  centreTime: string;
};

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

/** Every refusal of the centre, with its HTTP status. */
export const centreErrors = {
  /** Input does not have the right form: each issue names its field and rule. */
  INPUT_INVALID: {
    status: 400,
    message: 'Input is not valid',
    data: z.object({
      issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })),
    }),
  },
  NOT_AUTHENTICATED: { status: 401, message: 'No valid session' },
  FORBIDDEN: { status: 403, message: 'Outside this device’s scope' },
  DEVICE_REVOKED: { status: 403, message: 'This workstation was revoked' },
  /** The device's log and the centre's differ: two devices with one identity, or an old backup. */
  CHAIN_BROKEN: {
    status: 409,
    message: 'The log does not continue what the centre has',
    data: z.object({ sequence: z.int(), expectedHash: z.string(), reason: z.string() }),
  },
  /** Events are missing between the centre's head and the first pushed one. */
  SEQUENCE_GAP: {
    status: 409,
    message: 'Events are missing',
    data: z.object({ expected: z.int() }),
  },
  SIGNATURE_INVALID: { status: 400, message: 'The signature is not this device’s' },
  CODE_UNKNOWN: { status: 404, message: 'No such enrolment code' },
  CODE_EXPIRED: { status: 410, message: 'The enrolment code has expired' },
  CODE_USED: { status: 409, message: 'The enrolment code was used before' },
  /** Not in the archive, or out of the unit's sight: the two are not told apart. */
  ARCHIVED_UNKNOWN: { status: 404, message: 'No such case in the archive' },
  DEVICE_UNKNOWN: { status: 404, message: 'No such workstation' },
  /** This workstation has asked more than a desk's work needs; in so many seconds it may ask again. */
  TOO_MANY_QUESTIONS: {
    status: 429,
    message: 'Too many questions',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** More calls than one device or address may make; in so many seconds it may go on. `Retry-After` says the same. */
  TOO_MANY_REQUESTS: {
    status: 429,
    message: 'Too many calls',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** This process has as much to do as it takes on; nothing was done. `Retry-After` says the same. */
  OVERLOADED: {
    status: 503,
    message: 'Busy; nothing was done',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  /** A code of another unit cannot replace a workstation: its facts belong to its own unit. The code is not spent. */
  UNIT_DIFFERS: {
    status: 409,
    message: 'The code is for another unit',
    data: z.object({ path: z.string() }),
  },
  /** The states of this centre's release are not those the asker's release makes; the feed serves both. */
  SNAPSHOT_FORM_DIFFERS: { status: 409, message: 'States of another release' },
  UNIT_UNKNOWN: { status: 404, message: 'No such unit', data: z.object({ path: z.string() }) },
  RULE: {
    status: 422,
    message: 'A rule refuses this',
    data: z.object({
      rule: z.string(),
      field: z.string().optional(),
      parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  },
} as const;
export type CentreErrorCode = keyof typeof centreErrors;

const base = oc.errors(centreErrors);

/** The centre's HTTP interface; every path below `/v1`. Device calls carry `Authorization: Bearer <session token>`. */
export const centralContract = {
  health: base
    .route({ method: 'GET', path: '/health' })
    .output(type<{ ok: true; release: string; centreTime: string }>()),
  enrol: base
    .route({ method: 'POST', path: '/enrol' })
    .input(
      z.object({
        code: z.string().trim().min(6).max(40),
        name: z.string().trim().min(1).max(60),
        publicKey: z.string().min(40).max(60),
        /**
         * The identity this installation had so far and gives up, with that identity's signature over
         * `heshi-replace:<deviceId>:<new publicKey>`. The old identity is quarantined.
         */
        replaces: z.object({ deviceId: Id, signature: z.string().max(200) }).optional(),
      }),
    )
    .output(
      type<{
        deviceId: string;
        deviceCode: string;
        unitPath: string;
        centreName: string;
        centreTime: string;
      }>(),
    ),
  challenge: base
    .route({ method: 'POST', path: '/challenge' })
    .input(z.object({ deviceId: Id }))
    .output(type<{ challenge: string }>()),
  session: base
    .route({ method: 'POST', path: '/session' })
    .input(z.object({ deviceId: Id, challenge: z.string().max(2000), signature: z.string().max(200) }))
    .output(type<{ token: string; expiresInSeconds: number; centreTime: string }>()),
  push: base
    .route({ method: 'POST', path: '/push' })
    .input(
      z.object({
        events: z.array(PushedEvent).min(1).max(PUSH_LIMIT),
        signature: z.string().max(200),
        /** Answer what was accepted just now as runs instead of a receipt each. */
        runs: z.boolean().optional(),
      }),
    )
    .output(type<PushResult>()),
  feed: base
    .route({ method: 'GET', path: '/feed' })
    .input(
      z.object({
        after: z.coerce.number().int().min(0),
        limit: z.coerce.number().int().min(1).max(FEED_LIMIT).default(FEED_LIMIT),
        /** How items of archived records come: with their events, or as place and hash alone. */
        archived: z.enum(['whole', 'bare']).default('whole'),
      }),
    )
    .output(type<FeedPage>()),
  archive: {
    /** Which records of the unit's sight have been archived, in order. */
    list: base
      .route({ method: 'GET', path: '/archive/list' })
      .input(ArchiveListQuery)
      .output(type<ArchiveListPage>()),
    /** Archived cases of the unit's sight by what a person has in hand of one. */
    search: base
      .route({ method: 'POST', path: '/archive/search' })
      .input(ArchiveSearch)
      .output(type<ArchiveFound>()),
    /** One of them, to be read. */
    open: base
      .route({ method: 'POST', path: '/archive/open' })
      .input(ArchiveOpen)
      .output(type<ArchivedFile>()),
  },
  /** States instead of history, for a new workstation; its feed goes on from the first page's head. */
  snapshot: base
    .route({ method: 'GET', path: '/snapshot' })
    .input(SnapshotQuery)
    .output(type<SnapshotPage>()),
  rollup: base.route({ method: 'GET', path: '/rollup' }).input(RollupQuery).output(type<RollupView>()),
  /** What a workstation tells of itself: after a round whose outcome is another, and now and then. */
  report: base
    .route({ method: 'POST', path: '/report' })
    .input(StationReport)
    .output(type<{ ok: true; centreTime: string }>()),
  fleet: {
    /** Workstations of the device's unit and below it. */
    list: base.route({ method: 'GET', path: '/fleet' }).input(FleetQuery).output(type<FleetView>()),
    /** A supervisor of the device's unit asks one of them to compare. */
    resync: base
      .route({ method: 'POST', path: '/fleet/resync' })
      .input(ResyncRequest)
      .output(type<{ ok: true }>()),
  },
  /** A stream of words that something moved, for as long as a session lasts; it begins with one. */
  nudges: base.route({ method: 'GET', path: '/nudges' }).output(eventIterator(Nudge)),
  /** Which cases are open at the device now; answers who else has them open. Nothing of it is stored. */
  presence: base
    .route({ method: 'POST', path: '/presence' })
    .input(PresenceInput)
    .output(type<PresenceAnswer>()),
  repeats: {
    /** The key with which the district's workstations mark consumers. */
    key: base.route({ method: 'GET', path: '/repeats/key' }).output(type<MarkKey>()),
    /** What the district knows of a mark beside what the asker's unit sees. */
    ask: base
      .route({ method: 'POST', path: '/repeats/ask' })
      .input(RepeatsQuestion)
      .output(type<RepeatsAnswer>()),
  },
  numbers: {
    /** Leases document numbers; the lease itself comes by the feed. Null when the device holds enough. */
    lease: base
      .route({ method: 'POST', path: '/numbers/lease' })
      .input(LeaseRequest)
      .output(type<{ lease: NumberLease | null }>()),
    /** Gives back unused numbers of a year that is over. */
    return: base
      .route({ method: 'POST', path: '/numbers/return' })
      .input(NumberReturn)
      .output(type<{ ok: true }>()),
  },
  admin: {
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
    rollup: base
      .route({ method: 'GET', path: '/admin/rollup' })
      .input(RollupQuery)
      .output(type<RollupView>()),
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
  },
};
