import { implement, type Router } from '@orpc/server';
import { sql } from 'kysely';
import { centralContract } from '../../contract/central.ts';
import { covers } from '../../domain/org/unit.ts';
import { listDevices, revoke } from '../admin/devices.ts';
import { createCodes, enrol } from '../admin/enrolment.ts';
import { importCalendarYear, publishProcedure, readProcedures } from '../admin/procedures.ts';
import { addStaff } from '../admin/staff.ts';
import { createUnits } from '../admin/units.ts';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';
import { feedPage } from '../feeds/page.ts';
import { acceptPush } from '../ingest/push.ts';
import { answerRepeats } from '../marks/ask.ts';
import { districtOf, type ConsumerMarks } from '../marks/keys.ts';
import { accountOf } from '../numbers/account.ts';
import { leaseNumbers, returnNumbers, setNumberPattern } from '../numbers/lease.ts';
import { readRollup } from '../rollup/read.ts';
import { verifyInvariants } from '../verify/index.ts';
import type { UnitCache } from '../units.ts';
import type { CentreMetrics } from './metrics.ts';
import { plainJson } from './plain-json.ts';
import type { Sessions } from './sessions.ts';

export type CentreParts = {
  database: Database;
  units: UnitCache;
  marks: ConsumerMarks;
  sessions: Sessions;
  clock: () => Date;
  release: string;
  metrics: CentreMetrics;
};

export type CentreContext = CentreParts & { authorization: string | undefined; requestId: string };

const os = implement(centralContract).$context<CentreContext>();

const deviceOf = ({ sessions, authorization, clock }: CentreContext) =>
  sessions.device(authorization, clock());

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
    const result = await acceptPush(context.database, context, deviceId, input, context.clock());
    context.metrics.pushed(result);
    return { ...result, receipts: plainJson(result.receipts) };
  }),
  feed: os.feed.handler(async ({ context, input }) => {
    const { deviceId, unitPath } = await deviceOf(context);
    const now = context.clock();
    const page = await feedPage(context.database, unitPath, input.after, input.limit);
    const { rows } = await sql<{ sequence: number; hash: string }>`
      UPDATE device SET last_seen_at = ${now} WHERE id = ${deviceId}
      RETURNING head_sequence AS sequence, head_hash AS hash`.execute(context.database);
    const [deviceHead] = rows;
    const items = plainJson(page.items);
    return { ...page, items, ...(deviceHead ? { deviceHead } : {}), centreTime: now.toISOString() };
  }),
  rollup: os.rollup.handler(async ({ context, input }) => {
    const { unitPath } = await deviceOf(context);
    if (!covers(unitPath, input.path)) throw centreError('FORBIDDEN');
    return readRollup(context.database, context.units, input, context.clock());
  }),
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
      return { lease: await leaseNumbers(database, units, device, input, clock()) };
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
    createCodes: os.admin.createCodes.handler(({ context, input }) =>
      asAdministrator(context, () => createCodes(context.database, context.units, input, context.clock())),
    ),
    revoke: os.admin.revoke.handler(({ context, input }) =>
      asAdministrator(context, async () => {
        await revoke(context.database, context.units, input, context.clock());
        return { ok: true as const };
      }),
    ),
    devices: os.admin.devices.handler(({ context }) =>
      asAdministrator(context, async () => ({ devices: await listDevices(context.database) })),
    ),
    rollup: os.admin.rollup.handler(({ context, input }) =>
      asAdministrator(context, () => readRollup(context.database, context.units, input, context.clock())),
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
