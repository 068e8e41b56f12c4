import { sql, type Selectable } from 'kysely';
import type { DrawSample, Sample, SampleCase, SampleView } from '../../contract/workstation/supervision.ts';
import { reviewRule, drawSample } from '../../domain/case/index.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { loadStates } from '../kernel/store/streams.ts';
import type { Database } from '../kernel/store/schema.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { requireScope, summarize, type CallContext, type StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { underPath } from '../kernel/scope.ts';

type SampleRow = Selectable<Database['review_sample']>;

/** The newest so many samples are listed. */
const LISTED = 50;

function sampleOf({ workstation }: CallContext, row: SampleRow, cases: readonly SampleCase[]): Sample {
  return {
    id: row.id,
    drawnAt: row.drawn_at,
    drawnBy: row.drawn_by,
    path: row.path,
    unitName: workstation.directory.nameOf(row.path),
    period: { from: row.from_day, to: row.to_day },
    wanted: row.wanted,
    population: row.population,
    seed: row.seed,
    drawn: cases.length,
    reviewed: cases.filter((one) => one.done !== null).length,
  };
}

async function viewOf(context: StaffContext, row: SampleRow): Promise<SampleView> {
  const { staff } = context;
  const { read } = context.workstation.store;
  const { rows } = await sql<{ id: string }>`
    SELECT case_row.id FROM review_sample_case JOIN case_row ON case_row.id = case_id
    WHERE sample_id = ${row.id} ORDER BY place`.execute(read);
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'case', id })),
  );
  const cases = (await summarize(context, 'case', rows)).map((item): SampleCase => {
    const current = states.get(keyOf({ kind: 'case', id: item.id }));
    const state = current?.kind === 'case' ? current.state : undefined;
    const done = state?.reviews?.find((one) => one.sampleId === row.id) ?? null;
    return { ...item, done, blocked: state && done === null ? reviewRule(state, staff, row.id) : null };
  });
  return { sample: sampleOf(context, row, cases), cases };
}

async function rowOf(context: CallContext, id: string): Promise<SampleRow | undefined> {
  return context.workstation.store.read
    .selectFrom('review_sample')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Draws by lot from the closed cases of the scope and period that this workstation sees, reviewed before or not, so
 * that the draw can be repeated. The same `sampleId` again is the sample drawn then.
 * @throws RuleRefused when no case was closed in the period
 */
export async function draw(context: StaffContext, input: DrawSample): Promise<SampleView> {
  const { staff } = context;
  const { workstation } = context;
  const path = input.path ?? staff.unitPath;
  const existing = await rowOf(context, input.sampleId);
  if (existing) return viewOf(context, existing);
  const { from, to } = input.period;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM case_row WHERE closed_day BETWEEN ${from} AND ${to} AND ${underPath(path)}`.execute(
    workstation.store.read,
  );
  if (rows.length === 0) throw new RuleRefused({ rule: 'sample-empty', field: 'period' });
  const drawn = drawSample(
    rows.map(({ id }) => id),
    input.count,
    input.seed,
  );
  const row: SampleRow = {
    id: input.sampleId,
    drawn_at: workstation.clock().toISOString(),
    drawn_by: staff.name,
    path,
    from_day: from,
    to_day: to,
    wanted: input.count,
    seed: input.seed,
    population: rows.length,
  };
  await workstation.store.write(async (writer) => {
    await writer.insertInto('review_sample').values(row).execute();
    await writer
      .insertInto('review_sample_case')
      .values(drawn.map((id, place) => ({ sample_id: row.id, place, case_id: id })))
      .execute();
  });
  return viewOf(context, row);
}

/** Samples of the person's scope drawn at this workstation, newest first. */
export async function samples(context: StaffContext): Promise<Sample[]> {
  const { staff } = context;
  const { rows } = await sql<SampleRow>`
    SELECT * FROM review_sample WHERE ${underPath(staff.unitPath, 'path')}
    ORDER BY drawn_at DESC LIMIT ${LISTED}`.execute(context.workstation.store.read);
  return Promise.all(rows.map(async (row) => (await viewOf(context, row)).sample));
}

/** One sample with its cases in the order drawn. @throws NOT_FOUND outside the person's scope. */
export async function sample(context: StaffContext, id: string): Promise<SampleView> {
  const { staff } = context;
  const row = await rowOf(context, id);
  if (!row) throw serviceError('NOT_FOUND');
  requireScope(staff, row.path);
  return viewOf(context, row);
}
