import { asUnit } from '../kernel/db/as-unit.ts';
import { deviceOs, personOs } from '../kernel/http/implementer.ts';
import { plainJson } from '../kernel/http/plain-json.ts';
import { openArchived, searchArchive } from './find.ts';
import { archivedAfter } from './list.ts';

/** Cases closed long ago. */
export const archiveHandlers = {
  list: deviceOs.archive.list.handler(async ({ context, input }) => {
    const { device } = context;
    const page = await asUnit(context.database, device, (executor) =>
      archivedAfter(executor, device.unitPath, input.after),
    );
    return { ...page, centreTime: context.clock().toISOString() };
  }),
  search: personOs.archive.search.handler(({ context, input }) =>
    searchArchive(context.database, context.device, input, context.clock()),
  ),
  open: personOs.archive.open.handler(async ({ context, input }) => {
    const now = context.clock();
    const file = await openArchived(context.database, context.device, input, now);
    return { ...file, items: plainJson(file.items), centreTime: now.toISOString() };
  }),
};
