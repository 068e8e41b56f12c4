import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { eraseOld, eraseRecord } from '../../src/central/erasure/index.ts';
import { openCentreContent } from '../../src/central/evidence/content.ts';
import { eraseWithdrawn } from '../../src/central/evidence/erase.ts';
import { startSealing } from '../../src/central/kernel/keys/record-keys.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { addEvidence } from '../../src/main/evidence/evidence.ts';
import { eraseWithdrawn as eraseHere } from '../../src/main/evidence/erase.ts';
import { checkStore } from '../../src/main/kernel/integrity/index.ts';

import { MALL, SHOP } from '../central/setting.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { enrolTestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { codeFor } from '../support/postgres.ts';
import { piecesOf, pngOf } from '../support/samples.ts';
import { caseInput } from '../support/workstation.ts';

const given = useWorkstations();

/** Whatever SQL is executed by. */
type Queried = Parameters<ReturnType<typeof sql>['execute']>[0];
const YEAR = 366 * 86_400_000;

/** What is said of a person in a case, each word of which stands nowhere else. */
const SECRETS = {
  name: '欧阳隐',
  phone: '19900112233',
  address: '隐私路九十九弄',
  facts: '隐私事实一大衣',
  note: '隐私备注二电话',
  reason: '隐私理由三撤回',
  evidence: '隐私照片四.png',
  agent: '隐私代理人五',
};
const ALL = Object.values(SECRETS);

const centreParts = () => ingestPartsOf(given.centre);

/** Which of these words stand in any table, in any column that holds text. */
async function wordsIn(
  from: Queried,
  words: readonly string[],
  tables: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const table of tables) {
    const { rows } = await sql<object>`SELECT * FROM ${sql.table(table)}`.execute(from);
    const text = JSON.stringify(rows);
    for (const word of words) if (text.includes(word)) found.add(`${table}: ${word}`);
  }
  return [...found];
}

async function atCentre(words: readonly string[] = ALL): Promise<string[]> {
  const { database } = given.centre.centre;
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`.execute(database);
  return wordsIn(
    database,
    words,
    rows.map(({ name }) => name),
  );
}

async function here({ running }: LiveWorkstation, words: readonly string[] = ALL): Promise<string[]> {
  const { read } = running.parts.store;
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_search%'`.execute(read);
  return wordsIn(
    read,
    words,
    rows.map(({ name }) => name),
  );
}

/** A closed case of the mall's, begun at the shop, with all that people say in one. */
async function closedCase(
  shop: LiveWorkstation,
  mall: LiveWorkstation,
): Promise<{ id: string; number: string }> {
  const { id, number } = await shop.api.cases.register(
    caseInput({
      consumer: { name: SECRETS.name, phone: SECRETS.phone, address: SECRETS.address },
      facts: { text: SECRETS.facts, occurredOn: '2026-03-01' },
    }),
  );
  const act = async (at: LiveWorkstation, step: string, payload: object): Promise<void> => {
    const { state } = await at.api.cases.get({ id });
    // One of the steps that the contract names, each with its own payload.
    await at.api.cases.act({ id, revision: state.revision, action: { step, payload } as never });
  };
  await act(shop, 'note-added', { text: SECRETS.note });
  await addEvidence(shop.context, { caseId: id, name: SECRETS.evidence }, piecesOf(pngOf(7)));
  await act(shop, 'case-escalated', { toPath: MALL, reason: SECRETS.reason });
  await syncBoth(shop, mall);
  await act(mall, 'case-accepted', {});
  await act(mall, 'agent-appointed', {
    agentId: crypto.randomUUID(),
    side: 'consumer',
    name: SECRETS.agent,
    authority: 'general',
  });
  await act(mall, 'case-withdrawn', { reason: SECRETS.reason });
  await act(mall, 'case-closed', { satisfaction: 'satisfied', note: SECRETS.note });
  await syncBoth(mall, shop);
  return { id, number };
}

async function syncBoth(...all: LiveWorkstation[]): Promise<void> {
  for (const { api, running } of all) {
    await api.sync.now();
    await running.parts.uploads.run();
  }
}

const check = ({ running: { parts } }: LiveWorkstation) =>
  checkStore({ store: parts.store, directory: parts.directory, clock: parts.clock, pageAfter: null });

async function expectWhole(): Promise<void> {
  const { invariants } = await given.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
}

const keysOf = async (from: Queried): Promise<number> => {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM record_key`.execute(from);
  return Number(rows[0]?.count);
};

const people = async () =>
  [
    await given.open('shop', SHOP, 'manager-shop', { undoMs: 0 }),
    await given.open('mall', MALL, 'mediator-mall', { undoMs: 0 }),
  ] as const;

/** Lets a workstation hear that facts are sealed, as its first round does. */
const hearing = async (...all: LiveWorkstation[]): Promise<void> => {
  for (const { api } of all) await api.sync.now();
};

describe('what is personal in a record', () => {
  it('is sealed in every fact on its way and in the centre’s log, and read by whoever may see the record', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await closedCase(shop, mall);
    const { database } = given.centre.centre;
    const { rows } = await sql<{ payload: string; sealed: boolean }>`
      SELECT payload, sealed_with IS NOT NULL AS sealed FROM event WHERE stream_id = ${id}`.execute(database);
    expect(rows.length).toBeGreaterThanOrEqual(7);
    for (const word of ALL) expect(rows.filter(({ payload }) => payload.includes(word))).toEqual([]);
    // One key for the record, whoever recorded in it.
    expect(await keysOf(database)).toBe(1);
    for (const one of [shop, mall]) {
      const { timeline } = await one.api.cases.get({ id });
      const told = JSON.stringify(timeline);
      for (const word of [SECRETS.note, SECRETS.reason, SECRETS.agent]) expect(told).toContain(word);
      expect(await one.api.sync.now()).toMatchObject({ sign: 'proved' });
      expect(await check(one)).toBeNull();
    }
    await expectWhole();
  });

  it('is erased everywhere when its time is over: every chain holds, and nobody reads it again', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id, number } = await closedCase(shop, mall);
    const { id: other } = await shop.api.cases.register(caseInput());
    await syncBoth(shop, mall);
    const before = await given.centre.admin.admin.verify();
    expect((await here(shop)).length).toBeGreaterThan(ALL.length - 1);

    const parts = await centreParts();
    expect(await eraseOld(parts, new Date(Date.now() + 4 * YEAR))).toBe(0);
    // Without a line meanwhile somebody writes in the record that is erased.
    const late = '晚到的隐私记录';
    const { state } = await mall.api.cases.get({ id });
    await mall.api.cases.act({
      id,
      revision: state.revision,
      action: { step: 'note-added', payload: { text: late } },
    });
    const then = new Date(Date.now() + 6 * YEAR);
    expect(await eraseOld(parts, then)).toBe(1);
    expect(await eraseOld(parts, then)).toBe(0);
    const content = await openCentreContent(join(given.folder, 'centre'));
    expect(await eraseWithdrawn(given.centre.centre.database, content, new Date())).toBe(1);
    expect(await atCentre()).toEqual([]);
    expect(await keysOf(given.centre.centre.database)).toBe(1);
    await expectWhole();
    const after = await given.centre.admin.admin.verify();
    expect(after.invariants.length).toBe(before.invariants.length);

    for (const one of [shop, mall]) {
      await one.api.sync.now();
      await eraseHere(one.running.parts.store, one.running.parts.content, new Date());
      expect(await here(one)).toEqual([]);
      expect(await check(one)).toBeNull();
      const { state: erased, timeline } = await one.api.cases.get({ id });
      expect(erased).toMatchObject({ number, erased: { cause: 'retention' }, consumer: { name: '***' } });
      expect(timeline.map(({ type }) => type)).toContain('personal-data-erased');
      const found = async (search: string): Promise<number> =>
        (await one.api.cases.list({ filter: { search } })).total;
      expect([await found(SECRETS.name), await found(SECRETS.phone), await found(number)]).toEqual([0, 0, 1]);
    }
    const files = await readdir(join(given.folder, 'shop', 'evidence'), { recursive: true });
    expect(files.filter((name) => /[0-9a-f]{64}$/.test(name))).toEqual([]);
    expect(await shop.api.sync.status()).toMatchObject({ sign: 'proved' });
    // What came too late is refused, and told to whoever wrote it.
    expect(await mall.api.sync.attention()).toMatchObject([
      { status: 'rejected', refusal: { rule: 'record-erased' } },
    ]);
    // A new workstation that reads all of it from the beginning finds nothing, and proves what is left.
    const fresh = await given.open('fresh', MALL, 'mediator-mall');
    expect(await fresh.api.sync.now()).toMatchObject({ sign: 'proved' });
    expect(await here(fresh)).toEqual([]);
    expect((await fresh.api.cases.get({ id })).state.erased).toBeDefined();
    expect((await fresh.api.cases.get({ id: other })).state.consumer.name).not.toBe('***');
    expect(await check(fresh)).toBeNull();
  });

  it('goes from facts that were recorded before facts were sealed, and from those of both kinds', async () => {
    const { database } = given.centre.centre;
    await sql`DELETE FROM setting WHERE key = 'seals-facts'`.execute(database);
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await closedCase(shop, mall);
    const { id: half } = await shop.api.cases.register(
      caseInput({ consumer: { name: SECRETS.name, phone: SECRETS.phone } }),
    );
    await syncBoth(shop, mall);
    expect(await keysOf(database)).toBe(0);
    await startSealing(database);
    await given.centre.halt();
    await given.centre.resume();
    await hearing(shop, mall);
    for (const action of [
      { step: 'note-added', payload: { text: SECRETS.note } },
      { step: 'case-withdrawn', payload: { reason: SECRETS.reason } },
      { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
    ]) {
      const { state } = await shop.api.cases.get({ id: half });
      await shop.api.cases.act({ id: half, revision: state.revision, action: action as never });
    }
    await syncBoth(shop, mall);
    expect(await keysOf(given.centre.centre.database)).toBe(1);
    const parts = await centreParts();
    expect(await eraseOld(parts, new Date(Date.now() + 6 * YEAR))).toBe(2);
    expect(await atCentre()).toEqual([]);
    await expectWhole();
    const fresh = await given.open('fresh', MALL, 'mediator-mall');
    for (const one of [shop, mall, fresh]) {
      expect(await one.api.sync.now()).toMatchObject({ sign: 'proved' });
      expect(await here(one)).toEqual([]);
      expect(await check(one)).toBeNull();
      for (const record of [id, half])
        expect((await one.api.cases.get({ id: record })).state.erased).toMatchObject({ cause: 'retention' });
    }
    // What is left of them is as provable as before.
    await shop.running.parts.store.write((writer) =>
      sql`UPDATE event SET payload = json_set(payload, '$.amountFen', 1)
        WHERE stream_id = ${id} AND type = 'case-registered'`.execute(writer),
    );
    expect(await check(shop)).toMatchObject({ altered: 1 });
    await sql`UPDATE event SET payload = replace(payload, '128000', '1') WHERE stream_id = ${id}`.execute(
      given.centre.centre.database,
    );
    const { invariants } = await given.centre.admin.admin.verify();
    expect(invariants.filter(({ broken }) => broken > 0).map(({ name }) => name)).toContain(
      'what is erased is erased, and nothing else',
    );
  });

  it('is not erased of a record that somebody works on, nor twice, nor by a workstation', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    const parts = await centreParts();
    const ask = (stream: { kind: string; id: string }) =>
      eraseRecord(parts, stream, 'request', 'request-1', new Date(Date.now() + YEAR));
    expect(await ask({ kind: 'case', id })).toBe(false);
    expect(await ask({ kind: 'merchant', id })).toBe(false);
    expect(await ask({ kind: 'case', id: 'nothing' })).toBe(false);
    const { id: closed } = await closedCase(shop, mall);
    expect(await ask({ kind: 'case', id: closed })).toBe(true);
    expect(await ask({ kind: 'case', id: closed })).toBe(false);
    await expectWhole();
  });

  it('goes from all others where it fails of one record, which is told and stays whole', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const [{ id: stuck }, { id: other }] = [await closedCase(shop, mall), await closedCase(shop, mall)];
    const { database } = given.centre.centre;
    await sql`CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$`.execute(
      database,
    );
    await sql`CREATE TRIGGER planted BEFORE DELETE ON record_key FOR EACH ROW WHEN (old.stream_id = ${sql.lit(stuck)})
      EXECUTE FUNCTION planted()`.execute(database);
    const then = new Date(Date.now() + 6 * YEAR);
    await expect(eraseOld(await centreParts(), then)).rejects.toThrow('1 records could not be erased');
    const { rows } = await sql<{ id: string; erased: boolean }>`
      SELECT id, state LIKE '%"erased":{%' AS erased FROM stream WHERE id IN (${stuck}, ${other})`.execute(
      database,
    );
    expect(new Map(rows.map(({ id, erased }) => [id, erased]))).toEqual(
      new Map([
        [stuck, false],
        [other, true],
      ]),
    );
    await expectWhole();
    await sql`DROP TRIGGER planted ON record_key`.execute(database);
    expect(await eraseOld(await centreParts(), then)).toBe(1);
    await expectWhole();
  });

  it('is told as damage where its key is gone and nobody erased it, and is put back by the centre', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await closedCase(shop, mall);
    await shop.running.parts.store.write((writer) => sql`DELETE FROM record_key`.execute(writer));
    expect((await check(shop))?.altered).toBeGreaterThan(3);
    const link = shop.running.parts.link();
    const { store, directory, clock } = shop.running.parts;
    await checkStore({
      store,
      directory,
      clock,
      pageAfter: (position) => {
        if (link === null) throw new Error('Not enrolled');
        return link.call((client) => client.feed({ after: position, limit: 1 }));
      },
    });
    expect((await shop.api.cases.get({ id })).state.facts.text).toBe(SECRETS.facts);
    await shop.api.sync.noteDamage();
    expect(await check(shop)).toBeNull();
  });

  it('does not open with a key that somebody put in its place at the centre: nothing of it is applied', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    await sql`UPDATE record_key SET key = ${Buffer.alloc(32, 7).toString('base64')}`.execute(
      given.centre.centre.database,
    );
    expect(await mall.api.sync.now()).toMatchObject({ sign: 'attention' });
    const { rows } = await sql`SELECT 1 FROM event WHERE stream_kind = 'case'`.execute(
      mall.running.parts.store.read,
    );
    expect(rows).toEqual([]);
    const { invariants } = await given.centre.admin.admin.verify();
    expect(invariants.filter(({ broken }) => broken > 0).map(({ name }) => name)).toContain(
      'what is erased is erased, and nothing else',
    );
  });
});

describe('a return, and a request about its data', () => {
  it('are erased like cases: no row, word or key of either is left anywhere', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const today = businessDay(new Date().toISOString());
    const merchantId = crypto.randomUUID();
    await shop.api.merchants.register({
      merchantId,
      name: '虚构服饰店',
      creditCode: null,
      category: 'enterprise',
      unitPath: SHOP,
      address: null,
      contactName: null,
      phone: null,
    });
    const returnId = crypto.randomUUID();
    await shop.api.returns.request({
      returnId,
      merchantId,
      consumer: { name: SECRETS.name, phone: SECRETS.phone },
      request: {
        goodsCategory: 'clothing',
        goodsName: '大衣',
        purchasedOn: today,
        amountFen: 59_900,
        condition: 'intact',
        proofType: 'receipt',
        proofNumber: null,
        gift: 'none',
        giftPriceFen: null,
        confirmedUnsuitable: false,
      },
    });
    const payload = { ground: 'other' as const, text: SECRETS.reason };
    await shop.api.returns.decide({ id: returnId, revision: 1, decision: { decision: 'refuse', payload } });
    const privacyId = crypto.randomUUID();
    const asked = await shop.api.privacy.receive({
      privacyId,
      what: 'deletion',
      requester: { name: SECRETS.name, phone: SECRETS.phone, as: 'agent', authority: SECRETS.agent },
      identity: 'id-seen',
      records: [{ kind: 'return', id: returnId }],
      wish: SECRETS.note,
    });
    const { id, revision } = asked.state;
    await shop.api.privacy.withdraw({ id, revision, eventId: uuidv7(), reason: SECRETS.facts });
    await syncBoth(shop, mall);
    const words = ALL.filter((word) => word !== SECRETS.address && word !== SECRETS.evidence);
    const found = (await here(mall, words)).join();
    for (const word of words.filter((one) => one !== SECRETS.facts)) expect(found).toContain(word);
    expect(await eraseOld(await centreParts(), new Date(Date.now() + 6 * YEAR))).toBe(2);
    expect(await atCentre()).toEqual([]);
    for (const one of [shop, mall]) {
      expect(await one.api.sync.now()).toMatchObject({ sign: 'proved' });
      expect(await here(one)).toEqual([]);
      expect(await keysOf(one.running.parts.store.read)).toBe(0);
      expect(await check(one)).toBeNull();
      expect((await one.api.returns.get({ id: returnId })).state.consumer.name).toBe('***');
      expect((await one.api.privacy.get({ id: privacyId })).summary.requester.name).toBe('***');
    }
    await expectWhole();
  });
});

describe('a record that has left the workstations', () => {
  it('is erased of what they kept of it: their own facts, papers and files', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await closedCase(shop, mall);
    const { database } = given.centre.centre;
    expect(await archiveClosed(database, createUnitCache(), new Date(Date.now() + 4 * YEAR))).toBe(1);
    for (const one of [shop, mall]) {
      await one.api.sync.now();
      await expect(one.api.cases.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await keysOf(shop.running.parts.store.read)).toBe(1);
    expect(await eraseOld(await centreParts(), new Date(Date.now() + 6 * YEAR))).toBe(1);
    expect(await atCentre()).toEqual([]);
    for (const one of [shop, mall]) {
      await one.api.sync.now();
      await eraseHere(one.running.parts.store, one.running.parts.content, new Date());
      expect(await here(one)).toEqual([]);
      expect(await keysOf(one.running.parts.store.read)).toBe(0);
      expect(await one.api.sync.now()).toMatchObject({ sign: 'proved' });
      expect(await check(one)).toBeNull();
    }
    const files = await readdir(join(given.folder, 'shop', 'evidence'), { recursive: true });
    expect(files.filter((name) => /[0-9a-f]{64}$/.test(name))).toEqual([]);
    // And leaves again at once: nothing is left to be done about it.
    expect(await archiveClosed(database, createUnitCache(), new Date(Date.now() + 7 * YEAR))).toBe(1);
    await shop.api.sync.now();
    await expect(shop.api.cases.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expectWhole();
  });
});

describe('whoever edits the centre’s database', () => {
  /** What the mall, which has heard of nothing yet, makes of the feed as it is now. */
  const heardBy = async (
    mall: LiveWorkstation,
    id: string,
  ): Promise<{ sign: string; amountFen?: number | null }> => {
    const { sign } = await mall.api.sync.now();
    const amountFen = await mall.api.cases.get({ id }).then(
      ({ state }) => state.amountFen,
      () => undefined,
    );
    return { sign, ...(amountFen === undefined ? {} : { amountFen }) };
  };
  const edit = (statement: ReturnType<typeof sql>): Promise<unknown> =>
    statement.execute(given.centre.centre.database);

  it('passes no changed fact off as one of which something was erased', async () => {
    const { database } = given.centre.centre;
    await sql`DELETE FROM setting WHERE key = 'seals-facts'`.execute(database);
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await shop.api.cases.register(caseInput());
    const { id: other } = await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    await edit(sql`
      UPDATE event SET payload = replace(payload, '"amountFen":128000', '"amountFen":1'), sealed_with = 'erased'
      WHERE stream_id = ${id}`);
    expect(await heardBy(mall, id)).toEqual({ sign: 'attention' });
    // One bad record holds up no other.
    expect((await mall.api.cases.get({ id: other })).state.amountFen).toBe(128_000);
    expect(await mall.api.sync.attention()).toMatchObject([{ refusal: { rule: 'fact-altered' } }]);
    await edit(sql`
      UPDATE event SET payload = replace(payload, '"amountFen":1,', '"amountFen":128000,'), sealed_with = NULL
      WHERE stream_id = ${id}`);
    await mall.api.sync.now();
    expect(await heardBy(mall, id)).toEqual({ sign: 'attention', amountFen: 128_000 });
    await mall.api.sync.noteDamage();
    expect(await heardBy(mall, id)).toEqual({ sign: 'proved', amountFen: 128_000 });
  });

  it('hides nothing by taking its key away', async () => {
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await shop.api.cases.register(caseInput());
    await shop.api.sync.now();
    const { database } = given.centre.centre;
    const { rows } = await sql<{ row: string }>`
      DELETE FROM record_key RETURNING row_to_json(record_key)::text AS row`.execute(database);
    expect(await heardBy(mall, id)).toEqual({ sign: 'attention' });
    await edit(
      sql`INSERT INTO record_key SELECT * FROM json_populate_record(NULL::record_key, ${rows[0]?.row}::json)`,
    );
    await mall.api.sync.now();
    expect((await mall.api.cases.get({ id })).state.consumer.name).not.toBe('***');
    await mall.api.sync.noteDamage();
    expect(await heardBy(mall, id)).toEqual({ sign: 'proved', amountFen: 128_000 });
  });

  it('changes nothing of what is left of an erased record, down to who did it, when and where', async () => {
    await sql`DELETE FROM setting WHERE key = 'seals-facts'`.execute(given.centre.centre.database);
    const [shop, mall] = await people();
    await hearing(shop, mall);
    const { id } = await closedCase(shop, mall);
    expect(await eraseOld(await centreParts(), new Date(Date.now() + 6 * YEAR))).toBe(1);
    const { rows } = await sql<{ id: string }>`
      SELECT id FROM event WHERE stream_id = ${id} AND sealed_with = 'erased'`.execute(
      given.centre.centre.database,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const [index, change] of [
      sql`payload = replace(payload, '"amountFen":128000', '"amountFen":1')`,
      sql`actor = replace(actor, '"name":"', '"name":"某')`,
      sql`at = '2026-01-01T00:00:00.000Z'`,
      sql`unit_path = ${MALL}`,
      sql`version = 2`,
      sql`type = 'note-added'`,
    ].entries()) {
      const before = await sql<{ id: string; row: string }>`
        SELECT id, row_to_json(event)::text AS row FROM event
        WHERE stream_id = ${id} AND type = 'case-registered'`.execute(given.centre.centre.database);
      await edit(sql`UPDATE event SET ${change} WHERE stream_id = ${id} AND type = 'case-registered'`);
      const fresh = await given.open(`fresh-${index}`, MALL, 'mediator-mall');
      expect(await fresh.api.sync.now()).toMatchObject({ sign: 'attention' });
      await expect(fresh.api.cases.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const [kept] = before.rows;
      await edit(sql`
        UPDATE event SET payload = kept.payload, actor = kept.actor, at = kept.at, unit_path = kept.unit_path,
          version = kept.version, type = kept.type
        FROM json_populate_record(NULL::event, ${kept?.row}::json) AS kept WHERE event.id = kept.id`);
      await fresh.api.sync.now();
      await fresh.api.sync.noteDamage();
      expect(await fresh.api.sync.now()).toMatchObject({ sign: 'proved' });
    }
    // The erasure itself stands in the centre's own log, which it has signed.
    await edit(sql`
      UPDATE event SET payload = replace(payload, '"cause":"retention"', '"cause":"request"')
      WHERE stream_id = ${id} AND type = 'personal-data-erased'`);
    expect(await shop.api.sync.now()).toMatchObject({ sign: 'attention', reason: 'feed-forged' });
    expect((await shop.api.cases.get({ id })).state.erased).toBeUndefined();
  });
});

describe('a device that says of its own fact that something was erased', () => {
  it('is believed by nobody, and holds up nothing else', async () => {
    const [, mall] = await people();
    const code = await codeFor(given.centre, SHOP);
    const device = await enrolTestDevice({ url: given.centre.url, code });
    const actor = { ...actorAt(SHOP), staffId: 'manager-shop', role: 'shop-manager' as const };
    const draft = () =>
      device.event({
        stream: { kind: 'case', id: crypto.randomUUID() },
        type: 'case-registered',
        payload: registration(),
        actor,
      });
    const [bad, good] = [draft(), draft()];
    await device.push([
      { ...bad, payload: { ...(bad.payload as object), amountFen: 1 }, takenOut: true },
      good,
    ]);
    expect(await mall.api.sync.now()).toMatchObject({ sign: 'attention' });
    await expect(mall.api.cases.get({ id: bad.stream.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await mall.api.cases.get({ id: good.stream.id })).state.amountFen).toBe(128_000);
  });
});

/** Runs statements on the server, apart from the centre's own database. */
async function onServer(...statements: string[]): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(given.centre.databaseUrl), { pathname: '/postgres' }).href,
  });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('a centre that was put back from before an erasure', () => {
  it('is given the facts as they are left, takes them, and erases again', async () => {
    const mall = await given.open('mall', MALL, 'mediator-mall', { undoMs: 0 });
    const closed = async (): Promise<string> => {
      const { id } = await mall.api.cases.register(
        caseInput({ consumer: { name: SECRETS.name, phone: SECRETS.phone } }),
      );
      for (const action of [
        { step: 'case-withdrawn', payload: { reason: SECRETS.reason } },
        { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
      ]) {
        const { state } = await mall.api.cases.get({ id });
        await mall.api.cases.act({ id, revision: state.revision, action: action as never });
      }
      return id;
    };
    await sql`DELETE FROM setting WHERE key = 'seals-facts'`.execute(given.centre.centre.database);
    await given.centre.halt();
    const [name] = new URL(given.centre.databaseUrl).pathname.split('/').slice(1);
    await onServer(`CREATE DATABASE ${name}_kept TEMPLATE ${name}`);
    await given.centre.resume();
    // One record from before facts were sealed, and one of after.
    await mall.api.sync.now();
    const plain = await closed();
    await mall.api.sync.now();
    await startSealing(given.centre.centre.database);
    await given.centre.halt();
    await given.centre.resume();
    await mall.api.sync.now();
    const sealed = await closed();
    await mall.api.sync.now();
    const later = new Date(Date.now() + 6 * YEAR);
    expect(await eraseOld(await centreParts(), later)).toBe(2);
    await mall.api.sync.now();
    expect(await here(mall)).toEqual([]);

    await given.centre.halt();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`, `ALTER DATABASE ${name}_kept RENAME TO ${name}`);
    await given.centre.resume();
    await mall.api.sync.now();
    const { database } = given.centre.centre;
    const { rows } = await sql<{ id: string; status: string }>`
      SELECT stream_id AS id, status FROM event WHERE stream_id IN (${plain}, ${sealed}) ORDER BY position`.execute(
      database,
    );
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'accepted'));
    expect(await atCentre()).toEqual([]);
    expect(await eraseOld(await centreParts(), later)).toBe(2);
    await mall.api.sync.now();
    // That the centre of now does not have the erasures of before is told, as of any fact that it lost.
    for (const { eventId, refusal } of await mall.api.sync.attention()) {
      expect(refusal).toEqual({ rule: 'lost-at-centre' });
      await mall.api.sync.dismiss({ eventId });
    }
    expect(await mall.api.sync.now()).toMatchObject({ waiting: 0, sign: 'proved' });
    expect(await here(mall)).toEqual([]);
    expect(await check(mall)).toBeNull();
    expect(await atCentre()).toEqual([]);
    await expectWhole();
  });
});
