import { sql } from 'kysely';
import { canonicalJson } from '../../domain/kernel/event/canonical.ts';
import { asOfImports } from '../../domain/procedure/index.ts';
import { rollupDeltas, type AnyState } from '../../domain/streams.ts';
import { creditIsWhole, makeCreditAnew } from '../credit/index.ts';
import { textArray, jsonTextArray } from '../kernel/db/arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { saveUnits } from '../kernel/ingest/write.ts';
import { mendCodes } from '../public/index.ts';
import { createDeltaSum, prepareDeltas, ROLLUP_TABLES, writeDeltas } from '../rollup/index.ts';
import type { UnitCache } from '../kernel/units.ts';
import { createCopies, rebuildEquals, replayStreams } from '../verify/index.ts';

/** Events whose additions are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

/** How much was made anew from the log, and how much of it had been otherwise. */
export type Rebuilt = {
  what: 'states' | 'counters' | 'handling times' | 'credit' | 'public codes';
  checked: number;
  mended: number;
};

type Replayed = { kind: string; id: string; state: AnyState };

/** Writes the states that differ from what is kept, and rows that are gone; returns how many. */
async function mendStates(transaction: Transaction, replayed: readonly Replayed[]): Promise<number> {
  const { rows } = await sql<{ kind: string; id: string; state: string | null }>`
    SELECT stream.kind, stream.id, stream.state
    FROM unnest(${textArray(replayed.map(({ kind }) => kind))}::text[],
      ${textArray(replayed.map(({ id }) => id))}::text[]) AS wanted (kind, id)
    JOIN stream ON stream.kind = wanted.kind AND stream.id = wanted.id`.execute(transaction);
  const kept = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row.state]));
  const wrong = replayed.filter(({ kind, id, state }) => {
    const text = kept.get(`${kind}:${id}`);
    return typeof text !== 'string' || canonicalJson(JSON.parse(text)) !== canonicalJson(state.state);
  });
  if (wrong.length === 0) return 0;
  // A row that is gone gets its sight back from the feeds, which are the truth of who has seen it.
  await sql`
    INSERT INTO stream (kind, id, circle, revision, state, sight)
    SELECT fresh.kind, fresh.id, logged.circle, logged.count, fresh.state,
      coalesce((SELECT json_agg(DISTINCT feed.unit_path)::text FROM event
        JOIN feed ON feed.event_id = event.id
        WHERE event.stream_kind = fresh.kind AND event.stream_id = fresh.id AND event.status <> 'rejected'), '[]')
    FROM unnest(${textArray(wrong.map(({ kind }) => kind))}::text[], ${textArray(wrong.map(({ id }) => id))}::text[],
      ${jsonTextArray(wrong.map(({ state }) => JSON.stringify(state.state)))}::text[]) AS fresh (kind, id, state)
    CROSS JOIN LATERAL (
      SELECT (array_agg(circle ORDER BY position))[1] AS circle, count(*) AS count FROM event
      WHERE stream_kind = fresh.kind AND stream_id = fresh.id AND status <> 'rejected') AS logged
    ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, revision = stream.revision + 1`.execute(
    transaction,
  );
  return wrong.length;
}

/**
 * Makes states, units and the roll-up anew from the log and puts them in the place of the kept ones, all in one
 * transaction that writers wait for and readers do not. `dryRun` only says what would change. The log and the
 * feeds are the truth and are never touched.
 */
export async function rebuildFromLog(
  database: Database,
  units: UnitCache,
  { dryRun }: { dryRun: boolean },
): Promise<Rebuilt[]> {
  class OnlyLooked extends Error {}
  let rebuilt: Rebuilt[] = [];
  try {
    await database.transaction().execute(async (transaction) => {
      // One after the other with pushes: nothing is counted that this does not see.
      await sql`LOCK TABLE device, event, stream, rollup_counter, rollup_handling, credit_fact, credit_count, credit_merchant, public_code IN SHARE ROW EXCLUSIVE MODE`.execute(
        transaction,
      );
      rebuilt = await makeAnew(transaction, units);
      if (dryRun) throw new OnlyLooked();
    });
  } catch (error) {
    if (!(error instanceof OnlyLooked)) throw error;
  }
  if (!dryRun) await units.reload(database);
  return rebuilt;
}

async function makeAnew(transaction: Transaction, units: UnitCache): Promise<Rebuilt[]> {
  await units.reload(transaction);
  const rules = units.rules();
  const { levelOf, partyOf } = units;
  const copies = await createCopies(transaction);
  const credit = await makeCreditAnew(transaction);
  let sum = createDeltaSum();
  let held = 0;
  let states = 0;
  let mended = 0;
  const flush = async (): Promise<void> => {
    await writeDeltas(transaction, prepareDeltas(sum), copies);
    sum = createDeltaSum();
    held = 0;
  };
  await replayStreams(
    transaction,
    rules,
    async (before, event, after, imports) => {
      const context = { levelOf, partyOf, rules: asOfImports(rules, event.unitPath, imports) };
      sum.add(rollupDeltas(before, event, after, context));
      await credit.add(before, event, after, context);
      held += 1;
      if (held >= FLUSH_EVERY) await flush();
    },
    async (replayed) => {
      states += replayed.length;
      mended += await mendStates(transaction, replayed);
      await saveUnits(
        transaction,
        replayed.flatMap(({ state }) => (state.kind === 'unit' ? [state.state] : [])),
      );
    },
  );
  await flush();
  const [counters, handling] = await rebuildEquals(transaction);
  for (const [kept, copy] of [
    [ROLLUP_TABLES.counters, copies.counters],
    [ROLLUP_TABLES.handling, copies.handling],
  ] as const) {
    await sql`DELETE FROM ${sql.table(kept)}`.execute(transaction);
    await sql`INSERT INTO ${sql.table(kept)} SELECT * FROM ${sql.table(copy)}`.execute(transaction);
  }
  const observed = await credit.compare();
  await credit.replace();
  const codes = await mendCodes(transaction);
  return [
    { what: 'states', checked: states, mended },
    { what: 'counters', checked: counters?.checked ?? 0, mended: counters?.broken ?? 0 },
    { what: 'handling times', checked: handling?.checked ?? 0, mended: handling?.broken ?? 0 },
    { what: 'credit', checked: observed.checked, mended: observed.broken },
    { what: 'public codes', checked: codes.checked, mended: codes.broken },
  ];
}

/**
 * Observes what was recorded before there was credit, once a database: all in one transaction that writers wait for. What a release
 * before this one records beside it meanwhile, `rebuild` finds.
 */
export async function observeHistory(database: Database, units: UnitCache): Promise<void> {
  if (await creditIsWhole(database)) return;
  await database.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE device, event, stream, credit_fact, credit_count, credit_merchant IN SHARE ROW EXCLUSIVE MODE`.execute(
      transaction,
    );
    await units.reload(transaction);
    const rules = units.rules();
    const { levelOf, partyOf } = units;
    const credit = await makeCreditAnew(transaction);
    await replayStreams(transaction, rules, (before, event, after, imports) =>
      credit.add(before, event, after, {
        levelOf,
        partyOf,
        rules: asOfImports(rules, event.unitPath, imports),
      }),
    );
    await credit.compare();
    await credit.replace();
  });
}
