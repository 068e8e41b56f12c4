import { administratorOs } from '../kernel/http/implementer.ts';
import type { Maintenance } from './index.ts';

/** Whether what the database holds is what its log leads to, and making it so. */
export const maintenanceHandlers = (maintenance: Maintenance) => ({
  verify: administratorOs.admin.verify.handler(async () => ({ invariants: await maintenance.verify() })),
  rebuild: administratorOs.admin.rebuild.handler(async ({ context, input }) => {
    const rebuilt = await maintenance.rebuild(input);
    if (!input.dryRun) await context.units.reload(context.database);
    return { rebuilt };
  }),
});
