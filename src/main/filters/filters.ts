import type { SavedFilter } from '../../contract/workstation/search.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import type { CallContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';

/** More would be a list to search in itself. */
const MOST = 30;

async function listFor({ workstation }: CallContext, staffId: string): Promise<SavedFilter[]> {
  return workstation.store.read
    .selectFrom('saved_filter')
    .select(['id', 'name', 'query'])
    .where('staff_id', '=', staffId)
    .orderBy('name')
    .execute();
}

/** Filters kept per person on this workstation. */
export const filters = {
  list: os.filters.list.handler(({ context }) => listFor(context, context.staff.staffId)),
  save: os.filters.save.handler(async ({ context, input }) => {
    const { staffId } = context.staff;
    const known = await listFor(context, staffId);
    if (known.length >= MOST && !known.some((one) => one.name === input.name))
      throw new RuleRefused({ rule: 'filters-too-many', field: 'name', parameters: { most: MOST } });
    await context.workstation.store.write(async (writer) => {
      await writer
        .deleteFrom('saved_filter')
        .where('staff_id', '=', staffId)
        .where((either) => either.or([either('name', '=', input.name), either('id', '=', input.id)]))
        .execute();
      await writer
        .insertInto('saved_filter')
        .values({ ...input, staff_id: staffId, saved_at: context.workstation.clock().toISOString() })
        .execute();
    });
    return listFor(context, staffId);
  }),
  rename: os.filters.rename.handler(async ({ context, input }) => {
    const { staffId } = context.staff;
    const known = await listFor(context, staffId);
    if (known.some((one) => one.name === input.name && one.id !== input.id))
      throw new RuleRefused({ rule: 'filter-name-taken', field: 'name' });
    await context.workstation.store.write((writer) =>
      writer
        .updateTable('saved_filter')
        .set({ name: input.name })
        .where('id', '=', input.id)
        .where('staff_id', '=', staffId)
        .execute(),
    );
    return listFor(context, staffId);
  }),
  remove: os.filters.remove.handler(async ({ context, input }) => {
    const { staffId } = context.staff;
    await context.workstation.store.write((writer) =>
      writer.deleteFrom('saved_filter').where('id', '=', input.id).where('staff_id', '=', staffId).execute(),
    );
    return listFor(context, staffId);
  }),
};
