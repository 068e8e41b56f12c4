import { sql } from 'kysely';
import { monthNumber, monthText, type PublishedGrade } from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { gradeMonth, type GradedMonth } from './grading.ts';
import type { Order } from './candidates.ts';
import { policyFor } from './policies.ts';
import { publishGrades } from './publish.ts';

/** A month's grading of one district, and how many of its grades were published as new. */
export type GradingAnswer = Omit<GradedMonth, 'due'> & { district: string; published: number };

async function orderOf({ database }: IngestParts, district: string, month: number): Promise<Order> {
  return { district, month, rules: await policyFor(database, district, monthText(month)) };
}

/**
 * Grades every merchant of every district for a month and publishes what is not as it was published. `month` is the current one
 * unless told; a later one is refused. Cut between two transactions, the next run goes on. @throws RULE
 */
export async function gradeAll(
  parts: IngestParts,
  { month: wanted, stopped }: { month?: string | undefined; stopped?: () => boolean },
  now: Date,
): Promise<GradingAnswer[]> {
  const current = monthNumber(businessDay(now.toISOString()));
  const month = wanted === undefined ? current : monthNumber(`${wanted}-01`);
  if (month > current)
    throw centreError('RULE', {
      rule: 'credit-month-to-come',
      field: 'month',
      parameters: { month: monthText(current) },
    });
  await parts.units.reload(parts.database);
  const districts = parts.units.all().filter(({ path }) => parentPath(path) === null);
  const answers: GradingAnswer[] = [];
  for (const { path } of districts) {
    const order = await orderOf(parts, topOf(path), month);
    const { due, ...graded } = await gradeMonth(parts.database, order);
    const published = await publishGrades(parts, order, due, 'monthly', now, stopped);
    answers.push({ ...graded, district: order.district, published: published.length });
  }
  return answers;
}

/** Grades one merchant now and publishes it where it is not as it was published. Says whether it was. @throws RULE */
export async function gradeOne(
  parts: IngestParts,
  merchantId: string,
  cause: PublishedGrade['cause'],
  now: Date,
): Promise<{ published: boolean }> {
  const { rows } = await sql<{ district: string; disputed: boolean }>`
    SELECT district, disputed FROM credit_merchant WHERE merchant_id = ${merchantId}`.execute(parts.database);
  const found = rows[0];
  if (!found) throw centreError('RULE', { rule: 'merchant-missing', field: 'merchantId' });
  if (found.disputed) throw centreError('RULE', { rule: 'credit-disputed', field: 'merchantId' });
  const month = monthNumber(businessDay(now.toISOString()));
  const order = await orderOf(parts, found.district, month);
  const published = await publishGrades(parts, order, [merchantId], cause, now);
  return { published: published.length > 0 };
}

/**
 * Answers requests to be rated anew, and grades anew those of whom facts count no more or have moved: an objection was upheld, a case
 * was corrected; and those about whom a decision was recorded or ended. Returns how many were published.
 */
export async function gradeWanted(parts: IngestParts, now: Date, stopped: () => boolean): Promise<number> {
  const { rows } = await sql<{ id: string; district: string }>`
    SELECT merchant_id AS id, district FROM credit_merchant WHERE wanted IS NOT NULL AND NOT disputed
    UNION SELECT merchant_id, district FROM credit_change JOIN credit_merchant USING (merchant_id)
    WHERE published IS NOT NULL AND NOT disputed
    UNION SELECT merchant_id, district FROM credit_record JOIN credit_merchant USING (merchant_id)
    WHERE fresh AND published IS NOT NULL AND NOT disputed ORDER BY id`.execute(parts.database);
  const month = monthNumber(businessDay(now.toISOString()));
  let published = 0;
  for (const [district, some] of Map.groupBy(rows, (row) => row.district)) {
    const order = await orderOf(parts, district, month);
    const ids = some.map(({ id }) => id);
    published += (await publishGrades(parts, order, ids, 'correction', now, stopped)).length;
  }
  return published;
}

/** Grades the month that is over, once it is; says whether it did. Looked at by whichever process is elected. */
export async function gradeLastMonth(
  parts: IngestParts,
  now: Date,
  stopped: () => boolean,
): Promise<boolean> {
  const month = monthText(monthNumber(businessDay(now.toISOString())) - 1);
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM setting WHERE key = 'credit-graded'`.execute(parts.database);
  if ((rows[0]?.value ?? '') >= month) return false;
  await gradeAll(parts, { month, stopped }, now);
  if (stopped()) return false;
  await sql`
    INSERT INTO setting (key, value) VALUES ('credit-graded', ${month})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(parts.database);
  return true;
}
