import { sql } from 'kysely';
import type { Draft } from '../../contract/workstation/drafts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import type { StaffContext } from '../kernel/parts.ts';

type Row = { key: string; title: string; fields: string; saved_at: string };

function draftOf(row: Row): Draft {
  return {
    key: row.key,
    title: row.title,
    values: JSON.parse(row.fields) as Record<string, unknown>,
    savedAt: row.saved_at,
  };
}

/**
 * One form's drafts, newest first. The id behind the `#` is that of the record or fact which the form makes: where that is
 * there, the save had succeeded and only its answer, or the draft's removal, was lost. Such a draft is no work left undone,
 * and would be recorded as nothing new; it goes.
 */
async function draftsOf({ workstation, staff }: StaffContext, form: string): Promise<Draft[]> {
  const { rows } = await sql<Row & { recorded: 0 | 1 }>`
    SELECT key, title, fields, saved_at,
      EXISTS (SELECT 1 FROM event WHERE event.id = substr(key, ${form.length + 2}))
      OR EXISTS (SELECT 1 FROM stream WHERE kind IN ('case', 'return', 'merchant') AND stream.id = substr(key, ${form.length + 2}))
      AS recorded
    FROM draft
    WHERE staff_id = ${staff.staffId} AND (key = ${form} OR substr(key, 1, ${form.length + 1}) = ${`${form}#`})
    ORDER BY saved_at DESC`.execute(workstation.store.read);
  const done = rows.filter((row) => row.recorded === 1).map((row) => row.key);
  if (done.length > 0)
    await workstation.store.write((writer) =>
      writer.deleteFrom('draft').where('staff_id', '=', staff.staffId).where('key', 'in', done).execute(),
    );
  return rows.filter((row) => row.recorded === 0).map(draftOf);
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
  of: os.drafts.of.handler(({ context, input }) => draftsOf(context, input.form)),
  save: os.drafts.save.handler(async ({ context, input }) => {
    const { staff } = context;
    if (input.staffId !== undefined && input.staffId !== staff.staffId) throw serviceError('NOT_SIGNED_IN');
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
