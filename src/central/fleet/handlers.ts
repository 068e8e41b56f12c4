import { administratorOs, deviceOs, personOs } from '../kernel/http/implementer.ts';
import { listFleet } from './list.ts';
import { takeReport } from './report.ts';
import { askResync, checkBelow } from './resync.ts';

/** What workstations tell of themselves, and whoever answers for them asks. */
export const fleetHandlers = {
  report: deviceOs.report.handler(async ({ context, input }) => {
    const now = context.clock();
    await takeReport(context, context.device, input, now);
    return { ok: true as const, centreTime: now.toISOString() };
  }),
  device: {
    list: deviceOs.fleet.list.handler(({ context, input }) => {
      const { database, units, clock, device } = context;
      return listFleet(database, units, input.under ?? device.unitPath, clock(), device);
    }),
    resync: personOs.fleet.resync.handler(async ({ context, input }) => {
      await checkBelow(context.database, context.device, input.deviceId);
      await askResync(context, input, context.person, context.clock());
      return { ok: true as const };
    }),
  },
  administrator: {
    fleet: administratorOs.admin.fleet.handler(({ context, input }) =>
      listFleet(context.database, context.units, input.under, context.clock(), null),
    ),
    resync: administratorOs.admin.resync.handler(async ({ context, input }) => {
      const by = { staffId: 'administrator', name: 'administrator' };
      await askResync(context, input, by, context.clock());
      return { ok: true as const };
    }),
  },
};
