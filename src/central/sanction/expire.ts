import { sql } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { type Expiry, expiryOf, type RestorationState } from '../../domain/restoration/index.ts';
import { type SanctionState, shippedRegimes } from '../../domain/sanction/index.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { type AdminFact, withCentreLog } from '../organisation/index.ts';

/** Records that are looked at in one statement. */
const PAGE = 1_000;
/** Records that end in one transaction: pushes of their merchants' units wait for no more than these. */
const AT_ONCE = 200;

type Found = { sanction: SanctionState; application: RestorationState | undefined };

/** Records with the applications that they are part of, in the order of their ids; `locked`: nobody changes them before the transaction ends. */
async function readRecords(
  from: QueryExecutor,
  which: { after: string } | { ids: readonly string[] },
): Promise<Found[]> {
  const locked = 'ids' in which;
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'sanction' AND state LIKE '%"ended":null%'
      AND ${locked ? sql`id = ANY(${textColumn(which.ids)}::text[])` : sql`id > ${which.after}`}
    ORDER BY id ${locked ? sql`FOR UPDATE` : sql`LIMIT ${sql.lit(PAGE)}`}`.execute(from);
  // The reducers have made what stands under their kinds.
  const sanctions = rows.map(({ state }) => JSON.parse(state) as SanctionState);
  const wanted = sanctions.flatMap(({ applied }) => (applied === null ? [] : [applied.restorationId]));
  const applications = new Map<string, RestorationState>();
  if (wanted.length > 0) {
    const { rows: found } = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'restoration' AND id = ANY(${textColumn(wanted)}::text[]) AND state IS NOT NULL
      ORDER BY id ${locked ? sql`FOR UPDATE` : sql``}`.execute(from);
    for (const { state } of found) {
      const application = JSON.parse(state) as RestorationState;
      applications.set(application.id, application);
    }
  }
  return sanctions.map((sanction) => ({
    sanction,
    application: applications.get(sanction.applied?.restorationId ?? ''),
  }));
}

const expires = ({ sanction, application }: Found, day: string): Expiry | null =>
  expiryOf(sanction, application, shippedRegimes, day);

function factsOf({ sanction, application }: Found, { matterId, ...ended }: Expiry): AdminFact[] {
  const over: AdminFact = {
    stream: { kind: 'sanction', id: sanction.id },
    type: 'sanction-expired',
    payload: ended,
    unitPath: sanction.unitPath,
  };
  if (application === undefined || matterId === null) return [over];
  const stream = { kind: 'restoration', id: application.id };
  const payload = { matterId, ...ended };
  return [over, { stream, type: 'matter-expired', payload, unitPath: application.unitPath }];
}

/**
 * Ends every record of which the maximum was over before today, with the matter of an application that is open about it: as facts of the
 * centre, worked out once more in the transaction that records them. Cut at any point, or run twice, it ends each once. Returns how many.
 */
export async function endExpired(
  parts: IngestParts,
  now: Date,
  stopped: () => boolean = () => false,
): Promise<number> {
  await parts.units.reload(parts.database);
  const day = businessDay(now.toISOString());
  let ended = 0;
  for (let after = ''; !stopped();) {
    const page = await readRecords(parts.database, { after });
    const due = page.filter((one) => expires(one, day) !== null).map(({ sanction }) => sanction.id);
    for (let start = 0; start < due.length && !stopped(); start += AT_ONCE) {
      const ids = due.slice(start, start + AT_ONCE);
      ended += await withCentreLog(parts, now, async ({ transaction, record }) => {
        const still = (await readRecords(transaction, { ids })).flatMap((one) => {
          const expiry = expires(one, day);
          return expiry === null ? [] : [{ one, expiry }];
        });
        await record(still.flatMap(({ one, expiry }) => factsOf(one, expiry)));
        return still.length;
      });
    }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    after = last.sanction.id;
  }
  return ended;
}
