import { sql } from 'kysely';
import {
  INDICATORS,
  isIndicator,
  type Listing,
  monthText,
  type NumberedPolicy,
  type PublishedGrade,
  reachOf,
} from '../../domain/credit/index.ts';
import { textColumn, intColumn } from '../kernel/db/binary-arrays.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { type AdminFact, withCentreLog } from '../organisation/index.ts';
import type { Order } from './candidates.ts';
import { changesOf, forgetChanges } from './changes.ts';
import { seeRecords } from './records.ts';
import { type Graded, gradeSome, isDue, saveGrades } from './grading.ts';

/** Grades that are published in one transaction: pushes of the merchants' units wait for no more than these. */
const AT_ONCE = 500;
/** Facts that a reason names: the latest ones. */
const FACTS_OF_REASON = 5;

/**
 * Publishes what these merchants come to, as facts that go to their units and all above. Worked out in the transaction that publishes
 * it, with their records locked, so that no grade is given from what is in dispute by then. Returns the ids of whom it was said.
 */
export async function publishGrades(
  parts: IngestParts,
  order: Order,
  merchantIds: readonly string[],
  cause: PublishedGrade['cause'],
  now: Date,
  stopped: () => boolean = () => false,
): Promise<string[]> {
  const published: string[] = [];
  for (let start = 0; start < merchantIds.length && !stopped(); start += AT_ONCE) {
    const ids = merchantIds.slice(start, start + AT_ONCE);
    const done = await withCentreLog(parts, now, async ({ transaction, record }) => {
      // As a push takes them: an objection that comes in meanwhile waits, or is seen.
      await sql`SELECT FROM stream WHERE kind = 'credit' AND id = ANY(${textColumn(ids)}::text[])
        ORDER BY id FOR UPDATE`.execute(transaction);
      const changes = await changesOf(transaction, ids, cause);
      const known = await gradeSome(transaction, order, ids);
      const graded = known.filter((one) => isDue(one, one.outcome, order.month, order.rules.version));
      await record(await factsOf(transaction, order, { graded, cause, changes }));
      // What changed nothing that was published is told with no grade; what is in dispute waits.
      const told = known.flatMap(({ merchantId, outcome }) =>
        outcome.outcome === 'pending' ? [] : [merchantId],
      );
      await forgetChanges(transaction, told);
      await seeRecords(transaction, told);
      if (graded.length > 0) await saveGrades(transaction, order.month, order.rules.version, graded);
      return graded.map(({ merchantId }) => merchantId);
    });
    published.push(...done);
  }
  return published;
}

async function factsOf(
  transaction: Transaction,
  order: Order,
  {
    graded,
    cause,
    changes,
  }: {
    graded: readonly Graded[];
    cause: PublishedGrade['cause'];
    changes: Awaited<ReturnType<typeof changesOf>>;
  },
): Promise<AdminFact[]> {
  const factsFor = await reasonFacts(transaction, order, graded);
  const recordedBy = await recorders(transaction, [...factsFor.values()].flat());
  return graded.map(({ merchantId, unitPath, category, listings, wanted, outcome }) => {
    const reasons = outcome.reasons.map(({ code, lost }) => ({
      code,
      lost,
      facts: listedFacts(code, listings) ?? factsFor.get(`${merchantId} ${code}`) ?? [],
    }));
    const people = new Set(reasons.flatMap(({ facts }) => facts.flatMap((id) => recordedBy.get(id) ?? [])));
    const changed = changes.get(merchantId);
    const payload: PublishedGrade = {
      merchantPath: unitPath,
      month: monthText(order.month),
      policyVersion: order.rules.version,
      category,
      outcome: outcome.outcome === 'graded' ? 'graded' : 'not-rated',
      base: outcome.base,
      points: outcome.points,
      grade: outcome.grade,
      gradeOfPoints: outcome.gradeOfPoints,
      lines: outcome.lines.map((line) =>
        line.kind === 'rate' ? line : { ...line, months: line.months.map((one) => ({ ...one })) },
      ),
      interval: outcome.interval,
      matters: outcome.matters,
      reasons,
      recordedBy: [...people].toSorted(),
      limits: limitsOf(order.rules.policy),
      cause: wanted ?? cause,
      ...(changed === undefined ? {} : { changed }),
    };
    return { stream: { kind: 'credit', id: merchantId }, type: 'grade-published', payload, unitPath };
  });
}

function limitsOf({ objection, overrideDays }: NumberedPolicy['policy']): PublishedGrade['limits'] {
  const { file, fileApproved, decide, decideApproved } = objection;
  return { file, fileApproved, decide, decideApproved, overrideDays };
}

function listedFacts(code: string, listings: readonly Listing[]): string[] | undefined {
  if (!code.startsWith('listing-')) return undefined;
  return listings.flatMap(({ listing, factId }) => (code === `listing-${listing}` ? [factId] : []));
}

/** The latest facts behind each reason, by merchant and code. */
export async function reasonFacts(
  transaction: Transaction,
  { month, rules }: Pick<Order, 'month' | 'rules'>,
  graded: readonly Pick<Graded, 'merchantId' | 'outcome'>[],
): Promise<Map<string, string[]>> {
  const wanted = graded.flatMap(({ merchantId, outcome }) =>
    outcome.reasons.flatMap(({ code }) => (isIndicator(code) ? [{ merchantId, code }] : [])),
  );
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ merchantId: string; code: string; facts: string }>`
    SELECT wanted.merchant_id AS "merchantId", wanted.code, latest.facts FROM unnest(
      ${textColumn(wanted.map((one) => one.merchantId))}::text[],
      ${textColumn(wanted.map((one) => one.code))}::text[],
      ${intColumn(wanted.map((one) => INDICATORS[one.code].number))}::int[],
      ${intColumn(wanted.map((one) => month - reachOf(rules.policy, one.code) + 1))}::int[])
      AS wanted (merchant_id, code, indicator, since)
    CROSS JOIN LATERAL (
      SELECT string_agg(fact_id, ' ' ORDER BY day DESC, fact_id DESC) AS facts FROM (
        SELECT fact_id, day FROM credit_fact AS fact
        WHERE fact.merchant_id = wanted.merchant_id AND fact.indicator = wanted.indicator AND NOT fact.good AND fact.counted
          AND fact.month BETWEEN wanted.since AND ${month}::int
        ORDER BY day DESC, fact_id DESC LIMIT ${sql.lit(FACTS_OF_REASON)}) AS one) AS latest`.execute(
    transaction,
  );
  return new Map(
    rows.map(({ merchantId, code, facts }) => [
      `${merchantId} ${code}`,
      (facts ?? '').split(' ').filter((id) => id !== ''),
    ]),
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who recorded these facts, by the fact. */
async function recorders(transaction: Transaction, factIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(factIds)].filter((id) => UUID.test(id));
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; staff: string }>`
    SELECT id::text AS id, actor::json ->> 'staffId' AS staff FROM event
    WHERE id = ANY(${textArray(ids)}::uuid[]) AND status <> 'rejected'`.execute(transaction);
  return new Map(rows.map(({ id, staff }) => [id, staff]));
}
