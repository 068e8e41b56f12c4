import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { z } from 'zod';
import { gradeSome } from '../src/central/credit/grading.ts';
import { publishGrades } from '../src/central/credit/publish.ts';
import { createFollowers } from '../src/central/followers.ts';
import { type Database, openDatabase } from '../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import { migrate } from '../src/central/kernel/db/migrate.ts';
import { createUnitCache } from '../src/central/kernel/units.ts';
import { createUnits } from '../src/central/organisation/units.ts';
import { createConsumerMarks } from '../src/central/repeats/index.ts';
import { lastPolicy } from '../src/domain/credit/index.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';
import { fill, MONTH, NOW, SHOP } from './credit-fill.ts';
import { gradeBySql } from './credit-peer.ts';
import { memoryRow, percentile, rounded, timed, type BenchRow } from './row.ts';

const MERCHANTS = 100_000;
const FACTS = 5_000_000;
const ON_DEMAND = 300;
const PUBLISHED = 4_000;

const Told = z.object({ milliseconds: z.number(), due: z.int(), bytes: z.number().nullable() });

async function gradeThere(url: string): Promise<z.infer<typeof Told>> {
  const child = fork(fileURLToPath(new URL('./credit-process.ts', import.meta.url)), [url, String(MONTH)], {
    execArgv: ['--max-semi-space-size=32'],
  });
  let told: unknown = null;
  child.on('message', (message) => {
    told = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The grading process failed; what it wrote stands above');
  return Told.parse(told);
}

/** A month's grading of 100,000 merchants with 5,000,000 facts, beside one plain statement over the same rows; one on demand; publishing. */
export async function benchCredit(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const url = await server.createDatabase('credit');
  const { database } = openDatabase(url);
  try {
    await migrate(database);
    await fill(database, { merchants: MERCHANTS, facts: FACTS });
    // Each once before, so that neither reads from a disk what the other finds in memory.
    await gradeThere(url);
    await gradeBySql(database, MONTH);
    await sql`DROP TABLE peer_grade`.execute(database);
    const own = await gradeThere(url);
    const peer = await timed(() => gradeBySql(database, MONTH));
    const { rows } = await sql<{ compared: number; different: number }>`
      SELECT count(*)::int AS compared, (count(*) FILTER (WHERE (own.points, own.grade, own.matters)
        IS DISTINCT FROM (peer.points, peer.grade, peer.matters)))::int AS different
      FROM credit_grade AS own FULL JOIN peer_grade AS peer USING (merchant_id)`.execute(database);
    const { compared = 0, different = -1 } = rows[0] ?? {};
    if (compared !== MERCHANTS || different !== 0)
      throw new Error(`${different} of ${compared} grades differ from those of the plain statement`);
    const order = { district: 'HS', month: MONTH, rules: lastPolicy(undefined) };
    const { rows: some } = await sql<{ id: string }>`
      SELECT merchant_id AS id FROM credit_merchant ORDER BY md5(merchant_id) LIMIT ${ON_DEMAND}`.execute(
      database,
    );
    const times: number[] = [];
    for (const { id } of some)
      times.push(
        await timed(() =>
          database.transaction().execute((transaction) => gradeSome(transaction, order, [id])),
        ),
      );
    const published = await publishing(database, order);
    const ratio = own.milliseconds / peer;
    const what = `${MERCHANTS} merchants, ${FACTS} facts made by SQL; points and grades equal`;
    return [
      {
        name: 'credit-month',
        value: rounded(own.milliseconds / 1000),
        unit: 's',
        reference: `one plain SQL statement over the same rows: ${rounded(peer / 1000)} s; ${what}`,
        ratio: rounded(ratio),
        budget: '<= 60 s; <= 2 x the statement',
        met: own.milliseconds <= 60_000 && ratio <= 2,
      },
      memoryRow('credit-memory', own.bytes, 500, 'the process that grades them'),
      {
        name: 'credit-one',
        value: rounded(percentile(times, 0.95)),
        unit: 'ms p95',
        reference: `median ${rounded(percentile(times, 0.5))} ms; ${ON_DEMAND} merchants of them, one by one`,
        ratio: null,
        budget: '<= 50 ms',
        met: percentile(times, 0.95) <= 50,
      },
      {
        name: 'credit-publish',
        value: Math.round(published),
        unit: 'grades/s',
        reference: `as facts into the feeds of three units, ${PUBLISHED} of them; the first month publishes all, later ones what changes`,
        ratio: null,
        budget: '—',
        met: null,
      },
    ];
  } finally {
    await database.destroy();
    await server.stop();
    await remove();
  }
}

async function publishing(database: Database, order: Parameters<typeof publishGrades>[1]): Promise<number> {
  const followers = createFollowers(await createConsumerMarks(database));
  const parts = { database, key: null, units: createUnitCache(), followers };
  const unit = (path: string, level: number, party: 'operator' | 'regulator') => ({
    path,
    name: path,
    level,
    party,
    disputePoint: true,
  });
  await createUnits(
    parts,
    [unit('/HS', 4, 'regulator'), unit('/HS/C1', 3, 'operator'), unit(SHOP, 2, 'operator')],
    NOW,
  );
  const { rows } = await sql<{ id: string }>`
    SELECT merchant_id AS id FROM credit_merchant ORDER BY merchant_id LIMIT ${PUBLISHED}`.execute(database);
  let published = 0;
  const milliseconds = await timed(async () => {
    const ids = rows.map(({ id }) => id);
    published = (await publishGrades(parts, order, ids, 'monthly', NOW)).length;
  });
  return (published / milliseconds) * 1000;
}
