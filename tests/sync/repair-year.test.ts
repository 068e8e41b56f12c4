import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { liveRepairs, type RepairYear } from '../../tools/simulate/repair/year.ts';
import { startTestServer, type TestServer } from '../support/postgres.ts';

/** Some weeks with holidays and a make-up day in them, when records of the law of April 2026 come to their maximum. */
const PERIOD = { firstDay: '2026-06-08', days: 21, applications: 40, departments: 6, seed: 3 };

let server: TestServer;
let databaseUrl: string;
let year: RepairYear;
let remove: () => Promise<void>;
beforeAll(async () => {
  server = await startTestServer();
  databaseUrl = await server.server.createDatabase('migrated');
  const place = await temporaryFolder('heshi-repair-');
  ({ remove } = place);
  year = await liveRepairs({ ...PERIOD, folder: place.folder, databaseUrl, say: () => undefined });
}, 240_000);
afterAll(async () => {
  await year.stop();
  await server.server.dropDatabase(databaseUrl);
  await server.stop();
  await remove();
});

describe('applications for credit repair, lived by workstations with lines that are down and a centre that is away', () => {
  it('come to the figures that were counted beside them, in every unit and department', async () => {
    const { rollup, independent, differences, compared } = await year.compare();
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(80);
    const exact = (one: typeof rollup) => ({ ...one, replies: { ...one.replies, medianMinutes: null } });
    expect(exact(rollup)).toEqual(exact(independent));
    expect([rollup.applications, rollup.departments.length]).toEqual([40, 6]);
    expect(rollup.enterprises).toBeGreaterThan(30);
    // Something of everything, so that the equality says something.
    const { replies, opinions, repairedMatters, refusedMatters, returned, expired } = rollup;
    for (const share of [replies.withinShare, opinions.inTimeShare]) {
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(1);
    }
    expect(Math.min(repairedMatters, refusedMatters, returned, expired)).toBeGreaterThan(0);
    expect(year.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(year.unproved).toEqual([]);
    const { restarts, withoutLine, refused } = year.lived;
    expect([restarts, refused.told]).toEqual([1, refused.counted]);
    expect(withoutLine).toBeGreaterThan(0);
  });

  it('are told apart from figures in which one is counted too much', async () => {
    const { database } = openDatabase(databaseUrl);
    const change = (by: number): Promise<unknown> =>
      sql`
        UPDATE rollup_counter SET restoration_opinions_in_time = restoration_opinions_in_time + ${by}
        WHERE (unit_path, grain, facet, day, key) IN (SELECT unit_path, grain, facet, day, key FROM rollup_counter
          WHERE unit_path = '/HS' AND grain = 'day' AND facet = 'department' AND restoration_opinions_in_time > 0
          ORDER BY day, key LIMIT 1)`.execute(database);
    try {
      await change(1);
      const { differences } = await year.compare();
      expect(differences).toMatchObject([{ figure: 'opinionsInTime' }]);
      await change(-1);
      expect((await year.compare()).differences).toEqual([]);
    } finally {
      await database.destroy();
    }
  });
});
