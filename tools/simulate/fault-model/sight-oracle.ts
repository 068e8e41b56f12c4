import { sql } from 'kysely';
import type { Database } from '../../../src/central/kernel/db/database.ts';

/**
 * Who may see what, worked out a second time from the raw log, by none of the product's code: the rules of sight as
 * the design says them, so that a mistake in the product's own rules shows.
 */
export async function mayHold(database: Database): Promise<Map<string, Set<string>>> {
  const { rows: units } = await sql<{ path: string; level: number }>`SELECT path, level FROM unit`.execute(
    database,
  );
  const levels = new Map(units.map((unit) => [unit.path, unit.level]));
  const { rows } = await sql<{
    kind: string;
    id: string;
    type: string;
    payload: string;
    unitPath: string;
    device: string;
  }>`
    SELECT stream_kind AS kind, stream_id AS id, type, payload, unit_path AS "unitPath", device
    FROM event WHERE status <> 'rejected' ORDER BY position`.execute(database);
  const sight = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = `${row.kind}:${row.id}`;
    const seen = sight.get(key) ?? new Set<string>();
    sight.set(key, seen);
    // Whoever recorded it has it.
    if (row.device !== 'centre') seen.add(row.unitPath);
    const payload = JSON.parse(row.payload) as { toPath?: string; path?: string; unitPath?: string };
    const handles = (path: string): void => {
      seen.add(path);
      // The unit above supervises a shop.
      if (levels.get(path) === 1) seen.add(above(path));
    };
    if (row.kind === 'case' && row.type !== 'unit-joined') {
      if (row.type === 'case-registered' || row.type === 'case-imported') handles(row.unitPath);
      if (payload.toPath !== undefined) handles(payload.toPath);
      if (row.type === 'case-taken-over') handles(row.unitPath);
      if (row.type === 'violation-reported') seen.add(root(row.unitPath));
    } else if (row.kind === 'case') seen.add(payload.path ?? '');
    else if (row.kind === 'return') handles(row.unitPath);
    else if (row.kind === 'merchant' && payload.unitPath !== undefined) upward(payload.unitPath, seen);
    else if (row.kind === 'staff' || row.kind === 'workstation') seen.add(payload.unitPath ?? row.unitPath);
    else if (row.kind === 'procedure' || row.kind === 'calendar') {
      for (const { path } of units)
        if (path === row.unitPath || path.startsWith(`${row.unitPath}/`)) seen.add(path);
    } else if (row.kind === 'unit' && payload.path !== undefined) {
      upward(payload.path, seen);
      for (const { path } of units) {
        const below = path.startsWith(`${payload.path}/`);
        const beside = above(path) === above(payload.path) && (levels.get(path) ?? 0) > 1;
        if (below || beside) seen.add(path);
      }
    }
  }
  return sight;
}

function above(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function root(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function upward(path: string, seen: Set<string>): void {
  for (let at = path; at !== ''; at = above(at)) seen.add(at);
}
