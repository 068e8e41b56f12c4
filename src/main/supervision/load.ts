import { sql } from 'kysely';
import type { Load, LoadFigures, LoadQuery, LoadRow } from '../../contract/workstation/supervision.ts';
import { quantileDays, type Histogram } from '../../domain/rollup/index.ts';
import type { Reader } from '../kernel/store/index.ts';
import { handlersOf } from '../case/index.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { dueDates, type DueDates } from '../kernel/due-dates.ts';
import { underPath } from '../kernel/scope.ts';

type Key = { path: string; holder: string };
type Open = Key & { open: number; overdue: number; week: number };
type Closed = Key & { bucket: number; count: number };

async function openOf(read: Reader, scope: string, { now, weekEndAt }: DueDates): Promise<Open[]> {
  const { rows } = await sql<Open>`
    SELECT handling_path AS path, assigned_to AS holder, sum(count) AS open,
      sum(CASE WHEN due_order < ${now} THEN count ELSE 0 END) AS overdue,
      sum(CASE WHEN due_order >= ${now} AND due_order <= ${weekEndAt} THEN count ELSE 0 END) AS week
    FROM open_load WHERE ${underPath(scope)} GROUP BY handling_path, assigned_to`.execute(read);
  return rows;
}

async function closedOf(read: Reader, scope: string, { period }: LoadQuery): Promise<Closed[]> {
  const { rows } = await sql<Closed>`
    SELECT handling_path AS path, assigned_to AS holder, bucket, sum(count) AS count
    FROM closed_load WHERE closed_day BETWEEN ${period.from} AND ${period.to} AND ${underPath(scope)}
    GROUP BY handling_path, assigned_to, bucket`.execute(read);
  return rows;
}

/** Names of holders of other units, whose accounts are not here: as their cases say. */
async function namesOf(read: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    SELECT wanted.value AS id, (SELECT assigned_name FROM case_row WHERE assigned_to = wanted.value LIMIT 1) AS name
    FROM json_each(${JSON.stringify(ids)}) AS wanted`.execute(read);
  return new Map(rows.map(({ id, name }) => [id, name ?? id]));
}

function figuresOf(open: readonly Open[], closed: readonly Closed[]): LoadFigures {
  const add = (pick: (one: Open) => number): number => open.reduce((sum, one) => sum + pick(one), 0);
  const durations: Histogram = closed.map(({ bucket, count }) => ({ bucket, count }));
  const merged = new Map<number, number>();
  for (const { bucket, count } of durations) merged.set(bucket, (merged.get(bucket) ?? 0) + count);
  return {
    open: add((one) => one.open),
    overdue: add((one) => one.overdue),
    dueThisWeek: add((one) => one.week),
    closed: durations.reduce((sum, one) => sum + one.count, 0),
    medianDays: quantileDays(
      [...merged].map(([bucket, count]) => ({ bucket, count })),
      0.5,
    ),
  };
}

/** Who holds how much, as this workstation sees it: per unit and person, heaviest first, nobody's cases last. */
export async function load(context: StaffContext, query: LoadQuery): Promise<Load> {
  const { staff } = context;
  const { workstation } = context;
  const { read } = workstation.store;
  const scope = query.path ?? staff.unitPath;
  const dates = dueDates(workstation);
  const open = await openOf(read, scope, dates);
  const closed = await closedOf(read, scope, query);
  // The own unit's people are shown with nothing in hand too: they are who can take more.
  const own = scope === staff.unitPath ? await handlersOf(read, staff.unitPath) : [];
  const keys = new Map<string, Key>();
  for (const { path, holder } of [...open, ...closed]) keys.set(`${path} ${holder}`, { path, holder });
  for (const { staffId } of own)
    keys.set(`${staff.unitPath} ${staffId}`, { path: staff.unitPath, holder: staffId });
  const known = new Map(own.map(({ staffId, name }) => [staffId, name]));
  const names = await namesOf(
    read,
    [...new Set([...keys.values()].map(({ holder }) => holder))].filter((id) => id !== '' && !known.has(id)),
  );
  const rows = [...keys.values()].map(({ path, holder }): LoadRow => {
    const same = (one: Key): boolean => one.path === path && one.holder === holder;
    return {
      unitPath: path,
      unitName: workstation.directory.nameOf(path),
      level: workstation.directory.levelOf(path),
      staffId: holder === '' ? null : holder,
      name: holder === '' ? null : (known.get(holder) ?? names.get(holder) ?? holder),
      active: path !== staff.unitPath || known.has(holder),
      ...figuresOf(open.filter(same), closed.filter(same)),
    };
  });
  rows.sort(
    (a, b) =>
      a.unitPath.localeCompare(b.unitPath) ||
      Number(a.staffId === null) - Number(b.staffId === null) ||
      b.overdue - a.overdue ||
      b.open - a.open ||
      (a.name ?? '').localeCompare(b.name ?? '', 'zh-CN'),
  );
  return {
    day: dates.day,
    weekEnd: dates.weekEnd,
    path: scope,
    period: query.period,
    rows,
    total: figuresOf(open, closed),
  };
}
