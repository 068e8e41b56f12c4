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
import { mendTasks } from '../tasks/index.ts';
import { createCopies, rebuildEquals, replayStreams, type StreamPlace } from '../verify/index.ts';

/** Events whose additions are held in memory before they go to the copy. */
const FLUSH_EVERY = 20_000;

/** How much was made anew from the log, and how much of it had been otherwise. */
export type Rebuilt = {
  what: 'states' | 'counters' | 'handling times' | 'credit' | 'public codes' | 'tasks';
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

/** Pages of the log whose states are made anew in one transaction. */
const PAGES_AT_ONCE = 2;
/** Before the first stream. */
const BEGINNING: StreamPlace = { kind: '', id: '' };

/**
 * One part of a rebuild, in a transaction of its own that writers wait for and readers do not. What it made stays whatever becomes of the
 * parts after it: each may be made again, and a rebuild that was stopped goes on with the next.
 */
export type RebuildStep = {
  name: string;
  /** @param from where the part before of the same step ended; `next` is where this one did, null when the step is over */
  make(
    transaction: Transaction,
    units: UnitCache,
    from: StreamPlace,
  ): Promise<{ rebuilt: Rebuilt[]; next: StreamPlace | null }>;
};

async function makeStates(
  transaction: Transaction,
  units: UnitCache,
  from: StreamPlace,
): Promise<{ rebuilt: Rebuilt[]; next: StreamPlace | null }> {
  let [states, mended] = [0, 0];
  const { last } = await replayStreams(
    transaction,
    units.rules(),
    async () => undefined,
    async (replayed) => {
      states += replayed.length;
      mended += await mendStates(transaction, replayed);
      await saveUnits(
        transaction,
        replayed.flatMap(({ state }) => (state.kind === 'unit' ? [state.state] : [])),
      );
    },
    { after: from, pages: PAGES_AT_ONCE },
  );
  return { rebuilt: [{ what: 'states', checked: states, mended }], next: last };
}

async function makeFigures(transaction: Transaction, units: UnitCache): Promise<Rebuilt[]> {
  const rules = units.rules();
  const { levelOf, partyOf } = units;
  const copies = await createCopies(transaction);
  const credit = await makeCreditAnew(transaction);
  let sum = createDeltaSum();
  let held = 0;
  const flush = async (): Promise<void> => {
    await writeDeltas(transaction, prepareDeltas(sum), copies);
    sum = createDeltaSum();
    held = 0;
  };
  await replayStreams(transaction, rules, async (before, event, after, imports) => {
    const context = { levelOf, partyOf, rules: asOfImports(rules, event.unitPath, imports) };
    sum.add(rollupDeltas(before, event, after, context));
    await credit.add(before, event, after, context);
    held += 1;
    if (held >= FLUSH_EVERY) await flush();
  });
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
  return [
    { what: 'counters', checked: counters?.checked ?? 0, mended: counters?.broken ?? 0 },
    { what: 'handling times', checked: handling?.checked ?? 0, mended: handling?.broken ?? 0 },
    { what: 'credit', checked: observed.checked, mended: observed.broken },
  ];
}

/** All of a rebuild: states first, of which what follows is made. */
export const REBUILD_STEPS: readonly RebuildStep[] = [
  { name: 'states', make: makeStates },
  {
    name: 'figures',
    make: async (transaction, units) => ({ rebuilt: await makeFigures(transaction, units), next: null }),
  },
  {
    name: 'codes',
    make: async (transaction) => {
      const codes = await mendCodes(transaction);
      return {
        rebuilt: [{ what: 'public codes', checked: codes.checked, mended: codes.broken }],
        next: null,
      };
    },
  },
  {
    name: 'tasks',
    make: async (transaction, units, from) => {
      const { checked, mended, next } = await mendTasks(transaction, units, from);
      return { rebuilt: [{ what: 'tasks', checked, mended }], next };
    },
  },
];

/** Makes one part anew and puts it in the place of what is kept; `dryRun` only says what would change. */
export async function makePart(
  database: Database,
  units: UnitCache,
  step: RebuildStep,
  { from = BEGINNING, dryRun }: { from?: StreamPlace | undefined; dryRun: boolean },
): Promise<{ rebuilt: Rebuilt[]; next: StreamPlace | null }> {
  class OnlyLooked extends Error {}
  let made: { rebuilt: Rebuilt[]; next: StreamPlace | null } = { rebuilt: [], next: null };
  try {
    await database.transaction().execute(async (transaction) => {
      // One after the other with pushes: nothing is counted that this does not see.
      await sql`LOCK TABLE device, event, stream, rollup_counter, rollup_handling, credit_fact, credit_count, credit_merchant, credit_record, public_code, task IN SHARE ROW EXCLUSIVE MODE`.execute(
        transaction,
      );
      await units.reload(transaction);
      made = await step.make(transaction, units, from);
      if (dryRun) throw new OnlyLooked();
    });
  } catch (error) {
    if (!(error instanceof OnlyLooked)) throw error;
  }
  return made;
}

/** What several parts found, each kind together. */
export function sumOf(parts: readonly Rebuilt[]): Rebuilt[] {
  const sums = new Map<Rebuilt['what'], Rebuilt>();
  for (const { what, checked, mended } of parts) {
    const sum = sums.get(what) ?? { what, checked: 0, mended: 0 };
    sums.set(what, { what, checked: sum.checked + checked, mended: sum.mended + mended });
  }
  return [...sums.values()];
}

/**
 * Makes states, units and the roll-up anew from the log, part by part, and puts them in the place of the kept ones. The log and the
 * feeds are the truth and are never touched.
 */
export async function rebuildFromLog(
  database: Database,
  units: UnitCache,
  { dryRun }: { dryRun: boolean },
): Promise<Rebuilt[]> {
  const parts: Rebuilt[] = [];
  for (const step of REBUILD_STEPS) {
    for (let from: StreamPlace | null = BEGINNING; from !== null;) {
      const made: Awaited<ReturnType<typeof makePart>> = await makePart(database, units, step, {
        from,
        dryRun,
      });
      parts.push(...made.rebuilt);
      from = made.next;
    }
  }
  if (!dryRun) await units.reload(database);
  return sumOf(parts);
}

/**
 * Observes what was recorded before there was credit, once a database: all in one transaction that writers wait for. What a release
 * before this one records beside it meanwhile, `rebuild` finds.
 */
export async function observeHistory(database: Database, units: UnitCache): Promise<void> {
  if (await creditIsWhole(database)) return;
  await database.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE device, event, stream, credit_fact, credit_count, credit_merchant, credit_record IN SHARE ROW EXCLUSIVE MODE`.execute(
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
