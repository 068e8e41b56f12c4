import { sql } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { callDue, shippedRegimes } from '../../domain/sanction/index.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { UnitCache } from '../kernel/units.ts';
import { type AdminFact, withCentreLog } from '../organisation/index.ts';
import { merchantsBehind, remindedMerchants } from './known.ts';
import { phoneOf } from './send.ts';

/** Merchants that are looked at in one transaction: pushes of their units wait for no more than these. */
const PAGE = 200;

/** The window that calls for a district: the one that has had to do with the record, else the first by its path (assumption). */
function windowOf(units: UnitCache, district: string, before: readonly string[]): string | null {
  const windows = units
    .all()
    .filter(({ path, body }) => body === 'window' && topOf(path) === district)
    .map(({ path }) => path)
    .toSorted();
  return before.find((path) => windows.includes(path)) ?? windows[0] ?? null;
}

async function callsOf(
  transaction: Transaction,
  units: UnitCache,
  ids: readonly string[],
  day: string,
): Promise<AdminFact[]> {
  return (await remindedMerchants(transaction, ids)).flatMap(({ merchant, sanctions, others }) =>
    sanctions.flatMap((sanction): AdminFact[] => {
      const due = callDue(sanction, shippedRegimes, day, others);
      if (due === null) return [];
      const district = topOf(sanction.unitPath);
      return [
        {
          stream: { kind: 'sanction', id: sanction.id },
          type: 'sanction-call-asked',
          payload: {
            windowPath: windowOf(units, district, sanction.windows),
            ...due,
            phone: phoneOf(merchant, day),
          },
          unitPath: `/${district}`,
        },
      ];
    }),
  );
}

/**
 * Asks for the calls that are due today, as the centre's own facts: by them a window sees the record, and the call stands on its list, with
 * or without a line. Cut between two pages, the next run goes on. Returns how many were asked for.
 */
export async function askForCalls(
  parts: IngestParts,
  now: Date,
  stopped: () => boolean = () => false,
): Promise<number> {
  const day = businessDay(now.toISOString());
  let asked = 0;
  for (let after = ''; !stopped();) {
    const ids = await merchantsBehind(parts.database, after, PAGE, { all: false });
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    // First without the centre's log, for which others wait: most pages have nothing.
    const likely = await parts.database
      .transaction()
      .execute((transaction) => callsOf(transaction, parts.units, ids, day));
    if (likely.length === 0) continue;
    asked += await withCentreLog(parts, now, async ({ transaction, record }) => {
      await sql`SELECT FROM stream WHERE kind = 'sanction' AND id = ANY(${textArray(
        likely.map(({ stream }) => stream.id),
      )}::text[]) ORDER BY kind, id FOR UPDATE`.execute(transaction);
      const facts = await callsOf(transaction, parts.units, ids, day);
      await record(facts);
      return facts.length;
    });
  }
  return asked;
}
