import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import type { DisclosureState } from '../../src/domain/disclosure/index.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import {
  CIRCLE,
  districtSupervisor,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SECOND_MALL,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

// More calls a minute than the story below makes, and fewer than it tries in the end.
const setting = useCentre({ limits: { tokenPerMinute: 12 } });
const CODE = '92330203MA2JKLMN2C';
const NOW = new Date('2026-11-20T02:00:00.000Z');

const input = {
  unitPath: CIRCLE,
  scopes: ['grades.read' as const],
  until: '2026-12-31',
  heldBy: '虚构银行',
  purpose: '贷款审查',
};

it('a token is answered what its scope names, each answer is a fact that shop and district read, and nothing else is told', async () => {
  setting.centre.setNow(NOW);
  const { admin } = setting.centre.admin;
  const database = setting.centre.centre.database;
  const [mall, shop] = [await setting.device(MALL), await setting.device(SHOP)];
  const merchantId = uuidv7();
  const at = (day: number): string => `2026-10-0${day}T02:00:00.000Z`;
  const failed = (day: number) => {
    const stream = newCase();
    return [
      steps.register({ merchant: { merchantId, name: '虚构服饰店' } }),
      steps.accept(),
      steps.fail(),
      steps.close(),
    ].map((step) => mall.event({ ...step, stream, actor: mallMediator, at: at(day) }));
  };
  await mall.push([
    mall.event({
      stream: { kind: 'merchant', id: merchantId },
      type: 'merchant-registered',
      payload: {
        name: '虚构服饰店',
        creditCode: CODE,
        category: 'individual-business',
        unitPath: SHOP,
        address: '虚构路1号',
        contactName: '赵虚构',
        phone: '10012345678',
        invented: true,
      },
      actor: mallMediator,
    }),
    ...[1, 2, 3].flatMap(failed),
  ]);
  const { token, tokenId } = await admin.issueToken(input);
  const bank = (used: string) =>
    createCentralClient({ baseUrl: setting.centre.url, token: () => used }).disclosures;

  // Only its hash is kept.
  const { rows } = await sql<{ row: string }>`SELECT access_token::text AS row FROM access_token`.execute(
    database,
  );
  expect(rows[0]?.row).toContain(hash('sha256', token));
  expect(rows[0]?.row).not.toContain(token);

  expect(await bank(token).grade({ code: CODE })).toMatchObject({
    state: 'not-rated',
    grade: null,
    month: null,
  });
  await admin.gradeMerchants({});
  const said = await bank(token).grade({ code: ' 92330203-ma2jklmn2c ', reference: 'DK-2026-7' });
  expect(said).toEqual({
    disclosureId: expect.any(String),
    code: CODE,
    state: 'graded',
    grade: 'C',
    month: '2026-11',
    policyVersion: 1,
  });
  // Of a code that nobody has, and of a merchant elsewhere, nothing is told apart.
  const elsewhere = await admin.issueToken({ ...input, unitPath: SECOND_MALL });
  for (const [holder, code] of [
    [token, '91330203MA2JKLMN2F'],
    [elsewhere.token, CODE],
  ] as const)
    expect(await refusal(bank(holder).grade({ code }))).toMatchObject({
      code: 'MERCHANT_UNKNOWN',
      status: 404,
    });
  expect(await refusal(bank(token).points({ code: CODE }))).toEqual({
    code: 'FORBIDDEN',
    status: 403,
    data: { field: 'scope', rule: 'token-scope' },
  });
  expect(await refusal(bank(token).grade({ code: CODE, reference: '张三' }))).toMatchObject({
    status: 400,
    data: { issues: [{ field: 'reference', rule: 'disclosure-reference' }] },
  });
  const wider = await admin.issueToken({ ...input, scopes: ['points.read'] });
  expect(await bank(wider.token).points({ code: CODE })).toMatchObject({ grade: 'C', reasons: [{}] });

  // A correction of what is in dispute waits, and so does what is told of it.
  const reasons = (await creditFacts()).slice(0, 1);
  async function creditFacts(): Promise<string[]> {
    const found = await sql<{ state: string }>`
      SELECT state FROM stream WHERE kind = 'credit' AND id = ${merchantId}`.execute(database);
    const { grade } = JSON.parse(found.rows[0]?.state ?? '{}') as {
      grade: { reasons: { facts: string[] }[] };
    };
    return grade.reasons.flatMap(({ facts }) => facts);
  }
  await shop.push([
    shop.event({
      stream: { kind: 'credit', id: merchantId },
      type: 'objection-made',
      payload: {
        objectionId: uuidv7(),
        month: '2026-11',
        facts: reasons,
        text: '顾客未到场',
        lateBecause: null,
      },
      actor: shopManager,
      at: NOW.toISOString(),
    }),
  ]);
  expect(await bank(token).grade({ code: CODE })).toMatchObject({ state: 'pending', grade: null });

  // The shop and the district have each answer in their feeds, and the mall beside has none.
  for (const [path, count] of [
    [SHOP, 4],
    ['/HS', 4],
    [SECOND_MALL, 0],
  ] as const) {
    const { items } = await (await setting.device(path)).feed();
    const told = items.filter(({ event }) => event.stream.kind === 'disclosure');
    expect(told, path).toHaveLength(count);
    for (const { event } of told) {
      expect(event.payload).toMatchObject({ heldBy: '虚构银行', purpose: '贷款审查' });
      for (const personal of ['赵虚构', '10012345678', '虚构路', '张三'])
        expect(JSON.stringify(event)).not.toContain(personal);
    }
  }
  const kept = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'disclosure' AND id = ${merchantId}`.execute(database);
  const { latest, count } = JSON.parse(kept.rows[0]?.state ?? '{}') as DisclosureState;
  expect([count, ...latest.map((one) => [one.scope, one.state, one.grade, one.reference])]).toEqual([
    4,
    ['grades.read', 'pending', null, null],
    ['points.read', 'graded', 'C', null],
    ['grades.read', 'graded', 'C', 'DK-2026-7'],
    ['grades.read', 'not-rated', null, null],
  ]);
  const listed = (await admin.tokens()).tokens.find((one) => one.tokenId === tokenId);
  expect(listed).toMatchObject({ answered: 3, heldBy: '虚构银行', revokedAt: null });

  // A workstation cannot write one itself.
  const forged = mall.event({
    stream: { kind: 'disclosure', id: merchantId },
    type: 'grade-disclosed',
    payload: latest[0],
    actor: districtSupervisor,
  });
  expect((await mall.push([forged])).receipts).toMatchObject([{ refusal: { rule: 'stream-not-yours' } }]);

  // Who asks too fast waits.
  let waits = 0;
  for (let call = 0; call < 12 && waits === 0; call += 1)
    waits = await bank(token)
      .grade({ code: CODE })
      .then(
        () => 0,
        (error: { status: number }) => error.status,
      );
  expect(waits).toBe(429);

  // Out of use by its day, or by an administrator; each says so.
  await admin.revokeToken({ tokenId: wider.tokenId });
  expect(await refusal(bank(wider.token).points({ code: CODE }))).toMatchObject({
    code: 'NOT_AUTHENTICATED',
    status: 401,
    data: { field: 'authorization', rule: 'token-revoked' },
  });
  setting.centre.setNow(new Date('2026-12-31T16:00:00.000Z'));
  expect(await refusal(bank(token).grade({ code: CODE }))).toMatchObject({
    status: 401,
    data: { field: 'authorization', rule: 'token-expired' },
  });
  expect(await refusal(bank('heshi_invented').grade({ code: CODE }))).toMatchObject({
    status: 401,
    data: { field: 'authorization', rule: 'token-unknown' },
  });
  const { invariants } = await admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);

  for (const until of ['2026-12-31', '2028-01-03'])
    expect(await refusal(admin.issueToken({ ...input, until }))).toMatchObject({
      data: { rule: 'token-until', field: 'until' },
    });
  expect(await refusal(admin.issueToken({ ...input, unitPath: '/HS/C77' }))).toMatchObject({
    code: 'UNIT_UNKNOWN',
  });
});
