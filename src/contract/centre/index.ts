import { type ContractRouter, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { CitizenCheck, CitizenChecked } from './alliance.ts';
import {
  ArchiveListQuery,
  ArchiveOpen,
  ArchiveSearch,
  ArchivedFile,
  ArchiveFound,
  ArchiveListPage,
} from './archive.ts';
import { FiguresQuery, FiguresView } from './figures.ts';
import { Id } from '../../domain/kernel/event/event.ts';
import { IN_SIGHT, NO_SCOPE, OWN_UNIT, unitAndBelow } from '../../domain/organisation/index.ts';
import type { Declares } from '../access.ts';
import { administrationContract } from './administration.ts';
import { type Access, device, open, person, supervisor, token } from './base.ts';
import { GradeFigures, GradeFiguresQuery } from './credit.ts';
import {
  ConsentedData,
  ConsentedQuery,
  DataQuery,
  DisclosedData,
  DisclosedGrade,
  DisclosedPoints,
  DisclosureQuery,
  LineAnswer,
  LineInput,
} from './disclosure.ts';
import { FEED_LIMIT, PUSH_LIMIT, FeedPage, PushedEvent, PushResult, SetAside } from './exchange.ts';
import { CreditPolicyAnswer, DistrictPolicyInput } from './credit.ts';
import { FleetQuery, ResyncRequest, StationReport, FleetView } from './fleet.ts';
import { Nudge, PresenceInput, PresenceAnswer } from './live.ts';
import { LeaseRequest, LeasesKept, LeasesTold, NumberLeaseAnswer, NumberReturn } from './numbers.ts';
import { MarkKey, RepeatsAnswer, RepeatsQuestion } from './repeats.ts';
import { RollupQuery, RollupView } from './rollup.ts';
import { SnapshotPage, SnapshotQuery } from './snapshot.ts';
import { CentreKeyText, Count, Ok, Time } from './values.ts';

export { StaffInput, UnitInput, type DeviceInfo } from './organisation.ts';
export { centreErrors, type CentreErrorCode } from './errors.ts';
export {
  BODY_LIMIT,
  FEED_LIMIT,
  PUSH_LIMIT,
  SetAside,
  PushedEvent,
  type AcceptedRun,
  type FeedItem,
  type FeedPage,
  type PushResult,
  type Receipt,
} from './exchange.ts';

const RECORDS = { whole: 'Records of a unit, to the workstation that keeps them for it.' };

/**
 * The centre's HTTP interface; every path below `/v1`, no call without its access. Device calls carry
 * `Authorization: Bearer <session token>`, those of bodies outside the token that was issued to them.
 */
export const centralContract = {
  health: open('For who looks whether the centre is there.')
    .route({ method: 'GET', path: '/health' })
    .output(Ok.extend({ release: z.string(), centreKey: CentreKeyText, centreTime: Time })),
  enrol: open('The code is what is asked for.')
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
      z.object({
        deviceId: z.string(),
        deviceCode: z.string(),
        unitPath: z.string(),
        centreName: z.string(),
        centreKey: CentreKeyText,
        centreTime: Time,
      }),
    ),
  /** Kept for the day on which nobody at the workstation can open it: worth nothing without its disk. */
  keyShare: device(OWN_UNIT)
    .route({ method: 'POST', path: '/key-share' })
    .input(z.object({ share: z.string().min(40).max(60) }))
    .output(Ok),
  /**
   * What a workstation gave to `keyShare`, for an enrolment code of its unit, which is spent.
   * @throws CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, DEVICE_UNKNOWN also where nothing was given, DEVICE_REVOKED, UNIT_DIFFERS
   */
  recover: open('The code is what is asked for.')
    .route({ method: 'POST', path: '/recover' })
    .input(z.object({ code: z.string().trim().min(6).max(40), deviceId: Id }))
    .output(z.object({ share: z.string() })),
  challenge: open('The first half of opening a session.')
    .route({ method: 'POST', path: '/challenge' })
    .input(z.object({ deviceId: Id }))
    .output(z.object({ challenge: z.string() })),
  session: open('The signature over the challenge is what is asked for.')
    .route({ method: 'POST', path: '/session' })
    .input(z.object({ deviceId: Id, challenge: z.string().max(2000), signature: z.string().max(200) }))
    .output(z.object({ token: z.string(), expiresInSeconds: Count, centreTime: Time })),
  push: device(OWN_UNIT)
    .route({ method: 'POST', path: '/push' })
    .input(
      z.object({
        events: z.array(PushedEvent).min(1).max(PUSH_LIMIT),
        signature: z.string().max(200),
        /** Over the root of these events' hashes; an older release of a device leaves it to the centre to answer for them. */
        attestation: z.string().max(200).optional(),
        /** Answer what was accepted just now as runs instead of a receipt each. */
        runs: z.boolean().optional(),
        setAside: SetAside.optional(),
      }),
    )
    .output(PushResult),
  feed: device(IN_SIGHT, RECORDS)
    .route({ method: 'GET', path: '/feed' })
    .input(
      z.object({
        after: z.coerce.number().int().min(0),
        limit: z.coerce.number().int().min(1).max(FEED_LIMIT).default(FEED_LIMIT),
        /** How items of archived records come: with their events, or as place and hash alone. */
        archived: z.enum(['whole', 'bare']).default('whole'),
      }),
    )
    .output(FeedPage),
  archive: {
    /** Which records of the unit's sight have been archived, in order. */
    list: device(IN_SIGHT)
      .route({ method: 'GET', path: '/archive/list' })
      .input(ArchiveListQuery)
      .output(ArchiveListPage),
    /** Archived cases of the unit's sight by what a person has in hand of one. */
    search: person(['case.read', 'case.handle'], IN_SIGHT)
      .route({ method: 'POST', path: '/archive/search' })
      .input(ArchiveSearch)
      .output(ArchiveFound),
    /** One of them, to be read. */
    open: person(['case.read', 'case.handle'], IN_SIGHT)
      .route({ method: 'POST', path: '/archive/open' })
      .input(ArchiveOpen)
      .output(ArchivedFile),
  },
  /** States instead of history, for a new workstation; its feed goes on from the first page's head. */
  snapshot: device(IN_SIGHT, RECORDS)
    .route({ method: 'GET', path: '/snapshot' })
    .input(SnapshotQuery)
    .output(SnapshotPage),
  rollup: device(unitAndBelow('path'))
    .route({ method: 'GET', path: '/rollup' })
    .input(RollupQuery)
    .output(RollupView),
  /** SLA figures by department, with what is lent; of a department itself, its own. */
  figures: device(unitAndBelow('path'))
    .route({ method: 'GET', path: '/figures' })
    .input(FiguresQuery)
    .output(FiguresView),
  /** How many merchants have which grade, and how that changed. */
  grades: device(unitAndBelow('path'))
    .route({ method: 'GET', path: '/grades' })
    .input(GradeFiguresQuery)
    .output(GradeFigures),
  /** What a workstation tells of itself: after a round whose outcome is another, and now and then. */
  report: device(OWN_UNIT)
    .route({ method: 'POST', path: '/report' })
    .input(StationReport)
    .output(Ok.extend({ centreTime: Time })),
  /**
   * Publishes a version of the own district's credit policy; `dryRun` only says who would change and why.
   * @throws INPUT_INVALID with every fault, RULE for any unit but a district's
   */
  creditPolicy: person('credit.decide', OWN_UNIT)
    .route({ method: 'POST', path: '/credit/policies' })
    .input(DistrictPolicyInput)
    .output(CreditPolicyAnswer),
  fleet: {
    /** Workstations of the device's unit and below it. */
    list: device(unitAndBelow('under'))
      .route({ method: 'GET', path: '/fleet' })
      .input(FleetQuery)
      .output(FleetView),
    /** A supervisor of the device's unit asks one of them to compare. */
    resync: supervisor(unitAndBelow())
      .route({ method: 'POST', path: '/fleet/resync' })
      .input(ResyncRequest)
      .output(Ok),
  },
  /** A stream of words that something moved, for as long as a session lasts; it begins with one. */
  nudges: device(OWN_UNIT).route({ method: 'GET', path: '/nudges' }).output(eventIterator(Nudge)),
  /** Which cases are open at the device now; answers who else has them open. Nothing of it is stored. */
  presence: device(IN_SIGHT)
    .route({ method: 'POST', path: '/presence' })
    .input(PresenceInput)
    .output(PresenceAnswer),
  repeats: {
    /** The key with which the district's workstations mark consumers. */
    key: device(NO_SCOPE).route({ method: 'GET', path: '/repeats/key' }).output(MarkKey),
    /** What the district knows of a mark beside what the asker's unit sees. */
    ask: device(NO_SCOPE)
      .route({ method: 'POST', path: '/repeats/ask' })
      .input(RepeatsQuestion)
      .output(RepeatsAnswer),
  },
  /**
   * Whether a citizen qualifies for a discount of a shop of the device's own unit, who has consented to it; recorded without anything that
   * tells who it was. @throws RULE where the discount is not in force, the text was another one, or no standing is known
   */
  checkCitizen: person('alliance.handle', OWN_UNIT)
    .route({ method: 'POST', path: '/alliance/checks' })
    .input(CitizenCheck)
    .output(CitizenChecked),
  numbers: {
    /** Leases document numbers; the lease itself comes by the feed. Null when the device holds enough. */
    lease: device(OWN_UNIT)
      .route({ method: 'POST', path: '/numbers/lease' })
      .input(LeaseRequest)
      .output(z.object({ lease: NumberLeaseAnswer.nullable() })),
    /** Tells a centre that was put back from a backup which leases it has lost; until all of a unit have, it leases no more. */
    tell: device(OWN_UNIT)
      .route({ method: 'POST', path: '/numbers/tell' })
      .input(LeasesTold)
      .output(LeasesKept),
    /** Gives back unused numbers of a year that is over. */
    return: device(OWN_UNIT)
      .route({ method: 'POST', path: '/numbers/return' })
      .input(NumberReturn)
      .output(Ok),
  },
  /** What bodies outside are told of a merchant, by its code; each answer is a fact that the merchant's unit reads. */
  disclosures: {
    grade: token('grades.read')
      .route({ method: 'GET', path: '/disclosures/grades/{code}' })
      .input(DisclosureQuery)
      .output(DisclosedGrade),
    points: token('points.read')
      .route({ method: 'GET', path: '/disclosures/points/{code}' })
      .input(DisclosureQuery)
      .output(DisclosedPoints),
    /**
     * The kinds of data that the merchant has consented to have told to the token's recipient, and that are asked for; what is under no
     * consent in force is refused. Both are on record. @throws FORBIDDEN where nothing is under one, MERCHANT_UNKNOWN
     */
    data: token('data.read')
      .route({ method: 'POST', path: '/disclosures/data' })
      .input(DataQuery)
      .output(DisclosedData),
    /** A line of credit that the token's recipient has granted, or what became of it. @throws FORBIDDEN, MERCHANT_UNKNOWN, RULE */
    line: token('lines.record')
      .route({ method: 'POST', path: '/disclosures/lines' })
      .input(LineInput)
      .output(LineAnswer),
  },
  consents: {
    /**
     * All that one consent lets a bank be told, for an officer at the bank's own workstation; on record as what is told by a token.
     * @throws FORBIDDEN where it was given to another unit, or is not in force
     */
    ask: person('consent.read', OWN_UNIT)
      .route({ method: 'POST', path: '/consents/ask' })
      .input(ConsentedQuery)
      .output(ConsentedData),
  },
  admin: administrationContract,
} satisfies ContractRouter<Declares<Access>>;
export type CentralContract = typeof centralContract;
