import { sql } from 'kysely';
import { headText } from '../../../protocol/centre-key.ts';
import { asUnit } from '../db/as-unit.ts';
import { deviceOs } from '../http/implementer.ts';
import { plainJson } from '../http/plain-json.ts';
import { adoptLog } from '../keys/adopt.ts';
import { areAttested } from './attestations.ts';
import { feedPage } from './page.ts';
import { snapshotPage } from './snapshot.ts';

/** Gives workstations what their unit may see: as history, and to a new one as states. */
export const feedHandlers = {
  feed: deviceOs.feed.handler(async ({ context, input }) => {
    const { device } = context;
    const now = context.clock();
    const read = () =>
      asUnit(context.database, device, async (executor) => {
        const found = await feedPage(executor, device.unitPath, input.after, input.limit, input.archived);
        const last = Math.max(
          found.items.at(-1)?.position ?? input.after,
          found.bare?.at(-1)?.position ?? input.after,
        );
        const { rows } = await sql<{ sequence: number; hash: string }>`
        UPDATE device SET last_seen_at = ${now}, feed_position = greatest(feed_position, ${last}::bigint)
        WHERE id = ${device.deviceId}
        RETURNING head_sequence AS sequence, head_hash AS hash`.execute(executor);
        return { page: found, deviceHead: rows[0] };
      });
    let { page, deviceHead } = await read();
    const { key } = context;
    // An older release's process beside this one took them in, and nobody has answered for them yet.
    if (
      key !== null &&
      context.adopts() &&
      !areAttested([...page.items, ...(page.back ?? []), ...(page.erasures ?? [])], page.attestations ?? [])
    ) {
      await adoptLog(context.database, key);
      ({ page, deviceHead } = await read());
    }
    const epoch = await context.epoch();
    const knows = context.knows();
    const seals = await context.seals();
    const publicUrl = context.publicUrl();
    const headSignature = key?.sign(headText(device.unitPath, page.head, epoch ?? ''));
    return {
      ...page,
      ...(headSignature === undefined ? {} : { headSignature }),
      items: plainJson(page.items),
      ...(page.attestations === undefined ? {} : { attestations: plainJson(page.attestations) }),
      ...(page.back === undefined ? {} : { back: plainJson(page.back) }),
      ...(page.erasures === undefined ? {} : { erasures: plainJson(page.erasures) }),
      ...(deviceHead ? { deviceHead } : {}),
      ...(epoch === null ? {} : { epoch }),
      ...(knows === null ? {} : { knows }),
      ...(seals ? { seals } : {}),
      ...(publicUrl === null ? {} : { publicUrl }),
      centreTime: now.toISOString(),
    };
  }),
  snapshot: deviceOs.snapshot.handler(async ({ context, input }) => {
    const page = await snapshotPage(context.database, context.device, input);
    return { ...page, centreTime: context.clock().toISOString() };
  }),
};
