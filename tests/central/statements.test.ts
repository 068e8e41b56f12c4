import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import { readCarried } from '../../src/central/command/carried.ts';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { gradeLastMonth, gradeWanted } from '../../src/central/credit/index.ts';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { migrate } from '../../src/central/kernel/db/migrate.ts';
import { openCentreContent } from '../../src/central/evidence/content.ts';
import { eraseWithdrawn } from '../../src/central/evidence/erase.ts';
import {
  evidenceInSight,
  isHeld,
  isHeldInSight,
  recordHolding,
} from '../../src/central/evidence/holdings.ts';
import { eraseGranted, eraseOld } from '../../src/central/erasure/index.ts';
import { exportRows } from '../../src/central/export/index.ts';
import { createFollowers } from '../../src/central/followers.ts';
import { keepEventMonths } from '../../src/central/kernel/jobs/event-months.ts';
import type { IngestParts } from '../../src/central/kernel/ingest/append.ts';
import type { Gateway } from '../../src/central/messages/gateway.ts';
import { askForCalls, keepDueMessages, sendMessages } from '../../src/central/messages/index.ts';
import { retryUnknown } from '../../src/central/kernel/ingest/retry.ts';
import { fillMarks } from '../../src/central/repeats/backfill.ts';
import { createConsumerMarks } from '../../src/central/repeats/keys.ts';
import { endExpired } from '../../src/central/sanction/index.ts';
import { workOutTasks } from '../../src/central/tasks/index.ts';
import { allianceRulesOn } from '../../src/domain/alliance/index.ts';
import { packRollup } from '../../src/central/rollup/pack-job.ts';
import { observeHistory, rebuildFromLog } from '../../src/central/rebuild/index.ts';
import { adoptLog } from '../../src/central/kernel/keys/adopt.ts';
import { keepKnownKey } from '../../src/central/kernel/keys/known-key.ts';
import { startSealing } from '../../src/central/kernel/keys/record-keys.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { type CreditState, sanctionIdOf } from '../../src/domain/credit/index.ts';
import { defaultProducts, idOfMerchant } from '../../src/domain/finance/index.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { METRICS } from '../../src/domain/rollup/metrics.ts';
import { centreKeyOf } from '../../src/protocol/centre-key.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { newRecordKey } from '../../src/protocol/sealed-facts.ts';
import { generateDeviceKeys, replaceText, signText } from '../../src/protocol/keys.ts';
import { sealCarried } from '../../src/protocol/carried-facts.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import { type EventDraft, openTestDevice, type TestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, asOperator, CENTRE_KEY, codeFor } from '../support/postgres.ts';
import { checkColumns, findSites, recordStatements } from '../support/statements.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { allCalls } from './all-calls.ts';
import {
  districtSupervisor,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const recording = recordStatements();
const setting = useCentre({ jobs: true });
const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const NOW = new Date('2026-03-30T02:00:00.000Z');
/** Closed cases have left the workstations. */
const LATER = new Date('2030-06-01T02:00:00.000Z');
/** What is personal in them is kept no longer. */
const ERASED_BY = new Date('2036-06-01T02:00:00.000Z');

/** Every call of the contract. */
async function calls(): Promise<void> {
  let token = ADMIN_TOKEN;
  let code: string | undefined;
  const client = createCentralClient({ baseUrl: setting.centre.url, token: () => token, code: () => code });
  await allCalls(setting.centre, client, (next, second) => {
    token = next;
    code = second;
  });
  for (const path of ['/metrics', '/ready', '/healthz'])
    expect((await asOperator(`${setting.centre.url}${path}`)).status).toBe(200);
}

const ISSUED = {
  type: 'document-issued',
  payload: {
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    number: '甬海消调（M01）〔2026〕第0001号',
    year: 2026,
    sequence: 1,
    issuedOn: '2026-03-05',
    copies: 1,
    sha256: 'a'.repeat(64),
    byteLength: 1000,
    code: 'AAAA-BBBB-CCCC',
  },
};
const ADDED = {
  type: 'evidence-added',
  payload: { sha256: 'b'.repeat(64), size: 3, mediaType: 'image/jpeg', name: '照片.jpg', kind: 'photo' },
};

/** What pushes and readings do only where something was recorded before. */
async function furtherPushes(shop: TestDevice, mall: TestDevice): Promise<string> {
  const merchant = { merchant: { merchantId: 'm-1', name: '虚构商户' } };
  const story = [steps.register(merchant), steps.accept(), steps.settle(), steps.close()];
  const closed = newCase();
  for (const [device, actor, stream] of [
    [shop, shopManager, closed] as const,
    [mall, mallMediator, newCase()] as const,
  ]) {
    const by = { stream, actor, at: '2026-03-03T02:00:00.000Z' };
    const { receipts } = await device.push(story.map((step) => device.event({ ...by, ...step })));
    expect(receipts.map(({ status }) => status)).toEqual(story.map(() => 'accepted'));
  }
  const by = { stream: newCase(), actor: mallMediator, sealedBy: newRecordKey() };
  const first = mall.event({ ...by, ...steps.register() });
  await mall.push([first]);
  // An id that is taken.
  await mall.push([mall.event({ ...by, stream: newCase(), ...steps.register(), id: first.id })]);
  const { receipts } = await mall.push([
    mall.event({ ...by, ...ADDED }),
    mall.event({ ...by, ...ISSUED }),
    mall.event({ ...by, ...steps.note() }),
  ]);
  expect(receipts.map(({ refusal: refused }) => refused)).toEqual([undefined, undefined, undefined]);

  const form = stateForm();
  const { head } = await mall.client.snapshot({ form });
  await mall.client.snapshot({ form, after: 0, until: head.position });
  const { database } = setting.centre.centre;
  const evidence = await evidenceInSight(database, mall, by.stream.id, ADDED.payload.sha256);
  if (evidence === null) throw new Error('The evidence is not in sight');
  await recordHolding(database, mall, evidence, NOW);
  expect(await isHeld(database, mall, evidence)).toBe(true);
  expect(await isHeldInSight(database, mall, evidence)).toBe(true);
  const { sha256 } = ADDED.payload;
  await mall.push([
    mall.event({ ...by, type: 'evidence-withdrawn', payload: { sha256, reason: '与本案无关' } }),
  ]);
  const { folder, remove } = await temporaryFolder();
  const later = new Date('2100-01-01T00:00:00.000Z');
  expect(await eraseWithdrawn(database, await openCentreContent(folder), later)).toBe(1);
  await startSealing(database);
  await remove();
  return closed.id;
}

/** By products that ask nothing but a consent, a merchant enters the whitelist. */
async function listed(mall: TestDevice): Promise<void> {
  const { admin } = setting.centre.admin;
  const by = { actor: mallMediator, at: NOW.toISOString() };
  const day = '2026-03-30';
  const article = { zh: '设定', en: 'Assumption' };
  await admin.publishFinanceProducts({
    products: {
      ...defaultProducts,
      effectiveFrom: day,
      whitelist: {
        rules: [{ kind: 'consent', article, tag: 'assumption' }],
        article,
        tag: 'assumption',
      },
    },
  });
  const id = uuidv7();
  const payload = {
    merchantId: id,
    merchantPath: MALL,
    merchantName: '虚构商户',
    recipient: { unitPath: '/HS/B01', name: '合作银行', contact: '柜台' },
    items: ['grade'],
    purpose: '申请贷款',
    manner: 'asked-of-centre',
    from: day,
    until: day,
    signer: {
      name: '王虚构',
      position: '经理',
      idTail: '123X',
      capacity: 'legal-representative',
      authority: null,
    },
    signature: { manner: 'on-paper', signedOn: day },
    textSha256: 'a'.repeat(64),
  };
  const { receipts } = await mall.push([
    mall.event({
      ...by,
      stream: { kind: 'merchant', id },
      type: 'merchant-registered',
      payload: {
        name: '虚构商户',
        creditCode: null,
        category: 'enterprise',
        unitPath: MALL,
        address: null,
        contactName: null,
        phone: null,
        invented: true,
      },
    }),
    mall.event({
      ...by,
      stream: { kind: 'consent', id: idOfMerchant(id, uuidv7()) },
      type: 'consent-granted',
      payload,
    }),
  ]);
  expect(receipts.map(({ refusal: refused }) => refused)).toEqual([undefined, undefined]);
  expect((await admin.evaluateFinance({})).districts[0]).toMatchObject({ entered: 1 });
}

/** A merchant is graded, objects, and is graded anew; one of its cases turns out to be another's. */
async function graded(mall: TestDevice): Promise<void> {
  const { centre, admin } = setting.centre;
  const { database } = centre;
  const id = uuidv7();
  const merchant = {
    type: 'merchant-registered',
    payload: {
      name: '虚构服饰店',
      creditCode: null,
      category: 'enterprise',
      unitPath: MALL,
      address: null,
      contactName: null,
      phone: null,
      invented: true,
    },
  };
  const by = { actor: mallMediator, at: '2026-03-03T02:00:00.000Z' };
  const cases = [1, 2, 3].map(() => newCase());
  const step = (stream: EventDraft['stream'], one: Pick<EventDraft, 'type' | 'payload' | 'version'>) =>
    mall.event({ ...by, stream, ...one });
  const correction = { reason: '记错', merchantId: 'm-1', merchantName: '另一店' };
  const { receipts } = await mall.push([
    step({ kind: 'merchant', id }, merchant),
    ...cases.flatMap((stream) => [
      step(stream, steps.register({ merchant: { merchantId: id, name: '虚构' } })),
      step(stream, steps.accept()),
      step(stream, steps.fail()),
    ]),
    ...cases.map((stream) => step(stream, steps.close())),
    ...[newCase()].flatMap((stream) => [
      step(stream, steps.register({ merchant: { merchantId: id, name: '虚构' } })),
      step(stream, { type: 'case-corrected', version: 2, payload: correction }),
    ]),
  ]);
  expect(receipts.filter(({ status }) => status !== 'accepted')).toEqual([]);
  expect((await admin.admin.gradeMerchants({})).districts[0]?.published).toBe(1);
  await admin.admin.gradeMerchant({ merchantId: id });
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'credit' AND id = ${id}`.execute(database);
  const { grade } = JSON.parse(rows[0]?.state ?? '') as CreditState;
  const stream = { kind: 'credit', id };
  const objection = {
    objectionId: uuidv7(),
    month: '2026-03',
    facts: grade?.reasons[0]?.facts ?? [],
    text: '不符',
  };
  await mall.push([step(stream, { type: 'objection-made', payload: { ...objection, lateBecause: null } })]);
  const district = await setting.device('/HS');
  const decision = { objectionId: objection.objectionId, upheld: true, reason: '核实' };
  await district.push([
    district.event({
      ...by,
      stream,
      type: 'objection-decided',
      payload: decision,
      actor: districtSupervisor,
    }),
  ]);
  const decided = { organ: '虚构局', number: '虚罚〔2026〕1号' };
  await district.push([
    district.event({
      ...by,
      stream: { kind: 'sanction', id: sanctionIdOf(id, decided) },
      type: 'sanction-recorded',
      payload: {
        ...decided,
        entryId: uuidv7(),
        merchantId: id,
        merchantName: '虚构',
        merchantPath: MALL,
        kind: 'penalty',
        class: 'minor',
        determinedOn: '2026-03-01',
        publishedOn: null,
        channel: 'gsxt',
        simplified: false,
        measures: [],
        areas: [],
        restrictedUntil: null,
        text: '',
        duties: [],
        continues: null,
        again: 0,
      },
      actor: districtSupervisor,
    }),
  ]);
  const units = createUnitCache();
  await units.reload(database);
  const parts = {
    database,
    key: CENTRE_KEY,
    units,
    followers: createFollowers(await createConsumerMarks(database)),
  };
  // The centre's own job may have come first.
  await gradeWanted(parts, NOW, () => false);
  await sql`DELETE FROM setting WHERE key = 'credit-graded'`.execute(database);
  await gradeLastMonth(parts, NOW, () => false);
  await sql`DELETE FROM setting WHERE key = 'credit-whole'`.execute(database);
  await observeHistory(database, units);
}

/** What a department asks about itself. */
async function ownFigures(): Promise<void> {
  const path = '/HS/D01';
  const unit = { path, name: '虚构局', body: 'department' as const, disputePoint: false };
  await setting.centre.admin.admin.createUnits({ units: [unit] });
  const department = await setting.device(path);
  await department.signIn();
  const { departments } = await department.client.figures({ path, ...YEAR });
  expect(departments).toMatchObject([{ path, completeness: { workstations: 1 } }]);
}

/** The pages for everybody: a shop's, a paper's, and what a consumer answers. */
async function publicPages(mall: TestDevice): Promise<void> {
  const by = { actor: mallMediator, stream: { kind: 'merchant', id: uuidv7() } };
  const merchant = {
    name: '虚构鞋店',
    creditCode: null,
    category: 'enterprise',
    unitPath: MALL,
    address: null,
    contactName: null,
    phone: null,
    invented: true,
  };
  const code = '0123456789ABCDEFGHJK';
  await mall.push([
    mall.event({ ...by, type: 'merchant-registered', payload: merchant }),
    mall.event({ ...by, type: 'public-code-issued', payload: { code } }),
  ]);
  const { url } = setting.centre;
  const asked = async (path: string, init?: RequestInit): Promise<number> =>
    (await fetch(`${url}/p/${path}`, init)).status;
  const paper = { n: ISSUED.payload.number, c: ISSUED.payload.code };
  const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);
  expect(await asked(`s/${code}`)).toBe(200);
  expect(await asked('stations')).toBe(200);
  expect(await asked('charity')).toBe(200);
  expect(await asked(`paper?${form(paper).toString()}`)).toBe(200);
  expect(await asked(`paper?${form({ ...paper, n: 'M01-R2026-1-0009' }).toString()}`)).toBe(404);
  expect(await asked(`paper?${form({ ...paper, n: 'P-0123456789AB-1' }).toString()}`)).toBe(404);
  // That case has not ended.
  const body = form({ ...paper, score: '5' });
  expect(await asked('satisfaction', { method: 'POST', body })).toBe(409);
}

/** A workstation is asked to compare, by an administrator and by its supervisor, and answers. */
async function compared(mall: TestDevice): Promise<void> {
  const { admin } = setting.centre.admin;
  const staffId = 'supervisor-mall';
  await admin.addStaff({
    staff: [{ id: staffId, name: '某人', role: 'supervisor', unitPath: MALL, password: 'a-long-password' }],
  });
  const { deviceId } = mall;
  await admin.resync({ deviceId, reason: '核对' });
  await mall.client.fleet.resync({ deviceId, reason: '核对', staffId });
  const none = { compared: 0, missing: 0, different: 0, extra: 0, mended: 0 };
  const counts = { waiting: 0, rejected: 0, quarantined: 0, unknown: 0, salvaged: 0, evidenceWaiting: 0 };
  await mall.client.report({
    ...counts,
    release: '0.1.0',
    deviceTime: NOW.toISOString(),
    sign: 'proved',
    reason: null,
    waitingSince: null,
    feedPosition: 1,
    resync: { ...none, asked: crypto.randomUUID(), at: NOW.toISOString() },
  });
}

/** A second log is found out, and an identity given up for another, twice. */
async function identities(mall: TestDevice): Promise<void> {
  const { url } = setting.centre;
  const copy = openTestDevice({ ...mall, url, head: { sequence: 1, hash: 'f'.repeat(64) } });
  const fork = copy.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
  expect((await refusal(copy.push([fork]))).code).toBe('CHAIN_BROKEN');

  const { publicKey } = generateDeviceKeys();
  const signature = signText(mall.keys.privateKey, replaceText(mall.deviceId, publicKey));
  const share = Buffer.alloc(32, 1).toString('base64');
  await mall.client.keyShare({ share });
  const spent = await codeFor(setting.centre, MALL);
  expect(await mall.client.recover({ code: spent, deviceId: mall.deviceId })).toEqual({ share });
  const code = await codeFor(setting.centre, MALL);
  const given = { code, name: '换新', publicKey, replaces: { deviceId: mall.deviceId, signature } };
  const client = createCentralClient({ baseUrl: url });
  const { deviceId } = await client.enrol(given);
  expect((await client.enrol(given)).deviceId).toBe(deviceId);
}

/** What is done once after an upgrade: marks and tasks of older records, and a fact that an older release had set aside. */
async function setAsideAndRetried(): Promise<void> {
  const mall = await setting.device(MALL);
  const { database } = setting.centre.centre;
  const by = { stream: newCase(), actor: mallMediator };
  const registered = mall.event({ ...by, ...steps.register() });
  const note = mall.event({ ...by, ...steps.note() });
  await mall.push([registered, note]);
  await sql`UPDATE event SET status = 'unknown' WHERE id = ${note.id}`.execute(database);
  await sql`DELETE FROM setting WHERE key = 'unknown-tried-by'`.execute(database);
  const units = createUnitCache();
  await units.keepUnits('latest', database);
  const marks = await createConsumerMarks(database);
  await sql`DELETE FROM setting WHERE key = 'consumer-marks-filled'`.execute(database);
  await fillMarks(database, marks, () => false);
  await sql`DELETE FROM setting WHERE key = 'tasks-filled'`.execute(database);
  await workOutTasks(database, units);
  const followers = createFollowers(marks);
  expect(await retryUnknown({ database, key: CENTRE_KEY, units, followers })).toBe(1);
}

/** A fact that a person carries from a workstation, and that the centre's command proves. */
async function carried(device: TestDevice): Promise<void> {
  const event = device.event({ stream: newCase(), ...steps.register(), actor: mallMediator });
  const { deviceId, deviceCode, unitPath } = device;
  const about = { deviceId, deviceCode, unitPath, madeAt: event.at, madeBy: mallMediator.name, facts: 1 };
  const inside = Buffer.from(JSON.stringify({ events: [event], signature: device.sign([event]) }));
  const passphrase = 'carried by hand';
  const { folder, remove } = await temporaryFolder();
  const file = join(folder, 'carried.json');
  await writeFile(
    file,
    await sealCarried({ ...about, firstAt: event.at, lastAt: event.at }, inside, passphrase),
  );
  const stdout = new PassThrough();
  const terminal = { stdout, stderr: new PassThrough(), env: { HESHI_PASSPHRASE: passphrase } };
  await readCarried(setting.centre.centre.database, file, terminal).finally(remove);
  expect(String(stdout.read())).toContain(event.id);
}

/** What merchants are told, by a gateway that fails first, and that was at it when its process ended. */
async function told(parts: IngestParts): Promise<void> {
  const { database } = parts;
  let fails = true;
  const gateway: Gateway = {
    channel: 'test',
    send: () => (fails ? Promise.reject(new Error('down')) : Promise.resolve()),
    outcomeOf: () => Promise.resolve('not-sent'),
  };
  const messaging = { gateway, from: '2020-01-01', windowPhone: '0574', annualReport: true };
  const now = new Date('2027-06-20T02:00:00Z');
  expect(await keepDueMessages({ database, messaging }, now)).toBeGreaterThan(0);
  await sql`UPDATE stream SET state = jsonb_set(state::jsonb, '{phone}', '"0574-55550123"')::text WHERE kind = 'merchant'`.execute(
    database,
  );
  await sendMessages({ database, messaging }, now);
  fails = false;
  await sql`UPDATE message SET state = 'sending'`.execute(database);
  await sendMessages({ database, messaging }, now);
  expect(await askForCalls(parts, new Date('2026-04-10T02:00:00Z'))).toBe(1);
}

/** A citizen is checked for a discount of a shop in the alliance, by the file of standing that the district has imported. */
async function checked(mall: TestDevice): Promise<void> {
  const merchantId = uuidv7();
  const discountId = uuidv7();
  const by = { actor: mallMediator, stream: { kind: 'alliance', id: merchantId } };
  const today = businessDay(new Date().toISOString());
  const { version } = allianceRulesOn(today);
  const about = { name: '虚构服饰店', creditCode: null, category: 'enterprise', unitPath: MALL };
  const merchant = { ...about, address: null, contactName: null, phone: null, invented: true };
  const joined = { merchantId, merchantPath: MALL, merchantName: about.name };
  const off = { kind: 'percent', percent: 10 };
  const discount = { discountId, what: '全场', off, from: today, until: shiftDay(today, 30), level: 1 };
  const { receipts } = await mall.push([
    mall.event({
      ...by,
      stream: { kind: 'merchant', id: merchantId },
      type: 'merchant-registered',
      payload: merchant,
    }),
    mall.event({ ...by, type: 'alliance-joined', payload: joined }),
    mall.event({ ...by, type: 'discount-offered', payload: discount }),
  ]);
  expect(receipts?.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  const citizen = 'b'.repeat(64);
  const citizens = [{ citizen, level: 1 }];
  const standing = { importId: crypto.randomUUID(), asOf: today, citizens, complete: true };
  await setting.centre.admin.admin.importStanding(standing);
  const question = { checkId: uuidv7(), merchantId, discountId, citizen, consented: true } as const;
  const asked = { ...question, rulesVersion: version, staffId: 'mediator-mall' };
  expect(await mall.client.checkCitizen(asked)).toMatchObject({ qualifies: true });
}

/** A record comes to its maximum with the application that it is part of; nothing is left of that one here. */
async function expired(parts: IngestParts): Promise<void> {
  const due = {
    applied: { restorationId: 'gone' },
    ended: null,
    class: 'ordinary',
    publishedOn: '2026-03-02',
  };
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'sanction' AND state IS NOT NULL`.execute(parts.database);
  for (const { id, state } of rows) {
    const changed = JSON.stringify({ ...(JSON.parse(state) as object), ...due });
    await sql`UPDATE stream SET state = ${changed} WHERE kind = 'sanction' AND id = ${id}`.execute(
      parts.database,
    );
  }
  expect(await endExpired(parts, LATER)).toBeGreaterThan(0);
}

/** What the centre's jobs and commands do. */
async function jobsAndCommands(shop: TestDevice, closed: string): Promise<void> {
  const { centre, databaseUrl, admin, setNow } = setting.centre;
  const { database } = centre;
  const units = createUnitCache();
  setNow(LATER);
  await admin.admin.rollup({ path: '/HS', ...YEAR });
  expect(await packRollup(database, units, LATER)).toBeGreaterThan(0);
  await admin.admin.rollup({ path: '/HS', ...YEAR });
  await keepEventMonths(database, LATER);
  expect(await archiveClosed(database, units, LATER)).toBeGreaterThan(0);
  await shop.signIn();
  await shop.push([
    shop.event({ stream: { kind: 'case', id: closed }, ...steps.note(), actor: shopManager }),
  ]);
  const followers = createFollowers(await createConsumerMarks(database));
  const parts = { database, key: CENTRE_KEY, units, followers };
  await told(parts);
  await expired(parts);
  // As a request's decision leaves it.
  const outcomes = [{ kind: 'case', id: closed, verdict: 'granted', correctionId: null, text: '' }];
  await sql`
    INSERT INTO stream (kind, id, circle, revision, state, sight)
    VALUES ('privacy', 'asked', '/HS/C1', 1, ${JSON.stringify({ what: 'deletion', decided: { outcomes } })}, '[]')`.execute(
    database,
  );
  expect(await eraseGranted(parts, LATER)).toBe(1);
  await sql`DELETE FROM stream WHERE kind = 'privacy'`.execute(database);
  expect(await eraseOld(parts, ERASED_BY)).toBeGreaterThan(0);
  // What is closed comes with the erasures that say so.
  expect((await shop.feed()).erasures?.map(({ event }) => event.type)).toContain('personal-data-erased');
  const { invariants } = await admin.admin.verify();
  expect(invariants.find(({ name }) => name.startsWith('what is erased'))).toMatchObject({ broken: 0 });

  await sql`UPDATE stream SET state = '{}' WHERE kind = 'case' AND id = ${closed}`.execute(database);
  await rebuildFromLog(database, units, { dryRun: false });
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  for (const what of ['facts', 'rollup'] as const) {
    const order = { what, format: 'ndjson', masked: true, reason: '核对', file: null } as const;
    const scope = { unitPath: '/HS', from: null, to: null };
    expect(await exportRows(database, { ...order, ...scope }, nowhere)).toBeGreaterThan(0);
  }

  // A database that has nothing yet, and that of a newer release.
  await sql`CREATE DATABASE empty_at_first TEMPLATE template0`.execute(database);
  const empty = openDatabase(Object.assign(new URL(databaseUrl), { pathname: '/empty_at_first' }).href);
  await migrate(empty.database, [...METRICS, 'toys-mended']).finally(() => empty.database.destroy());
  await sql`INSERT INTO schema_version VALUES (999)`.execute(database);
  await migrate(database);
}

it('every statement runs, and answers with just the columns that are declared', async () => {
  await calls();
  await checked(await setting.device(MALL));
  setting.centre.setNow(NOW);
  const [shop, mall] = [await setting.device(SHOP), await setting.device(MALL)];
  const closed = await furtherPushes(shop, mall);
  await graded(await setting.device(MALL));
  await listed(mall);
  await publicPages(mall);
  await ownFigures();
  await compared(mall);
  await setAsideAndRetried();
  // What a device has signed itself.
  expect((await mall.feed()).devices?.map(({ device }) => device)).toContain(mall.deviceId);
  const { database } = setting.centre.centre;
  // The key goes, and comes back.
  for (const key of [centreKeyOf(generateDeviceKeys().privateKey), CENTRE_KEY]) {
    expect(await keepKnownKey(database, key, true)).toBe(true);
    expect(await adoptLog(database, key)).toBeGreaterThan(0);
  }
  await carried(mall);
  await identities(mall);
  await jobsAndCommands(shop, closed);
  recording.stop();

  const sites = findSites(ROOT, 'src/central');
  const missed = sites.filter((site) =>
    site.row === null ? !recording.hasRun(site) : recording.columnsOf(site).length === 0,
  );
  const said = missed.map(({ file, line, text }) => `${file}:${line} ${text.replaceAll('\0', '?').trim()}`);
  expect(said).toEqual([]);
  expect(await checkColumns(ROOT, sites, (site) => recording.columnsOf(site))).toEqual([]);
}, 180_000);
