import { administratorOs, deviceOs, openOs } from '../kernel/http/implementer.ts';
import { listDevices, revoke } from './devices.ts';
import { createCodes, enrol } from './enrolment.ts';
import { keepShare, recover } from './recovery.ts';
import { listStaff, listUnits } from './lists.ts';
import { addStaff, assignStaff, deactivateStaff, setPassword } from './staff.ts';
import { createUnits } from './units.ts';

/** Units, people and workstations. */
export const organisationHandlers = {
  enrol: openOs.enrol.handler(async ({ context, input }) => {
    const { database, units, clock } = context;
    const now = clock();
    const enrolled = await enrol(context, input, now);
    const root = enrolled.unitPath.split('/').slice(0, 2).join('/');
    const unit = await units.find(root, database);
    const key = context.key === null ? {} : { centreKey: context.key.publicKey };
    return { ...enrolled, ...key, centreName: unit?.name ?? root, centreTime: now.toISOString() };
  }),
  keyShare: deviceOs.keyShare.handler(async ({ context, input }) => {
    await keepShare(context.database, context.device.deviceId, input.share, context.clock());
    return { ok: true as const };
  }),
  recover: openOs.recover.handler(({ context, input }) => recover(context.database, input, context.clock())),
  administrator: {
    createUnits: administratorOs.admin.createUnits.handler(({ context, input }) =>
      createUnits(context, input.units, context.clock()),
    ),
    addStaff: administratorOs.admin.addStaff.handler(({ context, input }) =>
      addStaff(context, input.staff, context.clock()),
    ),
    units: administratorOs.admin.units.handler(async ({ context, input }) => ({
      units: await listUnits(context.database, input.under),
    })),
    staff: administratorOs.admin.staff.handler(async ({ context, input }) => ({
      staff: await listStaff(context.database, input.under),
    })),
    assignStaff: administratorOs.admin.assignStaff.handler(async ({ context, input }) => {
      await assignStaff(context, input, context.clock());
      return { ok: true as const };
    }),
    deactivateStaff: administratorOs.admin.deactivateStaff.handler(async ({ context, input }) => {
      await deactivateStaff(context, input.staffId, context.clock());
      return { ok: true as const };
    }),
    setPassword: administratorOs.admin.setPassword.handler(async ({ context, input }) => {
      await setPassword(context, input, context.clock());
      return { ok: true as const };
    }),
    createCodes: administratorOs.admin.createCodes.handler(({ context, input }) =>
      createCodes(context, input, context.clock()),
    ),
    revoke: administratorOs.admin.revoke.handler(async ({ context, input }) => {
      await revoke(context, input, context.clock());
      return { ok: true as const };
    }),
    devices: administratorOs.admin.devices.handler(async ({ context }) => ({
      devices: await listDevices(context.database),
    })),
  },
};
