import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';
import { TOTP, URI } from 'otpauth';
import { defaultPolicy } from '../../src/domain/credit/default-policy.ts';
import { defaultProducts } from '../../src/domain/finance/index.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import type { CentralClient } from '../../src/protocol/central-client.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { generateDeviceKeys, pushText, sessionText, signText } from '../../src/protocol/keys.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import { ADMIN_TOKEN, codeFor, type TestCentre } from '../support/postgres.ts';
import { YEAR_2027 } from '../support/procedures.ts';
import { MALL, mallMediator, newCase, refusal, steps } from './setting.ts';

/** Every call of the contract once, with real answers, refusals among them. */
export async function allCalls(
  centre: TestCentre,
  client: CentralClient,
  use: (token: string, code?: string) => void,
): Promise<void> {
  const { admin } = client;
  const code = await codeFor(centre, MALL);
  const keys = generateDeviceKeys();
  await client.health();
  const { deviceId } = await client.enrol({ code, name: '试用', publicKey: keys.publicKey });
  await refusal(client.enrol({ code: 'AAAAA-AAAAA', name: '试用', publicKey: keys.publicKey }));
  const { challenge } = await client.challenge({ deviceId });
  const signature = signText(keys.privateKey, sessionText(deviceId, challenge));
  use((await client.session({ deviceId, challenge, signature })).token);
  const share = Buffer.alloc(32, 7).toString('base64');
  await client.keyShare({ share });
  await client.recover({ code: await codeFor(centre, MALL), deviceId });
  await refusal(client.recover({ code, deviceId }));

  const draft = (sequence: number, step: { type: string; payload: unknown }, previousHash: string) => {
    const event = {
      id: uuidv7(),
      stream: newCase(),
      version: 1,
      actor: mallMediator,
      device: deviceId,
      deviceSequence: sequence,
      at: new Date().toISOString(),
      unitPath: MALL,
      ...step,
    };
    return { ...event, previousHash, hash: eventHash(event, previousHash) };
  };
  const first = draft(1, steps.register(), CHAIN_START);
  const second = draft(2, steps.accept(), first.hash);
  const batch = {
    events: [first, second],
    signature: signText(keys.privateKey, pushText(deviceId, 2, second.hash)),
  };
  await client.push({ ...batch, runs: true });
  await client.push(batch);
  await refusal(client.push({ ...batch, signature: 'x' }));
  await client.feed({ after: 0 });
  await client.snapshot({ form: stateForm() });
  await archiveCalls(centre, client);
  await client.rollup({ path: MALL, from: '2026-01-01', to: '2026-12-31' });
  await client.figures({ path: MALL, from: '2026-01-01', to: '2026-12-31' });
  await client.grades({ path: MALL, month: '2026-01' });
  await client.report({
    release: '0.1.0',
    deviceTime: new Date().toISOString(),
    sign: 'attention',
    reason: null,
    waiting: 0,
    waitingSince: null,
    rejected: 1,
    quarantined: 0,
    unknown: 0,
    salvaged: 0,
    evidenceWaiting: 0,
    feedPosition: 1,
    resync: null,
  });
  await client.fleet.list({});
  await refusal(client.creditPolicy({ policy: defaultPolicy, dryRun: true, staffId: mallMediator.staffId }));
  await refusal(client.fleet.resync({ deviceId, reason: '试', staffId: 'mediator-mall' }));
  const stopping = new AbortController();
  for await (const nudge of await client.nudges(undefined, { signal: stopping.signal })) {
    expect(nudge).toEqual({ moved: 'feed' });
    break;
  }
  stopping.abort();
  await client.presence({ open: [{ caseId: first.stream.id, staffIds: ['mediator-mall'] }] });
  await client.repeats.key();
  await client.repeats.ask({ mark: 'a'.repeat(43), merchantId: null, staffId: 'mediator-mall' });
  await refusal(
    client.checkCitizen({
      checkId: uuidv7(),
      merchantId: 'nobody',
      discountId: 'nobody',
      citizen: 'a'.repeat(64),
      consented: true,
      rulesVersion: 1,
      staffId: 'mediator-mall',
    }),
  );
  const year = new Date().getFullYear();
  const { lease } = await client.numbers.lease({ year, count: 10 });
  const pattern = lease?.pattern ?? '';
  await client.numbers.tell({ leases: [{ year, pattern, first: 5, last: 12, used: 0 }] });
  await refusal(
    client.numbers.return({ year, ranges: [{ first: lease?.first ?? 1, last: lease?.last ?? 1 }] }),
  );

  use(ADMIN_TOKEN);
  await admin.createUnits({
    units: [{ path: '/HS/C1/M08', name: '八号', level: 2, party: 'operator', disputePoint: false }],
  });
  const password = { password: 'a-long-password' };
  await admin.addStaff({
    staff: [{ id: 'someone', name: '某人', role: 'mediator', unitPath: MALL, ...password }],
  });
  await admin.assignStaff({ staffId: 'someone', role: 'supervisor', unitPath: MALL });
  await admin.setPassword({ staffId: 'someone', ...password });
  await admin.deactivateStaff({ staffId: 'someone' });
  await refusal(admin.deactivateStaff({ staffId: 'nobody' }));
  await admin.units({});
  await admin.staff({ under: MALL });
  await admin.createCodes({ unitPaths: [MALL] });
  await admin.setNumberPattern({ unitPath: MALL, pattern: '{unit}{year}-{sequence}' });
  await admin.numberAccount({ unitPath: MALL, year });
  await admin.publishProcedure({
    procedure: { ...defaultProcedure, effectiveFrom: '2099-01-01' },
    dryRun: true,
  });
  await admin.procedures({});
  await admin.importCalendarYear({ file: YEAR_2027, source: '通知（虚构）' });
  await admin.resync({ deviceId, reason: '核对' });
  await admin.devices();
  await admin.fleet({});
  await admin.rollup({ path: '/HS', from: '2026-01-01', to: '2026-12-31' });
  await admin.figures({ path: '/HS', from: '2026-01-01', to: '2026-12-31' });
  await admin.gradeMerchants({});
  await refusal(admin.gradeMerchant({ merchantId: 'nobody' }));
  await admin.publishCreditPolicy({
    policy: { ...defaultPolicy, effectiveFrom: '2099-01-01' },
    dryRun: true,
  });
  await refusal(admin.publishCreditPolicy({ policy: {} }));
  await refusal(admin.verifyDraw({ drawId: 'nobody' }));
  await disclosureCalls(centre, client, use);
  await admin.verify();
  await admin.rebuild({});
  await administratorCalls(client, use);
  await admin.revoke({ deviceId, reason: '试用结束' });
}

/** A bank's token, and what is asked of products and of who qualifies; no merchant here has consented to anything. */
async function bankCalls(client: CentralClient, use: (token: string) => void): Promise<void> {
  const { admin, disclosures } = client;
  const today = businessDay(new Date().toISOString());
  await admin.importStanding({
    importId: crypto.randomUUID(),
    asOf: today,
    citizens: [{ citizen: 'a'.repeat(64), level: 1 }],
    complete: true,
  });
  const { token } = await admin.issueToken({
    unitPath: MALL,
    scopes: ['data.read', 'lines.record'],
    until: today,
    heldBy: '虚构银行',
    purpose: '贷款审查',
    recipientPath: '/HS/B01',
  });
  use(token);
  const code = '91330203MA2JKLMN2F';
  await refusal(disclosures.data({ code, items: ['grade'] }));
  await refusal(
    disclosures.line({
      type: 'granted',
      id: crypto.randomUUID(),
      code,
      product: 'haige-loan',
      fen: 1_000_000,
      on: today,
      until: today,
      reference: 'DK-1',
    }),
  );
  await refusal(disclosures.line({ type: 'closed', lineId: 'nobody', on: today }));
  use(ADMIN_TOKEN);
  await admin.publishFinanceProducts({
    products: { ...defaultProducts, effectiveFrom: '2099-01-01' },
    dryRun: true,
  });
  await refusal(admin.publishFinanceProducts({ products: {} }));
  await admin.evaluateFinance({ dryRun: true });
  await admin.evaluateFinance({});
  await admin.financeOfMerchant({ merchantId: 'known' });
  await refusal(admin.financeOfMerchant({ merchantId: 'nobody' }));
}

/** A token, what it is answered, and what it is refused. */
async function disclosureCalls(
  centre: TestCentre,
  client: CentralClient,
  use: (token: string) => void,
): Promise<void> {
  const { database } = centre.centre;
  await sql`
    INSERT INTO credit_merchant (merchant_id, circle, district, unit_path, category, credit_code)
    VALUES ('known', '/HS/C1', 'HS', ${MALL}, 'enterprise', '91330203MA2JKLMN2F')`.execute(database);
  const { admin, disclosures } = client;
  const { tokenId, token } = await admin.issueToken({
    unitPath: MALL,
    scopes: ['grades.read', 'points.read'],
    until: businessDay(new Date().toISOString()),
    heldBy: '虚构银行',
    purpose: '贷款审查',
  });
  use(token);
  await refusal(disclosures.grade({ code: 'nobody' }));
  await disclosures.grade({ code: '91330203MA2JKLMN2F' });
  await disclosures.points({ code: '91330203MA2JKLMN2F', reference: 'DK-1' });
  await refusal(disclosures.points({ code: 'nobody', reference: 'not a number' }));
  use(ADMIN_TOKEN);
  await bankCalls(client, use);
  await admin.tokens();
  await admin.revokeToken({ tokenId });
  await refusal(admin.revokeToken({ tokenId: 'nobody' }));
  await sql`DELETE FROM credit_merchant WHERE merchant_id = 'known'`.execute(database);
}

/** The archive with a case in it, and every form in which a page of the feed speaks of it. */
async function archiveCalls(centre: TestCentre, client: CentralClient): Promise<void> {
  const { database } = centre.centre;
  await sql`
    INSERT INTO archived_stream SELECT kind, id, circle, 1, now(), NULL, state::json ->> 'number',
      state::json -> 'consumer' ->> 'name', state::json -> 'merchant' ->> 'name', '5678', current_date
    FROM stream WHERE kind = 'case' LIMIT 1`.execute(database);
  const { bare = [] } = await client.feed({ after: 0, archived: 'bare' });
  const [item] = bare;
  if (item === undefined) throw new Error('Nothing bare');
  const { back } = await client.feed({ after: item.position, limit: 1 });
  expect(back).toBeUndefined();
  expect((await client.archive.list({ after: 0 })).streams).toEqual([item.stream]);
  const { staffId } = mallMediator;
  const found = await client.archive.search({ by: 'phone', text: '5678', staffId });
  expect(found.cases).toHaveLength(1);
  await client.archive.open({ id: item.stream.id, staffId });
  await refusal(client.archive.open({ id: 'nowhere', staffId }));
  await refusal(client.consents.ask({ consentId: 'nobody', staffId }));
  await sql`DELETE FROM archived_stream`.execute(database);
}

/** Administrators by name, one of whom comes with a code of their second sign-in. */
async function administratorCalls(
  client: CentralClient,
  use: (token: string, code?: string) => void,
): Promise<void> {
  const { administrators } = client.admin;
  const until = businessDay(new Date().toISOString());
  const added = await administrators.add({ name: '某管理员（虚构）', scopes: ['read'], until });
  await administrators.list();
  await administrators.acts({});
  await refusal(administrators.replace({ until }));
  await refusal(administrators.revoke({ tokenId: 'nobody' }));
  // Nobody would be left who may make others.
  await refusal(administrators.revoke({ tokenId: 'unnamed' }));
  const codes = URI.parse(added.second ?? '');
  if (!(codes instanceof TOTP)) throw new Error('No codes by time');
  const { centreTime } = await client.health();
  use(added.token, codes.generate({ timestamp: Date.parse(centreTime) }));
  await administrators.replace({ until });
  use(ADMIN_TOKEN);
}
