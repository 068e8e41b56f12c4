import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/central/kernel/db/database.ts';
import { createDeltaSum, prepareDeltas, ROLLUP_TABLES, writeDeltas } from '../../src/central/rollup/index.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { restorationDeltas } from '../../src/domain/restoration/deltas.ts';
import { restorationSight } from '../../src/domain/restoration/index.ts';
import { departmentsReconcile, noOfficeFigures } from '../../src/domain/rollup/index.ts';
import {
  application,
  DEPARTMENTS,
  departmentOf,
  expectedOf,
  independent,
  LEVELS,
  live,
  type Lived,
  rules,
  waitingOf,
  WINDOWS,
} from '../support/lived-restorations.ts';
import { refusal, useCentre } from './setting.ts';

const setting = useCentre();
const NOW = new Date('2026-06-30T02:00:00.000Z');
const PERIODS = [
  { from: '2026-01-01', to: '2026-12-31' },
  { from: '2026-03-01', to: '2026-03-31' },
  { from: '2026-03-20', to: '2026-04-10' },
];

async function addUp(database: Database, lived: readonly Lived[]): Promise<void> {
  const sum = createDeltaSum();
  for (const { before, fact, after } of lived) sum.add(restorationDeltas(before, fact, after, { rules }));
  await writeDeltas(database, prepareDeltas(sum), ROLLUP_TABLES);
}

async function keepStates(database: Database, lived: readonly Lived[]): Promise<void> {
  const states = new Map(lived.map(({ fact, after }) => [fact.stream.id, after]));
  for (const [id, state] of states)
    await sql`
      INSERT INTO stream (kind, id, circle, revision, state, sight) VALUES ('restoration', ${id}, '/HS', ${state.revision},
        ${JSON.stringify(state)}, ${JSON.stringify(restorationSight(state))})`.execute(database);
}

const isIn =
  (path: string) =>
  (unitPath: string): boolean =>
    `${unitPath}/`.startsWith(`${path}/`);

it('figures by department equal an independent count at all four levels, however they came in, and each reads its own', async () => {
  const { centre } = setting;
  centre.setNow(NOW);
  const { admin } = centre.admin;
  await admin.createUnits({
    units: [
      ...DEPARTMENTS.map((path) => ({
        path,
        body: 'department' as const,
        name: `${path}局（虚构）`,
        disputePoint: false,
      })),
      ...WINDOWS.map((path) => ({
        path,
        body: 'window' as const,
        name: `${path}窗（虚构）`,
        disputePoint: false,
      })),
    ],
  });
  // One draw; the rules themselves are tried by many, beside them.
  const [drawn = []] = fc.sample(fc.array(application, { minLength: 60, maxLength: 60 }), {
    numRuns: 1,
    seed: 16,
  });
  const lived = drawn.flatMap(live);
  const states = [...new Map(lived.map(({ fact, after }) => [fact.stream.id, after])).values()];
  const { database } = openDatabase(centre.databaseUrl);
  try {
    // Fact by fact in any order of batches, and all at once, come to the same.
    for (let place = 0; place < 4; place += 1)
      await addUp(
        database,
        lived.filter((_, nth) => nth % 4 === place),
      );
    await keepStates(database, lived);
    const answers: unknown[] = [];
    for (const path of LEVELS)
      for (const period of PERIODS) {
        const view = await admin.figures({ path, ...period });
        answers.push({ ...view, generatedAt: null });
        const here = lived.filter(({ fact, after }) => {
          const day = businessDay(fact.at);
          return isIn(path)(after.unitPath) && day >= period.from && day <= period.to;
        });
        expect(view.total).toMatchObject(expectedOf(independent(here, () => true)));
        for (const { path: department, figures } of view.departments)
          expect(figures).toMatchObject(
            expectedOf(independent(here, (office) => departmentOf(office) === department)),
          );
        expect(view.departments.map((one) => one.path)).toEqual(DEPARTMENTS);
        const waiting = waitingOf(
          states.filter(({ unitPath }) => isIn(path)(unitPath)),
          NOW.getTime(),
        );
        expect([view.total.open, view.total.overdue]).toEqual([
          waiting.length,
          waiting.filter(({ overdue }) => overdue).length,
        ]);
        expect(departmentsReconcile(view.total, view.departments)).toBe(true);
        const served = here.filter(({ fact }) => fact.type === 'restoration-accepted');
        expect(view.whole?.enterprises).toBe(new Set(served.map(({ after }) => after.merchantId)).size);
        // What the roll-up itself shows of the same unit.
        const { all } = await admin.rollup({ path, ...period });
        expect(view.whole?.totals).toEqual(all.totals);
      }
    await sql`DELETE FROM rollup_counter`.execute(database);
    await addUp(database, lived);
    let place = 0;
    for (const path of LEVELS)
      for (const period of PERIODS) {
        const view = await admin.figures({ path, ...period });
        expect({ ...view, generatedAt: null }).toEqual(answers[place]);
        place += 1;
      }
  } finally {
    await database.destroy();
  }

  // A department's workstation is told its own row of the whole district, and of nothing else.
  const [all] = PERIODS;
  if (all === undefined) throw new Error('No period');
  const [first = ''] = DEPARTMENTS;
  const whole = await admin.figures({ path: '/HS', ...all });
  const row = whole.departments.find(({ path }) => path === first)?.figures ?? noOfficeFigures();
  expect(row.counts.asks).toBeGreaterThan(0);
  expect(row.open).toBeGreaterThan(0);
  const department = await setting.device(first);
  await department.signIn();
  const own = await department.client.figures({ path: first, ...all });
  expect(own).toMatchObject({ departments: [{ path: first }], whole: null, total: row });
  expect(own.departments.map(({ figures }) => figures)).toEqual([row]);
  expect(await refusal(department.client.figures({ path: '/HS', ...all }))).toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await refusal(department.client.figures({ path: '/HS/D02', ...all }))).toMatchObject({
    code: 'FORBIDDEN',
  });
  // A circle's is told all departments as far as its own merchants go, and which of them have not reported.
  const circle = await setting.device('/HS/C1');
  await circle.signIn();
  const below = await circle.client.figures({ path: '/HS/C1', ...all });
  expect(below).toMatchObject(withoutStations(await admin.figures({ path: '/HS/C1', ...all })));
  expect(
    below.departments.map(({ completeness: { workstations, reported } }) => [workstations, reported]),
  ).toEqual([
    [1, 1],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
}, 60_000);

/** Both ask at their own instant; all else is the same. */
function withoutStations<View extends { generatedAt: string }>(view: View): Omit<View, 'generatedAt'> {
  const { generatedAt: _, ...rest } = view;
  return rest;
}
