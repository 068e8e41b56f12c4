import type { Draft } from '../../contract/workstation/drafts.ts';
import { os } from '../kernel/implementer.ts';

type Row = { key: string; title: string; fields: string; saved_at: string };

function draftOf(row: Row): Draft {
  return {
    key: row.key,
    title: row.title,
    values: JSON.parse(row.fields) as Record<string, unknown>,
    savedAt: row.saved_at,
  };
}

/** Forms not yet saved, kept per person so that neither a crash nor a change of shift loses them. */
export const drafts = {
  list: os.drafts.list.handler(async ({ context }) => {
    const { staff } = context;
    const rows = await context.workstation.store.read
      .selectFrom('draft')
      .selectAll()
      .where('staff_id', '=', staff.staffId)
      .orderBy('saved_at', 'desc')
      .execute();
    return rows.map(draftOf);
  }),
  get: os.drafts.get.handler(async ({ context, input }) => {
    const { staff } = context;
    const row = await context.workstation.store.read
      .selectFrom('draft')
      .selectAll()
      .where('staff_id', '=', staff.staffId)
      .where('key', '=', input.key)
      .executeTakeFirst();
    return row ? draftOf(row) : null;
  }),
  save: os.drafts.save.handler(async ({ context, input }) => {
    const { staff } = context;
    const savedAt = context.workstation.clock().toISOString();
    const values = { title: input.title, fields: JSON.stringify(input.values), saved_at: savedAt };
    await context.workstation.store.write((writer) =>
      writer
        .insertInto('draft')
        .values({ staff_id: staff.staffId, key: input.key, ...values })
        .onConflict((conflict) => conflict.columns(['staff_id', 'key']).doUpdateSet(values))
        .execute(),
    );
    return { savedAt };
  }),
  discard: os.drafts.discard.handler(async ({ context, input }) => {
    const { staff } = context;
    await context.workstation.store.write((writer) =>
      writer.deleteFrom('draft').where('staff_id', '=', staff.staffId).where('key', '=', input.key).execute(),
    );
    return { ok: true as const };
  }),
};
