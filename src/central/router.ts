import { implement, type Router } from '@orpc/server';
import { sql } from 'kysely';
import { centralContract } from '../contract/centre/index.ts';
import { covers } from '../domain/organisation/unit.ts';
import { listDevices, revoke } from './organisation/devices.ts';
import { createCodes, enrol } from './organisation/enrolment.ts';
import { importCalendarYear, publishProcedure, readProcedures } from './procedure/procedures.ts';
import { listStaff, listUnits } from './organisation/lists.ts';
import { addStaff, assignStaff, deactivateStaff, setPassword } from './organisation/staff.ts';
import { createUnits } from './organisation/units.ts';
import { openArchived, searchArchive } from './archive/find.ts';
import { archivedAfter } from './archive/list.ts';
import { asUnit } from './kernel/db/as-unit.ts';
import type { Database } from './kernel/db/database.ts';
import { centreError } from './kernel/errors.ts';
import { listFleet } from './fleet/list.ts';
import { takeReport } from './fleet/report.ts';
import { askResync, supervisorAsking } from './fleet/resync.ts';
import { feedPage } from './kernel/feeds/page.ts';
import { snapshotPage } from './kernel/feeds/snapshot.ts';
import type { Live } from './live/live.ts';
import { acceptPush } from './kernel/ingest/push.ts';
import { answerRepeats } from './repeats/ask.ts';
import { districtOf, type ConsumerMarks } from './repeats/keys.ts';
import { accountOf } from './numbers/account.ts';
import { leaseNumbers, returnNumbers, setNumberPattern } from './numbers/lease.ts';
import { takeLeases } from './numbers/told.ts';
import { readRollup } from './rollup/read.ts';
import { verifyInvariants } from './verify/index.ts';
import type { UnitCache } from './kernel/units.ts';
import { admitDevice } from './kernel/http/guard.ts';
import type { CallerLimits } from './kernel/http/limits.ts';
import type { CentreMetrics } from './kernel/http/metrics.ts';
import { plainJson } from './kernel/http/plain-json.ts';
import { acceptedIn, refusalsOf, type Notes } from './kernel/http/request-log.ts';
import type { DeviceSession, Sessions } from './kernel/http/sessions.ts';

export type CentreParts = {
  database: Database;
  units: UnitCache;
  marks: ConsumerMarks;
  sessions: Sessions;
  clock: () => Date;
  release: string;
  metrics: CentreMetrics;
  callers: CallerLimits;
  live: Live;
  /** The history the database is in; null where it does not tell. */
  epoch: () => Promise<string | null>;
  /** What this release knows, once no fact is left that an older one set aside and this one would know; null before. */
  knows: () => string | null;
};

export type CentreContext = CentreParts & {
  authorization: string | undefined;
  requestId: string;
  /** Adds to the call's line in the log; never content. */
  note(notes: Notes): void;
  setHeader(name: string, value: string): void;
};

/**
 * Answers are not checked against their schemas: for a page of a feed that would cost more than reading it, and their types are
 * checked when this is compiled. NaN is no place among the middlewares (oRPC's documentation, "Disabling Output Validation").
 */
const os = implement(centralContract, { initialOutputValidationIndex: Number.NaN }).$context<CentreContext>();

/** The device that calls, counted. @throws NOT_AUTHENTICATED, DEVICE_REVOKED, TOO_MANY_REQUESTS */
async function deviceOf(context: CentreContext): Promise<DeviceSession> {
  const device = await context.sessions.device(context.authorization, context.clock());
  context.note({ device: device.deviceId });
  await admitDevice(context, device.deviceId);
  return device;
}

/** Runs an administrator's call. @throws NOT_AUTHENTICATED */
async function asAdministrator<Result>(
  { sessions, authorization }: CentreContext,
  take: () => Promise<Result>,
): Promise<Result> {
  await sessions.administrator(authorization);
  return take();
}

/** The centre's contract, implemented. Handlers check who calls and hand on; rules and SQL live below them. */
export const router: Router<typeof centralContract, CentreContext> = os.router({
  health: os.health.handler(({ context }) => ({
    ok: true as const,
    release: context.release,
    centreTime: context.clock().toISOString(),
  })),
  enrol: os.enrol.handler(async ({ context, input }) => {
    const { database, units, clock } = context;
    const now = clock();
    const enrolled = await enrol(database, units, input, now);
    const root = enrolled.unitPath.split('/').slice(0, 2).join('/');
    const unit = await units.find(root, database);
    return { ...enrolled, centreName: unit?.name ?? root, centreTime: now.toISOString() };
  }),
  challenge: os.challenge.handler(async ({ context, input }) => ({
    challenge: await context.sessions.challenge(input.deviceId, context.clock()),
  })),
  session: os.session.handler(async ({ context, input }) => {
    const now = context.clock();
    const token = await context.sessions.open(input, now);
    return { token, expiresInSeconds: context.sessions.seconds, centreTime: now.toISOString() };
  }),
  push: os.push.handler(async ({ context, input }) => {
    const { deviceId } = await deviceOf(context);
    const { units, marks, live } = context;
    const parts = { units, marks, moved: live.moved };
    const result = await acceptPush(context.database, parts, deviceId, input, context.clock());
    context.metrics.pushed(result);
    context.note({
      events: result.receipts.length + acceptedIn(result),
      refused: refusalsOf(result.receipts),
    });
    return { ...result, receipts: plainJson(result.receipts) };
  }),
  feed: os.feed.handler(async ({ context, input }) => {
    const device = await deviceOf(context);
    const now = context.clock();
    const { page, deviceHead } = await asUnit(context.database, device, async (sender) => {
      const read = await feedPage(sender, device.unitPath, input.after, input.limit, input.archived);
      const last = Math.max(
        read.items.at(-1)?.position ?? input.after,
        read.bare?.at(-1)?.position ?? input.after,
      );
      const { rows } = await sql<{ sequence: number; hash: string }>`
        UPDATE device SET last_seen_at = ${now}, feed_position = greatest(feed_position, ${last}::bigint)
        WHERE id = ${device.deviceId}
        RETURNING head_sequence AS sequence, head_hash AS hash`.execute(sender);
      return { page: read, deviceHead: rows[0] };
    });
    const epoch = await context.epoch();
    const knows = context.knows();
    return {
      ...page,
      items: plainJson(page.items),
      ...(page.back === undefined ? {} : { back: plainJson(page.back) }),
      ...(deviceHead ? { deviceHead } : {}),
      ...(epoch === null ? {} : { epoch }),
      ...(knows === null ? {} : { knows }),
      centreTime: now.toISOString(),
    };
  }),
  archive: {
    list: os.archive.list.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      const page = await asUnit(context.database, device, (sender) =>
        archivedAfter(sender, device.unitPath, input.after),
      );
      return { ...page, centreTime: context.clock().toISOString() };
    }),
    search: os.archive.search.handler(async ({ context, input }) =>
      searchArchive(context.database, await deviceOf(context), input, context.clock()),
    ),
    open: os.archive.open.handler(async ({ context, input }) => {
      const now = context.clock();
      const file = await openArchived(context.database, await deviceOf(context), input, now);
      return { ...file, items: plainJson(file.items), centreTime: now.toISOString() };
    }),
  },
  snapshot: os.snapshot.handler(async ({ context, input }) => {
    const page = await snapshotPage(context.database, await deviceOf(context), input);
    return { ...page, centreTime: context.clock().toISOString() };
  }),
  rollup: os.rollup.handler(async ({ context, input }) => {
    const device = await deviceOf(context);
    if (!covers(device.unitPath, input.path)) throw centreError('FORBIDDEN');
    return readRollup(context.database, context.units, input, context.clock(), device);
  }),
  report: os.report.handler(async ({ context, input }) => {
    const device = await deviceOf(context);
    const now = context.clock();
    await takeReport(context.database, context.units, device, input, now);
    return { ok: true as const, centreTime: now.toISOString() };
  }),
  fleet: {
    list: os.fleet.list.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      const under = input.under ?? device.unitPath;
      if (!covers(device.unitPath, under)) throw centreError('FORBIDDEN');
      return listFleet(context.database, context.units, under, context.clock(), device);
    }),
    resync: os.fleet.resync.handler(async ({ context, input }) => {
      const by = await supervisorAsking(context.database, await deviceOf(context), input);
      await askResync(context.database, context.units, input, by, context.clock());
      return { ok: true as const };
    }),
  },
  nudges: os.nudges.handler(async ({ context, signal }) => {
    const device = await deviceOf(context);
    return context.live.nudges(device, context.sessions.seconds * 1000, signal);
  }),
  presence: os.presence.handler(async ({ context, input }) =>
    context.live.present(await deviceOf(context), input),
  ),
  repeats: {
    key: os.repeats.key.handler(async ({ context }) => {
      const { unitPath } = await deviceOf(context);
      return { key: Buffer.from(context.marks.keyOf(districtOf(unitPath))).toString('base64') };
    }),
    ask: os.repeats.ask.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      return answerRepeats(context.database, context.units, device, input, context.clock());
    }),
  },
  numbers: {
    lease: os.numbers.lease.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      const { database, units, clock } = context;
      const at = { now: clock(), epoch: await context.epoch() };
      return { lease: await leaseNumbers(database, units, device, input, at) };
    }),
    tell: os.numbers.tell.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      const { database, units, clock } = context;
      return takeLeases(database, units, device, input, { now: clock(), epoch: await context.epoch() });
    }),
    return: os.numbers.return.handler(async ({ context, input }) => {
      const device = await deviceOf(context);
      await returnNumbers(context.database, context.units, device, input, context.clock());
      return { ok: true as const };
    }),
  },
  admin: {
    createUnits: os.admin.createUnits.handler(({ context, input }) =>
      asAdministrator(context, () =>
        createUnits(context.database, context.units, input.units, context.clock()),
      ),
    ),
    addStaff: os.admin.addStaff.handler(({ context, input }) =>
      asAdministrator(context, () => addStaff(context.database, context.units, input.staff, context.clock())),
    ),
    units: os.admin.units.handler(({ context, input }) =>
      asAdministrator(context, async () => ({ units: await listUnits(context.database, input.under) })),
    ),
    staff: os.admin.staff.handler(({ context, input }) =>
      asAdministrator(context, async () => ({ staff: await listStaff(context.database, input.under) })),
    ),
    assignStaff: os.admin.assignStaff.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await assignStaff(context.database, context.units, input, context.clock());
        return { ok: true as const };
      }),
    ),
    deactivateStaff: os.admin.deactivateStaff.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await deactivateStaff(context.database, context.units, input.staffId, context.clock());
        return { ok: true as const };
      }),
    ),
    setPassword: os.admin.setPassword.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await setPassword(context.database, context.units, input, context.clock());
        return { ok: true as const };
      }),
    ),
    createCodes: os.admin.createCodes.handler(({ context, input }) =>
      asAdministrator(context, () => createCodes(context.database, context.units, input, context.clock())),
    ),
    revoke: os.admin.revoke.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await revoke(context.database, context.units, input, context.clock());
        return { ok: true as const };
      }),
    ),
    fleet: os.admin.fleet.handler(({ context, input }) =>
      asAdministrator(context, () =>
        listFleet(context.database, context.units, input.under, context.clock(), null),
      ),
    ),
    resync: os.admin.resync.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        const by = { staffId: 'administrator', name: 'administrator' };
        await askResync(context.database, context.units, input, by, context.clock());
        return { ok: true as const };
      }),
    ),
    devices: os.admin.devices.handler(({ context }) =>
      asAdministrator(context, async () => ({ devices: await listDevices(context.database) })),
    ),
    rollup: os.admin.rollup.handler(({ context, input }) =>
      asAdministrator(context, () =>
        readRollup(context.database, context.units, input, context.clock(), null),
      ),
    ),
    setNumberPattern: os.admin.setNumberPattern.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await setNumberPattern(context.database, input);
        return { ok: true as const };
      }),
    ),
    numberAccount: os.admin.numberAccount.handler(({ context, input }) =>
      asAdministrator(context, () => accountOf(context.database, input.unitPath, input.year)),
    ),
    publishProcedure: os.admin.publishProcedure.handler(({ context, input }) =>
      asAdministrator(context, () =>
        publishProcedure(context.database, context.units, input, context.clock()),
      ),
    ),
    procedures: os.admin.procedures.handler(({ context, input }) =>
      asAdministrator(context, () => readProcedures(context.database, context.units, input, context.clock())),
    ),
    importCalendarYear: os.admin.importCalendarYear.handler(({ context, input }) =>
      asAdministrator(context, () =>
        importCalendarYear(context.database, context.units, input, context.clock()),
      ),
    ),
    verify: os.admin.verify.handler(({ context }) =>
      asAdministrator(context, async () => ({
        invariants: await verifyInvariants(context.database, context.units, context.marks),
      })),
    ),
  },
});
