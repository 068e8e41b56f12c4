import { sql, type RawBuilder } from 'kysely';
import {
  type CreditState,
  isDisputed,
  monthNumber,
  type Line,
  type Listing,
  type Reason,
  standingListings,
} from '../../domain/credit/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import type { AnyState } from '../../domain/streams.ts';
import { textColumn, intColumn } from '../kernel/db/binary-arrays.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { circleOf } from '../kernel/db/circle.ts';

/** Why a merchant is to be graded before the month is over. */
export type Wanted = 're-rating' | 'correction';

/** What was published, in short: graded anew with the same facts it comes to the same. */
export function signatureOf(grade: {
  policyVersion: number;
  outcome: string;
  points: number;
  grade: string | null;
  lines: readonly Line[];
  reasons: readonly Reason[];
}): string {
  const lines = grade.lines.map((line) =>
    line.kind === 'rate'
      ? [line.indicator, line.points, line.good, line.bad]
      : [line.indicator, line.points, ...line.months.flatMap(({ age, count }) => [age, count])],
  );
  const { policyVersion, outcome, points, reasons } = grade;
  return JSON.stringify([
    policyVersion,
    outcome,
    points,
    grade.grade,
    lines,
    reasons.map(({ code, lost }) => [code, lost]),
  ]);
}

/** What of a merchant's credit is asked when it is graded. */
export type CreditRow = {
  merchantId: string;
  unitPath: string;
  listings: Listing[];
  disputed: boolean;
  wanted: Wanted | null;
  published: string | null;
  publishedMonth: number | null;
};

export function creditRowOf(state: CreditState): CreditRow {
  const { id, unitPath, grade, reRating, correction } = state;
  return {
    merchantId: id,
    unitPath,
    listings: standingListings(state).map(({ listing, entryId }) => ({ listing, factId: entryId })),
    disputed: isDisputed(state),
    wanted: correction ? 'correction' : reRating === null ? null : 're-rating',
    published: grade === null ? null : signatureOf(grade),
    publishedMonth: grade === null ? null : monthNumber(grade.month),
  };
}

/** The statements that keep who is graded, for these states; `table` is a copy where they are made anew. */
export function merchantStatements(
  states: Iterable<AnyState>,
  table = 'credit_merchant',
): RawBuilder<unknown>[] {
  const merchants: { id: string; unitPath: string; category: string; creditCode: string | null }[] = [];
  const credits: CreditRow[] = [];
  for (const current of states) {
    if (current.kind === 'merchant') merchants.push(current.state);
    if (current.kind === 'credit') credits.push(creditRowOf(current.state));
  }
  const to = sql.ref(table);
  const statements: RawBuilder<unknown>[] = [];
  if (merchants.length > 0) {
    const rows = inOrder(merchants, ({ id }) => id);
    statements.push(sql`
      INSERT INTO ${to} (merchant_id, circle, district, unit_path, category, credit_code)
      SELECT * FROM unnest(
        ${textColumn(rows.map(({ id }) => id))}::text[],
        ${textColumn(rows.map(({ unitPath }) => circleOf(unitPath)))}::text[],
        ${textColumn(rows.map(({ unitPath }) => topOf(unitPath)))}::text[],
        ${textColumn(rows.map(({ unitPath }) => unitPath))}::text[],
        ${textColumn(rows.map(({ category }) => category))}::text[],
        ${textColumn(rows.map(({ creditCode }) => creditCode))}::text[])
      ON CONFLICT (merchant_id) DO UPDATE SET circle = excluded.circle, district = excluded.district,
        unit_path = excluded.unit_path, category = excluded.category, credit_code = excluded.credit_code`);
  }
  if (credits.length > 0) {
    const rows = inOrder(credits, ({ merchantId }) => merchantId);
    statements.push(sql`
      INSERT INTO ${to} (merchant_id, circle, district, unit_path, listings, disputed, wanted, published, published_month)
      SELECT * FROM unnest(
        ${textColumn(rows.map((row) => row.merchantId))}::text[],
        ${textColumn(rows.map((row) => circleOf(row.unitPath)))}::text[],
        ${textColumn(rows.map((row) => topOf(row.unitPath)))}::text[],
        ${textColumn(rows.map((row) => row.unitPath))}::text[],
        ${textColumn(rows.map((row) => JSON.stringify(row.listings)))}::text[],
        ${textArray(rows.map((row) => (row.disputed ? 't' : 'f')))}::boolean[],
        ${textColumn(rows.map((row) => row.wanted))}::text[],
        ${textColumn(rows.map((row) => row.published))}::text[],
        ${intColumn(rows.map((row) => row.publishedMonth))}::int[])
      ON CONFLICT (merchant_id) DO UPDATE SET listings = excluded.listings, disputed = excluded.disputed,
        wanted = excluded.wanted, published = excluded.published, published_month = excluded.published_month`);
  }
  return statements;
}

function inOrder<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
