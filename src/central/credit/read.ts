import { sql, type RawBuilder } from 'kysely';
import {
  type CreditPolicy,
  type Indicator,
  INDICATORS,
  indicatorOf,
  isIndicator,
  type Means,
  meansOf,
  type RateTally,
  reachOf,
  type Tally,
} from '../../domain/credit/index.ts';
import { intColumn } from '../kernel/db/binary-arrays.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { CreditRow, Wanted } from './merchants.ts';
import { allListings, RECORDS } from './records.ts';

/** A merchant with what counts of it. */
export type Candidate = CreditRow & { category: string | null; tally: Tally };

/**
 * What a policy counts, as rows: each indicator with the first month of its window. Sums of events are kept apart by month, for they
 * count less with each; those of rates are not.
 */
function rulesOf(policy: CreditPolicy, month: number): RawBuilder<unknown> {
  const used = [...policy.rates, ...policy.events].flatMap(({ indicator }) =>
    isIndicator(indicator) ? [indicator] : [],
  );
  return sql`unnest(
    ${intColumn(used.map((indicator) => INDICATORS[indicator].number))}::int[],
    ${intColumn(used.map((indicator) => month - reachOf(policy, indicator) + 1))}::int[],
    ${textArray(used.map((indicator) => (INDICATORS[indicator].kind === 'event' ? 't' : 'f')))}::boolean[])
    AS rule (indicator, since, event)`;
}

/** What counts of merchants in a month, added up: of rates their windows, of events each month. `of` narrows the counts down. */
export const countsOf = (
  policy: CreditPolicy,
  month: number,
  of: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  SELECT count.merchant_id, rule.indicator, rule.event, CASE WHEN rule.event THEN ${month}::int - count.month ELSE 0 END AS age,
    sum(count.good)::int AS good, sum(count.bad)::int AS bad
  FROM credit_count AS count JOIN ${rulesOf(policy, month)} ON rule.indicator = count.indicator
  WHERE count.month BETWEEN rule.since AND ${month}::int AND ${of}
  GROUP BY 1, 2, 3, 4`;

/** The same as one text a merchant, which costs a driver least to read: `indicator:age:good:bad` one behind the other. */
export const AS_TEXT = sql`string_agg(indicator || ':' || age || ':' || good || ':' || bad, ';')`;

/** Reads such a text, whose parts come in any order. */
export function tallyOfText(text: string | null): Tally {
  const rates = new Map<string, RateTally>();
  const events = new Map<string, { age: number; count: number }[]>();
  for (const part of text === null || text === '' ? [] : text.split(';')) {
    const [number = 0, age = 0, good = 0, bad = 0] = part.split(':').map(Number);
    const indicator: Indicator | undefined = indicatorOf(number);
    if (indicator === undefined || good + bad === 0) continue;
    if (INDICATORS[indicator].kind === 'rate') rates.set(indicator, { good, bad });
    else {
      const known = events.get(indicator);
      if (known) known.push({ age, count: good + bad });
      else events.set(indicator, [{ age, count: good + bad }]);
    }
  }
  for (const months of events.values()) months.sort((a, b) => a.age - b.age);
  return { rates, events };
}

export type CandidateRow = {
  id: string;
  path: string;
  category: string | null;
  listings: string;
  /** Records of their own, as `RECORDS` gives them. */
  records: string | null;
  disputed: boolean;
  wanted: Wanted | null;
  published: string | null;
  month: number | null;
  counts: string | null;
};

/** The columns of a candidate but for its counts. */
export const CANDIDATE = sql`merchant.merchant_id AS id, merchant.unit_path AS path, merchant.category, merchant.listings,
  merchant.disputed, merchant.wanted, merchant.published, merchant.published_month AS month, ${RECORDS}`;

export function candidateOf(row: CandidateRow): Candidate {
  return {
    merchantId: row.id,
    unitPath: row.path,
    category: row.category,
    listings: allListings(JSON.parse(row.listings) as Candidate['listings'], row.records),
    disputed: row.disputed,
    wanted: row.wanted,
    published: row.published,
    publishedMonth: row.month,
    tally: tallyOfText(row.counts),
  };
}

/** The means of categories, by their code; of one without any the policy's own expectation. */
export type CategoryMeans = {
  of(category: string | null): Means;
  rows: readonly { category: string; indicator: number; mean: number }[];
};

export function categoryMeans(
  policy: CreditPolicy,
  totals: readonly { category: string; indicator: number; good: number; bad: number }[],
): CategoryMeans {
  const byCategory = new Map<string, Map<string, RateTally>>();
  for (const { category, indicator: number, good, bad } of totals) {
    const indicator = indicatorOf(number);
    if (indicator === undefined) continue;
    const known = byCategory.get(category) ?? new Map<string, RateTally>();
    byCategory.set(category, known.set(indicator, { good, bad }));
  }
  const none = meansOf(policy, new Map());
  const means = new Map(
    policy.categories.map(({ code }) => [code, meansOf(policy, byCategory.get(code) ?? new Map())]),
  );
  return {
    of: (category) => means.get(category ?? '') ?? none,
    rows: [...means].flatMap(([category, byIndicator]) =>
      [...byIndicator].flatMap(([indicator, mean]) =>
        isIndicator(indicator) ? [{ category, indicator: INDICATORS[indicator].number, mean }] : [],
      ),
    ),
  };
}

/** The means as the last grading of a month has left them; null where there is none under this policy. */
export async function keptMeans(
  from: QueryExecutor,
  district: string,
  policy: CreditPolicy,
  version: number,
): Promise<CategoryMeans | null> {
  const { rows } = await sql<{ category: string; indicator: number; mean: number }>`
    SELECT category, indicator, mean FROM credit_mean WHERE district = ${district} AND policy_version = ${version}`.execute(
    from,
  );
  if (rows.length === 0) return null;
  const none = meansOf(policy, new Map());
  const known = Map.groupBy(rows, ({ category }) => category);
  return {
    of: (category) =>
      new Map([
        ...none,
        ...(known.get(category ?? '') ?? []).flatMap(({ indicator, mean }) => {
          const name = indicatorOf(indicator);
          return name === undefined ? [] : [[name, mean] as const];
        }),
      ]),
    rows,
  };
}
