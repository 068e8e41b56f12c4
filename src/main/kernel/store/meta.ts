import type { Reader, Writer } from './store.ts';

/** Reads one small value kept beside the data (identity, cursor, settings), or null. */
export async function readMeta(from: Reader | Writer, key: string): Promise<string | null> {
  const row = await from.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeMeta(writer: Writer, key: string, value: string): Promise<void> {
  await writer
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
