import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { checkStore, createHeadKeeper, tellMissing } from '../../src/main/kernel/integrity/index.ts';
import type { Workstation } from '../../src/main/workstation.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';
const workstations = useWorkstations();

const open = (name: string): Promise<LiveWorkstation> =>
  workstations.open(name, MALL, 'mediator-mall', { undoMs: 0 });

/** A few cases, one of them of another workstation of the unit, all at the centre and in sight. */
async function proved(): Promise<LiveWorkstation & { own: string; other: string }> {
  const [one, two] = [await open('one'), await open('two')];
  const { id: other } = await two.api.cases.register(caseInput());
  await two.api.sync.now();
  const { id: own } = await one.api.cases.register(caseInput());
  await one.api.cases.act({ id: own, revision: 1, action: { step: 'case-accepted', payload: {} } });
  expect(await one.api.sync.now()).toMatchObject({ sign: 'proved', damage: null });
  return { ...one, own, other };
}

/** As a shell would, past everything that Heshi does when it writes. */
const edit = ({ running }: LiveWorkstation, statement: string): Promise<unknown> =>
  running.parts.store.write((writer) => sql.raw(statement).execute(writer));

async function check({ parts }: Workstation, online = true) {
  const { store, directory, clock } = parts;
  const link = parts.link();
  return checkStore({
    store,
    directory,
    clock,
    pageAfter: online
      ? (position) => {
          if (link === null) throw new Error('Not enrolled');
          return link.call((client) => client.feed({ after: position, limit: 1 }));
        }
      : null,
  });
}

describe('a database that was edited with a shell', () => {
  it('is found as it is left, where nothing was', async () => {
    const { running } = await proved();
    expect(await check(running)).toBeNull();
  });

  it('shows amounts, lists and roles as the facts have them, and says that they were otherwise', async () => {
    const one = await proved();
    const before = await one.api.cases.get({ id: one.own });
    await edit(one, `UPDATE stream SET state = json_set(state, '$.amountFen', 1) WHERE id = '${one.own}'`);
    await edit(one, `UPDATE case_row SET amount_fen = 1 WHERE id = '${one.other}'`);
    await edit(one, `UPDATE staff_row SET role = 'supervisor' WHERE id = 'mediator-mall'`);
    expect(await check(one.running)).toMatchObject({ mended: 3, altered: 0, missing: 0 });
    expect(await one.api.sync.status()).toMatchObject({ sign: 'attention', damage: { mended: 3 } });
    expect(await one.api.cases.get({ id: one.own })).toEqual(before);
    const { read } = one.running.parts.store;
    expect(
      await read.selectFrom('staff_row').select('role').where('id', '=', 'mediator-mall').execute(),
    ).toEqual([{ role: 'mediator' }]);
    await one.api.sync.noteDamage();
    expect(await one.api.sync.now()).toMatchObject({ sign: 'proved', damage: null });
    expect(await check(one.running)).toBeNull();
  });

  it('shows what is to be done as the facts have it, whatever its table says', async () => {
    const one = await proved();
    const kept = async () =>
      (await sql`SELECT * FROM task ORDER BY 1, 2, 3, 4`.execute(one.running.parts.store.read)).rows;
    const before = await kept();
    expect(before.length).toBeGreaterThan(1);
    await edit(one, `UPDATE task SET due_at = '2099-01-01T00:00:00.000Z' WHERE stream_id = '${one.own}'`);
    await edit(one, `DELETE FROM task WHERE stream_id = '${one.other}'`);
    expect(await kept()).not.toEqual(before);
    expect(await check(one.running)).toMatchObject({ mended: 2, altered: 0, missing: 0 });
    expect(await kept()).toEqual(before);
    await one.api.sync.noteDamage();
    expect(await check(one.running)).toBeNull();
  });

  it('has facts put back that were altered, its own and others’, once the centre can be asked', async () => {
    const one = await proved();
    const amounts = async () =>
      Promise.all([one.own, one.other].map(async (id) => (await one.api.cases.get({ id })).state.amountFen));
    const before = await amounts();
    await edit(
      one,
      `UPDATE event SET payload = json_set(payload, '$.amountFen', 5) WHERE type = 'case-registered'`,
    );
    const told = await check(one.running, false);
    // Of others' facts the log has the hash before only where the centre tells it.
    expect(told?.altered).toBeGreaterThan(0);
    expect(await one.api.sync.status()).toMatchObject({ sign: 'attention' });
    await one.api.sync.now();
    expect(await check(one.running)).toMatchObject({ altered: told?.altered, restored: told?.altered });
    expect((await amounts())[0]).toBe(before[0]);
    await one.api.sync.noteDamage();
    expect(await one.api.sync.now()).toMatchObject({ sign: 'proved', attention: 0 });
  });

  it('lets nobody in by a role that no fact gave', async () => {
    const one = await proved();
    await edit(one, `UPDATE staff_row SET role = 'supervisor' WHERE id = 'mediator-mall'`);
    await edit(
      one,
      `UPDATE stream SET state = json_set(state, '$.role', 'supervisor') WHERE id = 'mediator-mall'`,
    );
    const { api } = one.running.connect();
    const signedIn = await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
    expect(signedIn).toMatchObject({ role: 'mediator' });
    expect(signedIn.capabilities).not.toContain('case.assign');
    expect(await one.api.sync.status()).toMatchObject({ damage: { mended: 1 } });
  });

  it('keeps an altered fact from counting that nobody else has', async () => {
    const one = await open('one');
    const { id } = await one.api.cases.register(caseInput());
    await one.api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    await edit(one, `UPDATE event SET payload = 'rubbish' WHERE type = 'case-accepted'`);
    expect(await check(one.running)).toMatchObject({ altered: 1, restored: 0 });
    expect((await one.api.cases.get({ id })).state.status).toBe('registered');
    const [item] = await one.api.sync.attention();
    expect(item).toMatchObject({ status: 'quarantined', refusal: { rule: 'fact-altered' } });
  });
});

describe('a database that lost what it had acknowledged', () => {
  it('is told by the end of its log that is kept beside it, once', async () => {
    const one = await open('one');
    const { store, directory, clock } = one.running.parts;
    const keeper = createHeadKeeper(store, (error) => {
      throw error;
    });
    store.onWrite(keeper.changed);
    for (let count = 0; count < 3; count += 1) await one.api.cases.register(caseInput());
    await keeper.close();
    const parts = { store, directory, clock, pageAfter: null };
    expect(await tellMissing(parts)).toBe(0);
    // As when the write-ahead log is deleted.
    await edit(one, `DELETE FROM event WHERE origin = 'local' AND device_sequence > 1`);
    expect(await tellMissing(parts)).toBe(2);
    expect(await one.api.sync.status()).toMatchObject({ sign: 'attention', damage: { missing: 2 } });
    await writeFile(join(store.folder, 'own-log.json'), '{"sequence":');
    expect(await tellMissing(parts)).toBe(0);
  });

  it('is told by a gap within', async () => {
    const one = await open('one');
    for (let count = 0; count < 3; count += 1) await one.api.cases.register(caseInput());
    await edit(one, `DELETE FROM event WHERE origin = 'local' AND device_sequence = 2`);
    expect(await check(one.running)).toMatchObject({ missing: 1 });
  });
});
