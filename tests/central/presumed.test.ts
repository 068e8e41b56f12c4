import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { later, pipelined, type QueryExecutor } from '../../src/central/kernel/db/pipeline.ts';
import { codeOf } from '../../src/central/kernel/db/retry.ts';
import { createConsumerMarks } from '../../src/central/repeats/keys.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { verifyInvariants } from '../../src/central/verify/index.ts';
import { CIRCLE, MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();
const database = () => setting.centre.centre.database;

async function logged(): Promise<{ sequence: number; status: string; rule: string | null }[]> {
  const { rows } = await sql<{ sequence: number; status: string; rule: string | null }>`
    SELECT device_sequence AS sequence, status, refusal::jsonb ->> 'rule' AS rule FROM event
    WHERE device <> 'centre' ORDER BY device_sequence`.execute(database());
  return rows;
}

async function broken(): Promise<string[]> {
  const marks = await createConsumerMarks(database());
  const invariants = await verifyInvariants(database(), createUnitCache(), marks);
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

describe('a batch that is logged while it is judged', () => {
  it('stands in the log as it was judged', async () => {
    const device = await setting.device(MALL);
    const [first, second] = [newCase(), newCase()];
    const of = (stream: ReturnType<typeof newCase>, step: ReturnType<typeof steps.register>) =>
      device.event({ stream, actor: mallMediator, ...step });
    const { receipts } = await device.push([
      of(first, steps.register()),
      of(second, steps.accept()),
      of(first, { type: 'of-a-later-release', payload: {} }),
      of(first, steps.register()),
      of(first, steps.accept()),
    ]);
    expect(receipts.map((one) => one.status)).toEqual([
      'accepted',
      'rejected',
      'unknown',
      'rejected',
      'accepted',
    ]);
    const rules = receipts.map((one) => one.refusal?.rule ?? null);
    expect(await logged()).toEqual(
      receipts.map(({ status, deviceSequence }, index) => ({
        sequence: deviceSequence,
        status,
        rule: rules[index],
      })),
    );
    expect(await broken()).toEqual([]);
  });

  it('takes the second of two with one id where the first is refused', async () => {
    const device = await setting.device(MALL);
    const stream = newCase();
    const refused = device.event({ stream, actor: mallMediator, ...steps.accept() });
    const taken = device.event({ stream, actor: mallMediator, ...steps.register(), id: refused.id });
    const again = device.event({ stream, actor: mallMediator, ...steps.accept(), id: refused.id });
    const { receipts } = await device.push([refused, taken, again]);
    expect(receipts.map((one) => one.status)).toEqual(['rejected', 'accepted', 'rejected']);
    expect((await logged()).map((one) => one.status)).toEqual(['rejected', 'accepted', 'rejected']);
    expect((await logged())[2]).toMatchObject({ rule: 'event-repeated' });
    expect(await broken()).toEqual([]);
  });

  it('shows a unit the history of before the batch once, and then the batch', async () => {
    const device = await setting.device(MALL);
    const above = await setting.device(CIRCLE);
    const stream = newCase();
    const step = (what: ReturnType<typeof steps.register>) =>
      device.event({ stream, actor: mallMediator, ...what });
    await device.push([step(steps.register())]);
    const moves = [step(steps.accept()), step(steps.fail()), step(steps.escalate(CIRCLE))];
    const { receipts } = await device.push(moves);
    expect(receipts.map((one) => one.status)).toEqual(['accepted', 'accepted', 'accepted']);
    const types = (await above.feed()).items
      .filter((one) => one.event.stream.kind === 'case')
      .map((one) => one.event.type);
    expect(types).toEqual(['case-registered', 'case-accepted', 'mediation-failed', 'case-escalated']);
  });
});

describe('a pipeline', () => {
  const one = (executor: QueryExecutor, what: number): Promise<number> =>
    sql<{ what: number }>`SELECT ${what}::int AS what FROM pg_sleep(0.001)`
      .execute(executor)
      .then(({ rows }) => rows[0]?.what ?? Number.NaN);
  const missing = (executor: QueryExecutor) => sql`SELECT * FROM nowhere`.execute(executor);

  it('answers each statement with its own rows, in the order in which they were sent', async () => {
    const order: number[] = [];
    const answers = await database()
      .transaction()
      .execute((work) =>
        pipelined(work, (executor) =>
          Promise.all(
            Array.from({ length: 20 }, async (_, index) => {
              const answer = await one(executor, index);
              order.push(answer);
              return answer;
            }),
          ),
        ),
      );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(order).toEqual(answers);
  });

  it('fails with what failed first, whatever was awaited first, and leaves a connection that works', async () => {
    let behind: Promise<number> | undefined;
    const failed = database()
      .transaction()
      .execute((work) =>
        pipelined(work, async (executor) => {
          const early = later(missing(executor));
          behind = later(one(executor, 2));
          await one(executor, 3);
          await early;
        }),
      );
    // undefined_table; the others say only that the transaction has failed.
    expect(await failed.then(String, codeOf)).toBe('42P01');
    expect(await behind?.then(String, codeOf)).toBe('25P02');
    for (let round = 0; round < 12; round += 1) expect(await sql`SELECT 1`.execute(database())).toBeDefined();
  });

  it('waits for all answers before its transaction ends, and throws its own fault where that came first', async () => {
    let answered = false;
    const failed = database()
      .transaction()
      .execute((work) =>
        pipelined(work, async (executor) => {
          void later(
            sql`SELECT pg_sleep(0.2)`.execute(executor).then(() => {
              answered = true;
            }),
          );
          throw new Error('of the caller');
        }),
      );
    await expect(failed).rejects.toThrow('of the caller');
    expect(answered).toBe(true);
  });
});
