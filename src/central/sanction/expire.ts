import { sql } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { type Expiry, expiryOf, type RestorationState } from '../../domain/restoration/index.ts';
import { type SanctionState, shippedRegimes } from '../../domain/sanction/index.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { type AdminFact, withCentreLog } from '../organisation/index.ts';

/** Records that are looked at in one statement. */
const PAGE = 1_000;
/** Records that end in one transaction: pushes of their merchants' units wait for no more than these. */
const AT_ONCE = 200;

type Found = { sanction: SanctionState; application: RestorationState | undefined };
type Row = { kind: string; state: string };

/** Records with the applications that they are part of, in the order of their ids. The reducers have made what stands under their kinds. */
function foundIn(rows: readonly Row[]): Found[] {
  const applications = new Map(
    rows
      .filter(({ kind }) => kind === 'restoration')
      .map(({ state }) => JSON.parse(state) as RestorationState)
      .map((one) => [one.id, one]),
  );
  return rows
    .filter(({ kind }) => kind === 'sanction')
    .map(({ state }) => JSON.parse(state) as SanctionState)
    .map((sanction) => ({
      sanction,
      application: applications.get(sanction.applied?.restorationId ?? ''),
    }));
}

const applicationsOf = (records: readonly SanctionState[]): string[] =>
  records.flatMap(({ applied }) => (applied === null ? [] : [applied.restorationId]));

/** A page of records that have not ended, behind an id. */
async function readPage(from: QueryExecutor, after: string): Promise<Found[]> {
  const { rows } = await sql<Row>`
    SELECT kind, state FROM stream WHERE kind = 'sanction' AND id > ${after} AND state LIKE '%"ended":null%'
    ORDER BY id LIMIT ${sql.lit(PAGE)}`.execute(from);
  const wanted = applicationsOf(foundIn(rows).map(({ sanction }) => sanction));
  if (wanted.length === 0) return foundIn(rows);
  const { rows: applications } = await sql<Row>`
    SELECT kind, state FROM stream WHERE kind = 'restoration' AND id = ANY(${textColumn(wanted)}::text[])
      AND state IS NOT NULL`.execute(from);
  return foundIn([...rows, ...applications]);
}

/**
 * The same records once more, locked in the order in which pushes lock them. One that has become part of another application meanwhile is
 * left to the next run.
 */
async function readLocked(transaction: Transaction, due: readonly SanctionState[]): Promise<Found[]> {
  const applications = new Set(applicationsOf(due));
  const ids = [...due.map(({ id }) => id), ...applications];
  const kinds = ids.map((_, place) => (place < due.length ? 'sanction' : 'restoration'));
  const { rows } = await sql<Row>`
    SELECT stream.kind, stream.state FROM unnest(${textColumn(kinds)}::text[], ${textColumn(ids)}::text[]) AS wanted (kind, id)
    JOIN stream ON stream.kind = wanted.kind AND stream.id = wanted.id
    WHERE stream.state IS NOT NULL
    ORDER BY stream.kind, stream.id FOR UPDATE OF stream`.execute(transaction);
  return foundIn(rows).filter(
    ({ sanction: { applied } }) => applied === null || applications.has(applied.restorationId),
  );
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
    const page = await readPage(parts.database, after);
    const due = page.filter((one) => expires(one, day) !== null).map(({ sanction }) => sanction);
    for (let start = 0; start < due.length && !stopped(); start += AT_ONCE) {
      const some = due.slice(start, start + AT_ONCE);
      ended += await withCentreLog(parts, now, async ({ transaction, record }) => {
        const still = (await readLocked(transaction, some)).flatMap((one) => {
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
