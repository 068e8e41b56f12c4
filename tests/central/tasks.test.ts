import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { rebuildFromLog } from '../../src/central/rebuild/index.ts';
import { tasksEqualStates, workOutTasks } from '../../src/central/tasks/index.ts';
import { CIRCLE, MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();
const database = () => setting.centre.centre.database;

type Row = { id: string; kind: string; part: string; owner: string; due: string | null };
async function tasks(): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT stream_id AS id, kind, part, owner_path AS owner, due_at AS due FROM task ORDER BY 1, 2, 3`.execute(
    database(),
  );
  return rows;
}

async function wrong(): Promise<string[]> {
  const units = createUnitCache();
  return database()
    .transaction()
    .execute(async (transaction) => {
      await units.reload(transaction);
      const { broken, examples } = await tasksEqualStates(transaction, units);
      expect(examples).toHaveLength(broken);
      return examples;
    });
}

it('keeps what is to be done in step with each batch, and says which row is not', async () => {
  const mall = await setting.device(MALL);
  const [one, other] = [newCase(), newCase()];
  const by = { actor: mallMediator };
  await mall.push([
    mall.event({ stream: one, ...steps.register(), ...by }),
    mall.event({ stream: other, ...steps.register(), ...by }),
    mall.event({ stream: other, ...steps.accept(), ...by }),
  ]);
  expect((await tasks()).map(({ id, kind, owner }) => [id, kind, owner])).toEqual([
    [one.id, 'deadline', MALL],
    [other.id, 'deadline', MALL],
  ]);
  // A note moves nothing, and nothing is written.
  const stamp = () =>
    sql<{ all: string }>`SELECT string_agg(xmin::text, ',') AS all FROM task`.execute(database());
  const before = await stamp();
  await mall.push([mall.event({ stream: one, ...steps.note(), ...by })]);
  expect((await stamp()).rows).toEqual(before.rows);
  await mall.push([
    mall.event({ stream: one, ...steps.accept(), ...by }),
    mall.event({ stream: other, ...steps.escalate(CIRCLE), ...by }),
  ]);
  expect((await tasks()).map(({ id, kind, owner }) => [id, kind, owner])).toEqual([
    [one.id, 'deadline', MALL],
    [other.id, 'arrival', CIRCLE],
    [other.id, 'deadline', CIRCLE],
  ]);
  expect(await wrong()).toEqual([]);

  const damages: [ReturnType<typeof sql>, string][] = [
    [sql`UPDATE task SET due_at = '2030-01-01T00:00:00.000Z' WHERE stream_id = ${one.id}`, one.id],
    [sql`DELETE FROM task WHERE stream_id = ${other.id} AND kind = 'arrival'`, other.id],
    [
      sql`INSERT INTO task SELECT stream_kind, 'nobody', kind, part, owner_path, staff_id, since, due_at, calendar, stands,
        provisional, rules FROM task LIMIT 1`,
      'nobody',
    ],
  ];
  for (const [damage, id] of damages) {
    await damage.execute(database());
    expect(await wrong()).toEqual([`case ${id}`]);
    const rebuilt = await rebuildFromLog(database(), createUnitCache(), { dryRun: false });
    expect(rebuilt.find(({ what }) => what === 'tasks')).toMatchObject({ checked: 2, mended: 1 });
    expect(await wrong()).toEqual([]);
  }
});

it('works ends out anew by holidays that are imported later, and what was recorded before there were tasks', async () => {
  const mall = await setting.device(MALL);
  const stream = newCase();
  await mall.push([mall.event({ stream, ...steps.register(), actor: mallMediator })]);
  const kept = await tasks();
  const [end] = kept;
  if (end?.due === null || end === undefined) throw new Error('Nothing is due');
  // As if it had been worked out by rules of before.
  await sql`UPDATE task SET due_at = '2020-01-01T00:00:00.000Z', rules = -1`.execute(database());
  expect(await wrong()).toEqual([]);
  await workOutTasks(database(), createUnitCache());
  expect(await tasks()).toEqual(kept);

  await sql`DELETE FROM task`.execute(database());
  expect(await wrong()).toEqual([`case ${stream.id}`]);
  await sql`DELETE FROM setting WHERE key = 'tasks-filled'`.execute(database());
  expect(await wrong()).toEqual([]);
  await workOutTasks(database(), createUnitCache());
  expect(await tasks()).toEqual(kept);
  expect(await wrong()).toEqual([]);
});
