import { sql } from 'kysely';
import { evaluateFinance, evaluateMerchant } from '../src/central/finance/index.ts';
import { createFollowers } from '../src/central/followers.ts';
import { textArray } from '../src/central/kernel/db/arrays.ts';
import { type Database, openDatabase } from '../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import { migrate } from '../src/central/kernel/db/migrate.ts';
import { createUnitCache } from '../src/central/kernel/units.ts';
import { createUnits } from '../src/central/organisation/units.ts';
import { createConsumerMarks } from '../src/central/repeats/index.ts';
import type { CreditState } from '../src/domain/credit/index.ts';
import { defaultProducts, type FinanceState } from '../src/domain/finance/index.ts';
import type { MerchantState } from '../src/domain/merchant/index.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';
import { percentile, rounded, timed, type BenchRow } from './row.ts';

/** As many as the published figures name: 53,000 individual businesses and 50,000 small enterprises. */
const MERCHANTS = 103_000;
const AT_ONCE = 2_000;
const ON_DEMAND = 300;
const RUNS = 3;
const NOW = new Date('2026-11-20T02:00:00.000Z');
const SHOP = '/HS/C1/M01';

const idOf = (n: number): string => `0199c1d2-0000-7000-8000-${String(n).padStart(12, '0')}`;
const GRADES = ['A', 'B', 'C', 'D', 'E'] as const;
const INDICATORS = [
  'settled-at-source',
  'answered-in-time',
  'agreements-kept',
  'regulator-spared',
  'returns-granted',
];

/** A merchant's records as a year of grades leaves them, of about the size that they have. */
function recordsOf(n: number): { merchant: MerchantState; credit: CreditState; finance: FinanceState } {
  const id = idOf(n);
  const at = '2026-11-01T00:00:00.000Z';
  const grade = GRADES[n % 5] ?? 'C';
  const lines = INDICATORS.map((indicator, place) => ({
    kind: 'rate' as const,
    indicator,
    points: place,
    good: n % 9,
    bad: n % 3,
    mean: 8_000,
    weight: 10,
  }));
  const published = {
    merchantPath: SHOP,
    month: '2026-10',
    policyVersion: 1,
    category: 'enterprise',
    outcome: 'graded' as const,
    base: 800,
    points: 810,
    grade,
    gradeOfPoints: grade,
    lines,
    interval: { low: 780, high: 830, worst: 'C', best: 'B' },
    matters: 12,
    reasons: [{ code: 'agreements-kept', lost: 12, facts: [id] }],
    recordedBy: [id],
    limits: { file: 5, fileApproved: 20, decide: 20, decideApproved: 40, overrideDays: 90 },
    cause: 'monthly' as const,
    at,
    noticeOn: null,
  };
  const { month, outcome, points, policyVersion, cause } = published;
  return {
    merchant: {
      id,
      name: `虚构商户${n}`,
      creditCode: null,
      category: n % 2 === 0 ? 'enterprise' : 'individual-business',
      unitPath: SHOP,
      address: '虚构路一号',
      contactName: null,
      phone: null,
      invented: true,
      commitments:
        n % 3 === 0
          ? [
              {
                commitmentId: id,
                windowDays: 7,
                windowStartsNextDay: true,
                excludedGoods: [],
                effectiveFrom: '2026-01-01',
                note: null,
                version: 1,
                effectiveTo: null,
              },
            ]
          : [],
      revision: 2,
    },
    credit: {
      id,
      unitPath: SHOP,
      grade: published,
      past: Array.from({ length: 12 }, () => ({ month, outcome, grade, points, policyVersion, cause, at })),
      reply: null,
      objections: [],
      reRating: null,
      correction: false,
      awards: [],
      penalties: [],
      listings: [],
      patrols: [],
      overrides: [],
      revision: 13,
    },
    finance: {
      id,
      unitPath: SHOP,
      licence: { establishedOn: `20${10 + (n % 16)}-05-01`, seen: 'licence', by: '虚构王', at },
      changes: [],
      revision: 1,
    },
  };
}

async function fill(database: Database): Promise<number> {
  let bytes = 0;
  for (let start = 0; start < MERCHANTS; start += AT_ONCE) {
    const all = Array.from({ length: Math.min(AT_ONCE, MERCHANTS - start) }, (_, n) => recordsOf(start + n));
    const rows = all.flatMap((one) =>
      Object.entries(one).map(([kind, state]) => ({ kind, id: state.id, state: JSON.stringify(state) })),
    );
    bytes += rows.reduce((sum, { state }) => sum + state.length, 0);
    await sql`
      INSERT INTO stream (kind, id, circle, revision, state, sight)
      SELECT kind, id, '/HS/C1', 1, state, '[]' FROM unnest(${textArray(rows.map(({ kind }) => kind))}::text[],
        ${textArray(rows.map(({ id }) => id))}::text[], ${textArray(rows.map(({ state }) => state))}::text[]) AS made (kind, id, state)`.execute(
      database,
    );
    await sql`
      INSERT INTO credit_merchant (merchant_id, circle, district, unit_path, category)
      SELECT id, '/HS/C1', 'HS', ${SHOP}, 'enterprise' FROM unnest(${textArray(all.map(({ merchant }) => merchant.id))}::text[]) AS made (id)`.execute(
      database,
    );
  }
  await sql`VACUUM ANALYZE stream, credit_merchant`.execute(database);
  return bytes;
}

/** All merchants under all products, page by page as the centre's call does it, and one of them on demand. */
export async function benchFinance(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const { database } = openDatabase(await server.createDatabase('finance'));
  try {
    await migrate(database);
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
    const bytes = await fill(database);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const answer = await (async () => {
        let districts: Awaited<ReturnType<typeof evaluateFinance>>['districts'] = [];
        times.push(
          await timed(async () => {
            ({ districts } = await evaluateFinance(parts, { dryRun: true }, NOW));
          }),
        );
        return districts[0];
      })();
      const qualifying = Object.values(answer?.qualifying ?? {});
      if (answer?.merchants !== MERCHANTS || qualifying.length !== defaultProducts.products.length)
        throw new Error('Not all merchants were judged by all products');
      if (qualifying.every((count) => count === 0)) throw new Error('Nobody qualifies for anything');
    }
    const each: number[] = [];
    for (let n = 0; n < ON_DEMAND; n += 1)
      each.push(await timed(() => evaluateMerchant(parts, idOf((n * 7919) % MERCHANTS), NOW)));
    const seconds = percentile(times, 0.5) / 1000;
    return [
      {
        name: 'finance-all',
        value: rounded(seconds),
        unit: 's',
        reference: `median of ${RUNS}; ${MERCHANTS} merchants under ${defaultProducts.products.length} products and the whitelist, ${Math.round(bytes / 1e6)} MB of records`,
        ratio: null,
        budget: '<= 30 s',
        met: seconds <= 30,
      },
      {
        name: 'finance-one',
        value: rounded(percentile(each, 0.95)),
        unit: 'ms p95',
        reference: `median ${rounded(percentile(each, 0.5))} ms; ${ON_DEMAND} merchants of them, one by one`,
        ratio: null,
        budget: '<= 50 ms',
        met: percentile(each, 0.95) <= 50,
      },
    ];
  } finally {
    await database.destroy();
    await server.stop();
    await remove();
  }
}
