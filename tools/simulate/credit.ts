import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startEmbeddedPostgres } from '../../src/central/kernel/db/embedded.ts';
import { openDatabase, type Database } from '../../src/central/kernel/db/database.ts';
import {
  type Candidate,
  checkPolicy,
  comparePolicies,
  type CreditPolicy,
  defaultPolicy,
  fairnessCurve,
  type FairnessPoint,
  indicatorOf,
  type Listing,
  type Means,
  meansOf,
  monthNumber,
  type PolicyComparison,
  type RateTally,
  type Size,
  tallyOfMonths,
} from '../../src/domain/credit/index.ts';
import { gradeIndependently, readLog } from '../../tests/central/credit-independent.ts';
import { startCentre } from '../world/centre.ts';
import { createClock } from '../world/clock.ts';
import { createRandom } from '../world/random.ts';
import { inParallel } from '../world/workstation.ts';
import { buildWorld } from '../world/world.ts';
import { liveYear } from '../world/year.ts';

const FIRST_DAY = '2025-01-01';
/** As the demonstration has them: with the disputes that grow out of refused returns about 700 in all. */
const DISPUTES_PER_POINT_DAY = 612 / (256 * 365);
const RETURNS_PER_MERCHANT_DAY = 1000 / (765 * 365);
/** Merchants of each quality and size that are drawn for the curve. */
const RUNS = 400;
const QUALITIES = Array.from({ length: 21 }, (_, place) => place * 5);

export type FairnessSummary = {
  size: string;
  dependence: string;
  /** Share of all runs, over all qualities alike, that come at most one grade from the true one; and where that is least. */
  withinOne: number;
  least: { quality: number; withinOne: number };
};

export type CreditSimulation = {
  merchants: number;
  month: string;
  centre: { distribution: Record<string, number>; published: number };
  /** The same worked out by the script of tests/central, which uses none of the product's functions. */
  independent: { compared: number; different: number };
  policies: [before: string, after: string];
  comparison: PolicyComparison;
  means: Record<string, Record<string, number>>;
  fairness: { least: number; bySize: FairnessSummary[]; curve: FairnessPoint[] };
  seconds: number;
};

/** A stricter policy for comparison: more is asked before anybody is rated, and refused returns weigh more. */
export const STRICTER: CreditPolicy = {
  ...defaultPolicy,
  name: { ...defaultPolicy.name, en: `${defaultPolicy.name.en}, stricter` },
  effectiveFrom: '2027-01-01',
  leastMatters: 4,
  rates: defaultPolicy.rates.map((rule) =>
    rule.indicator === 'returns-granted'
      ? { ...rule, down: rule.down + 30 }
      : rule.indicator === 'settled-at-source'
        ? { ...rule, expected: 7000 }
        : rule,
  ),
  rateTotals: { ...defaultPolicy.rateTotals, down: defaultPolicy.rateTotals.down + 30 },
};

/** The smallest that are rated, in every mixture, and bigger ones. */
function sizes(least: number): Size[] {
  const smallest = Array.from({ length: least + 1 }, (_, returns): Size => {
    const disputes = least - returns;
    return { name: `${disputes} disputes, ${returns} returns`, disputes, returns };
  });
  const bigger = [2, 4, 10, 40].map((times): Size => {
    const disputes = Math.ceil((least * times) / 2);
    const returns = least * times - disputes;
    return { name: `${disputes} disputes, ${returns} returns`, disputes, returns };
  });
  return [...smallest, ...bigger];
}

/** Lives the demonstration's year, grades its merchants at a real centre, and compares two policies over them. */
export async function simulateCredit(options: {
  folder: string;
  points: number;
  merchants: number;
  days: number;
  seed: number;
  /** The other policy's file; a stricter one of ours unless given. */
  policyFile: string | undefined;
  say: (text: string) => void;
}): Promise<CreditSimulation> {
  const started = performance.now();
  const { folder, points, merchants, days, seed, say } = options;
  const other = options.policyFile === undefined ? STRICTER : await readPolicy(options.policyFile);
  const clock = createClock(FIRST_DAY);
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    disposable: true,
    durable: false,
  });
  const databaseUrl = await postgres.createDatabase('credit');
  const centre = await startCentre({
    folder: join(folder, 'centre'),
    simulated: { firstDay: FIRST_DAY, sessionDays: days + 90 },
    databaseUrl,
  });
  const { database } = openDatabase(databaseUrl);
  try {
    say(`centre at ${centre.url}; enrolling ${points} workstations`);
    const world = await buildWorld({
      folder: join(folder, 'workstations'),
      points,
      merchants,
      seed,
      clock,
      centreUrl: centre.url,
      admin: centre.admin,
      fetcher: fetch,
    });
    say(`living ${days} days`);
    await liveYear({
      world,
      clock,
      seed,
      days,
      disputes: Math.max(10, Math.round(points * days * DISPUTES_PER_POINT_DAY)),
      returns: Math.max(20, Math.round(merchants * days * RETURNS_PER_MERCHANT_DAY)),
      aftermathDays: 0,
      syncEveryDays: 45,
      onDay: (day) => centre.setDay(day),
    });
    await inParallel([...world.workstations.values()], 8, async ({ running }) => {
      await running.parts.sync.run();
    });
    say('grading');
    const { districts } = await centre.admin.admin.gradeMerchants({});
    const graded = districts.find(({ district }) => district === 'HS');
    if (!graded) throw new Error('The district was not graded');
    const month = monthNumber(`${graded.month}-01`);
    const candidates = await readCandidates(database, month);
    const independent = await compareIndependently(database, databaseUrl, graded.month);
    const comparison = comparePolicies(
      defaultPolicy,
      other,
      candidates,
      month,
      contextUnder(candidates, month),
    );
    const means = meansUnder(defaultPolicy, candidates, month);
    await inParallel([...world.workstations.values()], 8, ({ running }) => running.close());
    const fairness = fairnessOf(means, seed);
    return {
      merchants: candidates.length,
      month: graded.month,
      centre: { distribution: graded.distribution, published: graded.published },
      independent,
      policies: [defaultPolicy.name.en, other.name.en],
      comparison,
      means: Object.fromEntries([...means].map(([category, all]) => [category, Object.fromEntries(all)])),
      fairness,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  } finally {
    await database.destroy();
    await centre.stop();
    await postgres.stop();
  }
}

async function readPolicy(file: string): Promise<CreditPolicy> {
  const { policy, faults } = checkPolicy(JSON.parse(await readFile(file, 'utf8')), null, null);
  if (policy === null)
    throw new Error(`${file}:\n${faults.map(({ field, rule }) => `  ${field}: ${rule}`).join('\n')}`);
  return policy;
}

/** Every merchant with its counts, as the centre keeps them. */
async function readCandidates(database: Database, month: number): Promise<Candidate[]> {
  const { rows: merchants } = await sql<{
    id: string;
    category: string | null;
    listings: string;
    disputed: boolean;
  }>`
    SELECT merchant_id AS id, category, listings, disputed FROM credit_merchant WHERE district = 'HS' ORDER BY 1`.execute(
    database,
  );
  const { rows: counts } = await sql<{
    id: string;
    indicator: number;
    month: number;
    good: number;
    bad: number;
  }>`
    SELECT merchant_id AS id, indicator, month, good, bad FROM credit_count WHERE month <= ${month}`.execute(
    database,
  );
  const byMerchant = Map.groupBy(counts, ({ id }) => id);
  return merchants.map(({ id, category, listings, disputed }) => ({
    merchantId: id,
    counts: (byMerchant.get(id) ?? []).flatMap(({ indicator: number, month: then, good, bad }) => {
      const indicator = indicatorOf(number);
      return indicator === undefined ? [] : [{ indicator, month: then, good, bad }];
    }),
    context: { category, means: new Map(), listings: JSON.parse(listings) as Listing[], disputed },
  }));
}

function meansUnder(
  policy: CreditPolicy,
  candidates: readonly Candidate[],
  month: number,
): Map<string, Means> {
  const byCategory = Map.groupBy(candidates, ({ context }) => context.category ?? '');
  return new Map(
    [...byCategory].map(([category, some]) => {
      const totals = new Map<string, RateTally>();
      for (const { counts } of some)
        for (const [indicator, { good, bad }] of tallyOfMonths(policy, counts, month).rates) {
          const sum = totals.get(indicator) ?? { good: 0, bad: 0 };
          totals.set(indicator, { good: sum.good + good, bad: sum.bad + bad });
        }
      return [category, meansOf(policy, totals)];
    }),
  );
}

/** Each policy has means of its own. */
function contextUnder(candidates: readonly Candidate[], month: number) {
  const known = new Map<CreditPolicy, Map<string, Means>>();
  return (policy: CreditPolicy, { context }: Candidate) => {
    const means = known.get(policy) ?? meansUnder(policy, candidates, month);
    known.set(policy, means);
    return { ...context, means: means.get(context.category ?? '') ?? context.means };
  };
}

async function compareIndependently(
  database: Database,
  url: string,
  month: string,
): Promise<CreditSimulation['independent']> {
  const { rows } = await sql<{ id: string; points: number; grade: string | null }>`
    SELECT merchant_id AS id, points, grade FROM credit_grade WHERE month = ${monthNumber(`${month}-01`)}`.execute(
    database,
  );
  const { log, units } = await readLog(url);
  const expected = gradeIndependently(log, units, month);
  const different = rows.filter(({ id, points, grade }) => {
    const one = expected.get(id);
    return one?.points !== points || one.grade !== grade;
  });
  return { compared: rows.length, different: different.length };
}

/** By the means of the category with most merchants, or where there are none by what the policy expects. */
function fairnessOf(means: ReadonlyMap<string, Means>, seed: number): CreditSimulation['fairness'] {
  const random = createRandom(seed).branch('fairness');
  const curve = fairnessCurve(defaultPolicy, means.get('enterprise') ?? meansOf(defaultPolicy, new Map()), {
    sizes: sizes(defaultPolicy.leastMatters),
    qualities: QUALITIES,
    runs: RUNS,
    dependences: ['independent', 'together'],
    random: random.next,
  });
  const bySize = [...Map.groupBy(curve, ({ size, dependence }) => `${size}; ${dependence}`).values()].map(
    (some): FairnessSummary => {
      const least = some.reduce((a, b) => (b.withinOne < a.withinOne ? b : a));
      return {
        size: least.size,
        dependence: least.dependence,
        withinOne: rounded(some.reduce((sum, one) => sum + one.withinOne, 0) / some.length),
        least: { quality: least.quality, withinOne: rounded(least.withinOne) },
      };
    },
  );
  return { least: Math.min(...bySize.map(({ withinOne }) => withinOne)), bySize, curve };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A few lines of it, for people. */
export function creditLines(result: CreditSimulation): string[] {
  const { distribution, migration, changed } = result.comparison;
  const counts = (all: Record<string, number>): string =>
    Object.entries(all)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  return [
    `${result.merchants} merchants in ${result.month}; ${result.independent.different} of ${result.independent.compared} differ from the independent script`,
    `${result.policies[0]}: ${counts(distribution.before)}`,
    `${result.policies[1]}: ${counts(distribution.after)}`,
    ...Object.entries(migration).map(([from, to]) => `  from ${from}: ${counts(to)}`),
    `${changed.length} change; the first:`,
    ...changed
      .slice(0, 5)
      .map(
        ({ merchantId, from, to, because }) =>
          `  ${merchantId}: ${from.grade ?? '—'} ${from.points} → ${to.grade ?? '—'} ${to.points}: ${because.map((one) => `${one.indicator} ${one.from} → ${one.to}`).join(', ')}`,
      ),
    'within one grade of the true one:',
    ...result.fairness.bySize.map(
      ({ size, dependence, withinOne, least }) =>
        `  ${size}, facts of a matter ${dependence}: ${withinOne}; least ${least.withinOne} at a quality of ${least.quality} %`,
    ),
  ];
}
