import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { CIRCLE, DISTRICT, MALL, refusal, SHOP, useCentre } from './setting.ts';

const setting = useCentre();
const OCTOBER = 2026 * 12 + 9;

/** Merchants with their units and what their gradings of September and October came to. */
const KNOWN: [id: string, unitPath: string, before: string | null, now: string | null][] = [
  ['m1', SHOP, 'B', 'A'],
  ['m2', SHOP, 'B', 'B'],
  ['m3', MALL, 'A', 'not-rated'],
  ['m4', MALL, null, 'C'],
  ['m5', '/HS/C1/M02', 'C', 'pending'],
  ['m6', '/HS', 'B', 'B'],
  // Begins alike and lies elsewhere.
  ['m7', '/HS/C11', 'D', 'D'],
];

it('says how many have which grade by month and unit, and who went where, to whom it concerns', async () => {
  const { database } = setting.centre.centre;
  for (const [id, path, before, now] of KNOWN) {
    await sql`INSERT INTO credit_merchant (merchant_id, circle, district, unit_path, category)
      VALUES (${id}, 'C1', 'HS', ${path}, 'enterprise')`.execute(database);
    for (const [month, name] of [
      [OCTOBER - 1, before],
      [OCTOBER, now],
    ] as const) {
      if (name === null) continue;
      const graded = name.length === 1;
      await sql`INSERT INTO credit_grade (merchant_id, month, policy_version, outcome, points, grade, low, high, matters)
        VALUES (${id}, ${month}, 1, ${graded ? 'graded' : name}, 800, ${graded ? name : null}, 0, 0, 3)`.execute(
        database,
      );
    }
  }
  const district = await setting.device(DISTRICT);
  await district.signIn();
  const all = await district.client.grades({ path: DISTRICT, month: '2026-10' });
  expect(all).toMatchObject({
    month: '2026-10',
    before: '2026-09',
    byMonth: [
      { month: '2026-09', counts: { A: 1, B: 3, C: 1, D: 1 } },
      { month: '2026-10', counts: { A: 1, B: 2, C: 1, D: 1, 'not-rated': 1, pending: 1 } },
    ],
  });
  expect(all.migration).toEqual([
    { from: 'A', to: 'not-rated', count: 1 },
    { from: 'B', to: 'A', count: 1 },
    { from: 'B', to: 'B', count: 2 },
    { from: 'C', to: 'pending', count: 1 },
    { from: 'D', to: 'D', count: 1 },
  ]);
  // Every merchant of the month is at one unit below, or at the unit itself.
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  expect(all.units.map(({ path, counts }) => [path, sum(counts)])).toEqual([
    ['/HS', 1],
    ['/HS/C1', 5],
    ['/HS/C11', 1],
  ]);

  const circle = await setting.device(CIRCLE);
  await circle.signIn();
  const own = await circle.client.grades({ path: CIRCLE, month: '2026-10' });
  expect(own.units.map(({ path, counts }) => [path, counts])).toEqual([
    ['/HS/C1/M01', { A: 1, B: 1, C: 1, 'not-rated': 1 }],
    ['/HS/C1/M02', { pending: 1 }],
  ]);
  expect(await refusal(circle.client.grades({ path: DISTRICT, month: '2026-10' }))).toMatchObject({
    status: 403,
  });
});
