import { sql } from 'kysely';
import type { UnitCoverage } from '../../contract/workstation/merchant.ts';
import { ancestorsAndSelf, covers } from '../../domain/organisation/index.ts';
import { requireIdentity, todayOf, type CallContext } from '../kernel/parts.ts';

type Row = { path: string; merchants: number; promised: number; proposed: number };

/** How many merchants stand by a promise today, unit by unit, each with all below it; in the order of their paths. */
export async function coverage(context: CallContext): Promise<UnitCoverage[]> {
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  const day = todayOf(workstation);
  const { rows } = await sql<Row>`
    SELECT unit_path AS path, count(*) AS merchants, sum(proposed) AS proposed,
      sum(EXISTS (SELECT 1 FROM json_each(commitments) AS one
        WHERE one.value ->> 'effectiveFrom' <= ${day}
          AND (one.value ->> 'effectiveTo' IS NULL OR one.value ->> 'effectiveTo' > ${day}))) AS promised
    FROM merchant_row GROUP BY unit_path`.execute(workstation.store.read);
  const totals = new Map<string, Row>();
  for (const row of rows)
    for (const path of ancestorsAndSelf(row.path).filter((one) => covers(unitPath, one))) {
      const sum = totals.get(path) ?? { path, merchants: 0, promised: 0, proposed: 0 };
      totals.set(path, {
        path,
        merchants: sum.merchants + row.merchants,
        promised: sum.promised + row.promised,
        proposed: sum.proposed + row.proposed,
      });
    }
  return [...totals.values()]
    .toSorted((one, other) => one.path.localeCompare(other.path))
    .map((row) => ({
      ...row,
      name: workstation.directory.nameOf(row.path),
      level: workstation.directory.levelOf(row.path),
    }));
}
