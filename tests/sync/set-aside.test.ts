import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();

/** A fault that nobody foresaw: the database refuses whatever is to be kept of that record. */
async function breakFor(id: string): Promise<void> {
  const { database } = workstations.centre.centre;
  await sql
    .raw(
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a fault of the centre'; END $$`,
    )
    .execute(database);
  await sql
    .raw(
      `CREATE TRIGGER broken BEFORE INSERT OR UPDATE ON stream FOR EACH ROW WHEN (NEW.id = '${id}') EXECUTE FUNCTION broken()`,
    )
    .execute(database);
}

async function withCases(count: number): Promise<LiveWorkstation & { ids: string[] }> {
  const one = await workstations.open('one', '/HS/C1/M01', 'mediator-mall', { undoMs: 0 });
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push((await one.api.cases.register(caseInput())).id);
  return { ...one, ids };
}

describe('a fact at which the centre fails', () => {
  it('is found, kept as it is without being judged, and holds nothing up', async () => {
    const one = await withCases(9);
    const bad = one.ids[5] ?? '';
    await breakFor(bad);
    const status = await one.api.sync.now();
    expect(status).toMatchObject({ waiting: 0, sign: 'attention', attention: 1 });
    const [item] = await one.api.sync.attention();
    expect(item).toMatchObject({
      stream: { kind: 'case', id: bad },
      status: 'rejected',
      refusal: { rule: 'set-aside' },
    });
    const { rows } = await sql<{ id: string; status: string }>`
      SELECT stream_id AS id, status FROM event WHERE type = 'case-registered' ORDER BY device_sequence`.execute(
      workstations.centre.centre.database,
    );
    expect(rows).toEqual(one.ids.map((id) => ({ id, status: id === bad ? 'rejected' : 'accepted' })));
    // What comes behind it goes as always.
    await one.api.cases.register(caseInput());
    expect(await one.api.sync.now()).toMatchObject({ waiting: 0 });
  });

  it('is not set aside while the centre fails at everything', async () => {
    const one = await withCases(3);
    const { database } = workstations.centre.centre;
    await sql`ALTER TABLE feed_head RENAME TO feed_head_away`.execute(database);
    expect(await one.api.sync.now()).toMatchObject({ waiting: 3, attention: 0 });
    await sql`ALTER TABLE feed_head_away RENAME TO feed_head`.execute(database);
    expect(await one.api.sync.now()).toMatchObject({ waiting: 0, sign: 'proved' });
  });
});
