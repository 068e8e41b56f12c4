import { sql } from 'kysely';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import type { RollupContext } from '../../domain/rollup/index.ts';
import type { AnyState } from '../../domain/streams.ts';
import { textArray } from '../kernel/db/arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { createGathering } from './gather.ts';
import { merchantStatements } from './merchants.ts';
import { recordStatements } from './records.ts';
import { copiedStatements } from './write.ts';

/** Facts that are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

const COPIES = {
  facts: 'anew_credit_fact',
  counts: 'anew_credit_count',
  merchants: 'anew_credit_merchant',
  records: 'anew_credit_record',
};

/** What facts say of merchants, made anew from the log beside what is kept, in copies that go with the transaction. */
export type CreditAnew = {
  add(
    before: AnyState | undefined,
    event: EventEnvelope,
    after: AnyState,
    context: RollupContext,
  ): Promise<void>;
  /** Once the whole log has been added: counts it, and says how much was looked at and where what is kept differs. */
  compare(): Promise<{ checked: number; broken: number; examples: string[] }>;
  /** Puts what was made in the place of what was kept. */
  replace(): Promise<void>;
};

/** Whether facts from before there was credit have been observed. */
export async function creditIsWhole(from: Database | Transaction): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM setting WHERE key = 'credit-whole'`.execute(from);
  return rows.length > 0;
}

export async function makeCreditAnew(transaction: Transaction): Promise<CreditAnew> {
  for (const [name, copy] of [
    ['credit_fact', COPIES.facts],
    ['credit_count', COPIES.counts],
    ['credit_merchant', COPIES.merchants],
    ['credit_record', COPIES.records],
  ] as const)
    await sql`CREATE TEMPORARY TABLE ${sql.ref(copy)}
      (LIKE ${sql.ref(name)} INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP`.execute(transaction);
  let gathering = createGathering();
  let held = 0;
  /** The newest state of each merchant and credit met since the last flush. */
  let states = new Map<string, AnyState>();
  const retracted = new Set<string>();
  const flush = async (): Promise<void> => {
    for (const statement of [
      ...copiedStatements(gathering, COPIES.facts),
      ...merchantStatements(states.values(), COPIES.merchants),
      ...recordStatements(states.values(), COPIES.records),
    ])
      await statement.execute(transaction);
    // What they were said of may come later: the log is walked kind by kind.
    for (const { factId } of gathering.retracted()) retracted.add(factId);
    gathering = createGathering();
    states = new Map();
    held = 0;
  };
  return {
    add: async (before, event, after, context) => {
      gathering.add(before, event, after, context);
      if (after.kind === 'merchant' || after.kind === 'credit' || after.kind === 'sanction')
        states.set(`${after.kind}:${after.state.id}`, after);
      held += 1;
      if (held >= FLUSH_EVERY) await flush();
    },
    compare: async () => {
      await flush();
      await sql`UPDATE ${sql.ref(COPIES.facts)} SET counted = false
        WHERE fact_id = ANY(${textArray([...retracted])}::text[])`.execute(transaction);
      await sql`
        INSERT INTO ${sql.ref(COPIES.counts)} (merchant_id, indicator, month, good, bad)
        SELECT merchant_id, indicator, month, count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good)
        FROM ${sql.ref(COPIES.facts)} WHERE merchant_id IS NOT NULL AND counted GROUP BY 1, 2, 3`.execute(
        transaction,
      );
      return compareCopies(transaction);
    },
    replace: async () => {
      for (const [kept, copy] of [
        ['credit_fact', COPIES.facts],
        ['credit_count', COPIES.counts],
        ['credit_merchant', COPIES.merchants],
        ['credit_record', COPIES.records],
      ] as const) {
        await sql`DELETE FROM ${sql.ref(kept)}`.execute(transaction);
        await sql`INSERT INTO ${sql.ref(kept)} SELECT * FROM ${sql.ref(copy)}`.execute(transaction);
      }
      await sql`INSERT INTO setting (key, value) VALUES ('credit-whole', 'true') ON CONFLICT DO NOTHING`.execute(
        transaction,
      );
    },
  };
}

/** Until facts of before are observed, what is missing is late and not wrong. */
async function compareCopies(
  transaction: Transaction,
): Promise<{ checked: number; broken: number; examples: string[] }> {
  const whole = await creditIsWhole(transaction);
  const { rows } = await sql<{ checked: number; broken: number; examples: string[] | null }>`
    WITH compared AS (
      SELECT 'fact ' || fact_id || ' ' || indicator AS place, whole.fact_id IS NULL AS stray, kept.fact_id IS NULL AS missing,
        (kept.merchant_id, kept.month, kept.day, kept.good, kept.counted, kept.stream_id)
          IS DISTINCT FROM (whole.merchant_id, whole.month, whole.day, whole.good, whole.counted, whole.stream_id) AS differs
      FROM credit_fact AS kept FULL JOIN ${sql.ref(COPIES.facts)} AS whole USING (fact_id, indicator)
      UNION ALL
      SELECT concat_ws(' ', 'count', merchant_id, indicator, month), whole.merchant_id IS NULL AND kept.good + kept.bad > 0,
        kept.merchant_id IS NULL,
        coalesce(kept.good, 0) <> coalesce(whole.good, 0) OR coalesce(kept.bad, 0) <> coalesce(whole.bad, 0)
      FROM credit_count AS kept FULL JOIN ${sql.ref(COPIES.counts)} AS whole USING (merchant_id, indicator, month)
      UNION ALL
      SELECT 'merchant ' || merchant_id, whole.merchant_id IS NULL, kept.merchant_id IS NULL,
        (kept.category, kept.credit_code, kept.listings, kept.disputed, kept.wanted, kept.published, kept.published_month)
          IS DISTINCT FROM
          (whole.category, whole.credit_code, whole.listings, whole.disputed, whole.wanted, whole.published, whole.published_month)
      FROM credit_merchant AS kept FULL JOIN ${sql.ref(COPIES.merchants)} AS whole USING (merchant_id)
      UNION ALL
      SELECT 'record ' || record_id, whole.record_id IS NULL, kept.record_id IS NULL,
        (kept.merchant_id, kept.listing, kept.continues, kept.counted_as)
          IS DISTINCT FROM (whole.merchant_id, whole.listing, whole.continues, whole.counted_as)
      FROM credit_record AS kept FULL JOIN ${sql.ref(COPIES.records)} AS whole USING (record_id)),
    judged AS (
      SELECT place, CASE WHEN ${whole}::boolean THEN differs ELSE stray END AS wrong FROM compared)
    SELECT count(*)::int AS checked, (count(*) FILTER (WHERE wrong))::int AS broken,
      (array_agg(place ORDER BY place) FILTER (WHERE wrong))[1:10] AS examples
    FROM judged`.execute(transaction);
  const { checked, broken, examples } = rows[0] ?? { checked: 0, broken: 0, examples: [] };
  return { checked, broken, examples: examples ?? [] };
}
