import { sql } from 'kysely';
import { headText } from '../../../protocol/centre-key.ts';
import { asUnit } from '../db/as-unit.ts';
import { deviceOs } from '../http/implementer.ts';
import { plainJson } from '../http/plain-json.ts';
import { feedPage } from './page.ts';
import { snapshotPage } from './snapshot.ts';

/** Gives workstations what their unit may see: as history, and to a new one as states. */
export const feedHandlers = {
  feed: deviceOs.feed.handler(async ({ context, input }) => {
    const { device } = context;
    const now = context.clock();
    const { page, deviceHead } = await asUnit(context.database, device, async (executor) => {
      const read = await feedPage(executor, device.unitPath, input.after, input.limit, input.archived);
      const last = Math.max(
        read.items.at(-1)?.position ?? input.after,
        read.bare?.at(-1)?.position ?? input.after,
      );
      const { rows } = await sql<{ sequence: number; hash: string }>`
        UPDATE device SET last_seen_at = ${now}, feed_position = greatest(feed_position, ${last}::bigint)
        WHERE id = ${device.deviceId}
        RETURNING head_sequence AS sequence, head_hash AS hash`.execute(executor);
      return { page: read, deviceHead: rows[0] };
    });
    const epoch = await context.epoch();
    const knows = context.knows();
    const publicUrl = context.publicUrl();
    const { key } = context;
    const headSignature = key?.sign(headText(device.unitPath, page.head, epoch ?? ''));
    return {
      ...page,
      ...(headSignature === undefined ? {} : { headSignature }),
      items: plainJson(page.items),
      ...(page.attestations === undefined ? {} : { attestations: plainJson(page.attestations) }),
      ...(page.back === undefined ? {} : { back: plainJson(page.back) }),
      ...(deviceHead ? { deviceHead } : {}),
      ...(epoch === null ? {} : { epoch }),
      ...(knows === null ? {} : { knows }),
      ...(publicUrl === null ? {} : { publicUrl }),
      centreTime: now.toISOString(),
    };
  }),
  snapshot: deviceOs.snapshot.handler(async ({ context, input }) => {
    const page = await snapshotPage(context.database, context.device, input);
    return { ...page, centreTime: context.clock().toISOString() };
  }),
};
