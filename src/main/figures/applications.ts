import { sql, type Selectable } from 'kysely';
import type { FigureApplications, FigureQuery } from '../../contract/workstation/figures.ts';
import { dayStart, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { covers, inHierarchy, isOffice as isOfficeUnit } from '../../domain/organisation/index.ts';
import { addsToFigure, type RollupContext } from '../../domain/rollup/index.ts';
import { type AnyState, applyFact, rollupDeltas } from '../../domain/streams.ts';
import { openEvents } from '../kernel/store/index.ts';
import type { EventTable } from '../kernel/store/schema.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { type RestorationRow, summariesOf } from '../restoration/index.ts';

/** So many applications are looked through; of the list, so many are shown. */
const LOOKED_THROUGH = 3000;
const SHOWN = 200;

type Row = Selectable<RestorationRow>;

/** Whether a path is the office's, or one of its windows'. */
const isOf =
  (office: string | null) =>
  (path: string): boolean =>
    office === null || covers(office, path);

/** How much each application adds to a figure that is counted, by the same rules that count it at the centre. */
async function sharesOf(
  { workstation: { directory, store } }: StaffContext,
  ids: readonly string[],
  { of, office, figure }: FigureQuery & { figure: Parameters<typeof addsToFigure>[1] },
): Promise<Map<string, number>> {
  const { rows } = await sql<EventTable>`
    SELECT event.* FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN event ON event.stream_kind = 'restoration' AND event.stream_id = wanted.value
    WHERE event.status IN ('accepted', 'pending')
    ORDER BY event.feed_position IS NULL, event.feed_position, event.device_sequence`.execute(store.read);
  const rules: RollupContext = {
    levelOf: (at) => directory.levelOf(at),
    partyOf: (at) => directory.partyOf(at),
    rules: directory.rules(),
  };
  const states = new Map<string, AnyState>();
  const shares = new Map<string, number>();
  for (const event of await openEvents(store.read, rows)) {
    const { id } = event.stream;
    const before = states.get(id);
    const ruling = applyFact(before, event, rules.rules);
    if (ruling.kind !== 'legal') continue;
    states.set(id, ruling.state);
    const counters = rollupDeltas(before, event, ruling.state, rules).counters.filter(
      ({ day }) => day >= of.from && day <= of.to,
    );
    const share = addsToFigure(counters, figure, isOf(office));
    if (share > 0) shares.set(id, (shares.get(id) ?? 0) + share);
  }
  return shares;
}

/** What waits now in each application. */
async function waitingIn(
  { workstation: { directory, store, clock } }: StaffContext,
  ids: readonly string[],
  { office, figure }: FigureQuery,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; ownerPath: string; dueAt: string | null }>`
    SELECT task.stream_id AS id, task.owner_path AS "ownerPath", task.due_at AS "dueAt"
    FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN task ON task.stream_kind = 'restoration' AND task.stream_id = wanted.value
    WHERE task.kind <> 'completion'`.execute(store.read);
  const isOffice = isOf(office);
  const now = clock().getTime();
  const shares = new Map<string, number>();
  for (const { id, ownerPath, dueAt } of rows) {
    const late = dueAt !== null && Date.parse(dueAt) < now;
    const unit = directory.unit(ownerPath);
    if (unit === undefined || !isOfficeUnit(unit) || !isOffice(ownerPath) || (figure === 'overdue' && !late))
      continue;
    shares.set(id, (shares.get(id) ?? 0) + 1);
  }
  return shares;
}

/**
 * The applications that a figure of a department is made of, as far as this workstation sees them: of units that it may not see they are
 * in the figure and not in the list.
 */
export async function applicationsOf(context: StaffContext, query: FigureQuery): Promise<FigureApplications> {
  const { read } = context.workstation.store;
  const { of, office, figure } = query;
  const unit = context.workstation.directory.unit(of.path);
  const within =
    unit !== undefined && inHierarchy(unit)
      ? sql`(unit_path = ${of.path} OR substr(unit_path, 1, length(${of.path}) + 1) = ${`${of.path}/`})`
      : sql`1`;
  // Of others the office is no part.
  const theirs =
    office === null
      ? sql`1`
      : sql`(window_path = ${office} OR substr(window_path, 1, length(${office}) + 1) = ${`${office}/`}
          OR EXISTS (SELECT 1 FROM stream, json_each(stream.state, '$.asks') AS asked
            WHERE stream.kind = 'restoration' AND stream.id = restoration_row.id
              AND asked.value ->> '$.departmentPath' = ${office}))`;
  const { rows } = await sql<Row>`
    SELECT * FROM restoration_row
    WHERE filed_at < ${new Date(dayStart(shiftDay(of.to, 1))).toISOString()} AND ${within} AND ${theirs}
    ORDER BY filed_at DESC, row DESC LIMIT ${LOOKED_THROUGH + 1}`.execute(read);
  const looked = rows.slice(0, LOOKED_THROUGH);
  const ids = looked.map(({ id }) => id);
  const shares =
    figure === 'open' || figure === 'overdue'
      ? await waitingIn(context, ids, query)
      : await sharesOf(context, ids, { ...query, figure });
  const listed = looked.filter(({ id }) => shares.has(id));
  return {
    items: await summariesOf(context, listed.slice(0, SHOWN)),
    listed: listed.length,
    here: [...shares.values()].reduce((sum, share) => sum + share, 0),
    whole: rows.length <= LOOKED_THROUGH,
  };
}
