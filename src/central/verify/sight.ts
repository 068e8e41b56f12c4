import { sql } from 'kysely';
import { ancestorsAndSelf, covers, isOffice, parentPath } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { sightOf, storedState, streamOf, type AnyState } from '../../domain/streams.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { UnitCache } from '../kernel/units.ts';
import { createCheck, type Invariant } from './check.ts';

const PAGE = 5000;

type Row = { kind: string; id: string; state: string | null; sight: string; writers: string[] };

/**
 * No unit's feed carries a stream it may not see. Allowed are the units that the rules of sight name for the
 * stream's state, and those whose workstations wrote in it; for a unit's record also those below and beside it, and
 * for a procedure or a calendar all below the unit for which it was published.
 */
export async function sightIsAllowed(transaction: Transaction, units: UnitCache): Promise<Invariant> {
  const check = createCheck('no unit sees what it may not');
  let after: [string, string] = ['', ''];
  for (;;) {
    const { rows } = await sql<Row>`
      SELECT page.kind, page.id, page.state, page.sight, ARRAY(
        SELECT DISTINCT event.unit_path FROM event WHERE event.stream_kind = page.kind
          AND event.stream_id = page.id AND event.status <> 'rejected' AND event.device <> 'centre') AS writers
      FROM (SELECT * FROM stream WHERE (kind, id) > (${after[0]}, ${after[1]}) ORDER BY kind, id LIMIT ${PAGE})
        AS page ORDER BY page.kind, page.id`.execute(transaction);
    for (const row of rows) {
      const allowed = new Set(row.writers);
      const current = row.state === null ? undefined : storedState(row.kind, row.state);
      if (current) for (const path of sightOf(current, units.levelOf)) allowed.add(path);
      for (const path of JSON.parse(row.sight) as string[]) {
        if (allowed.has(path) || (current && concerns(current, path, units))) check.pass();
        else check.fail(`${row.kind} ${row.id} in ${path}`);
      }
    }
    const last = rows.at(-1);
    if (!last) return check.result();
    after = [last.kind, last.id];
  }
}

/** Records that belong to more units than the rules of sight name: those about units, and what holds below one. */
function concerns(current: AnyState, path: string, units: UnitCache): boolean {
  if (current.kind === 'unit')
    return (
      isNear(current.state.path, path, units) ||
      // Departments and windows are known in their whole district.
      (isOffice(current.state) && topOf(current.state.path) === topOf(path))
    );
  const top = streamOf(current.kind).holdsBelow?.(current.state);
  return top !== undefined && covers(top, path);
}

/** Seen from below, a unit is where one escalates to; from beside, above shops, where one transfers to. */
function isNear(unitPath: string, path: string, units: UnitCache): boolean {
  const sameAbove = parentPath(path) === parentPath(unitPath);
  const beside = sameAbove && units.levelOf(unitPath) > 1 && units.levelOf(path) > 1;
  return beside || ancestorsAndSelf(path).includes(unitPath);
}
