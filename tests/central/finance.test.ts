import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import { keepWhitelist } from '../../src/central/finance/index.ts';
import { createFollowers } from '../../src/central/followers.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { createConsumerMarks } from '../../src/central/repeats/keys.ts';
import type { DisclosureState } from '../../src/domain/disclosure/index.ts';
import { type ConsentItem, defaultProducts, idOfMerchant } from '../../src/domain/finance/index.ts';
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

const setting = useCentre();
const CODE = '92330203MA2JKLMN2C';
const BANK = '/HS/B01';
const NOW = new Date('2026-11-20T02:00:00.000Z');
const SHA = 'a'.repeat(64);
const LATER = new Date('2026-12-31T16:30:00.000Z');
const stopped = (): boolean => false;

it('a bank is told what the merchant has consented to, for as long as it does, records its lines, and all of it is counted', async () => {
  setting.centre.setNow(NOW);
  const { admin } = setting.centre.admin;
  const { database } = setting.centre.centre;
  const [mall, shop] = [await setting.device(MALL), await setting.device(SHOP)];
  const merchantId = uuidv7();
  const at = (day: number): string => `2026-11-0${day}T02:00:00.000Z`;
  const settled = (day: number) => {
    const stream = newCase();
    return [
      steps.register({ merchant: { merchantId, name: '虚构服饰店' } }),
      steps.accept(),
      steps.settle(),
      steps.close(),
    ].map((step) => mall.event({ ...step, stream, actor: mallMediator, at: at(day) }));
  };
  const { receipts: first } = await mall.push([
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
    ...[1, 2, 3].flatMap(settled),
  ]);
  expect(first.filter(({ refusal: refused }) => refused)).toEqual([]);
  await admin.gradeMerchants({});
  const consentId = idOfMerchant(merchantId, uuidv7());
  const consent = (items: ConsentItem[], until: string, id = consentId) =>
    shop.event({
      stream: { kind: 'consent', id },
      type: 'consent-granted',
      payload: {
        merchantId,
        merchantPath: SHOP,
        merchantName: '虚构服饰店',
        recipient: { unitPath: BANK, name: '合作银行', contact: '0574-00000000' },
        items,
        purpose: '申请海个贷',
        manner: 'asked-of-centre',
        from: '2026-11-20',
        until,
        signer: { name: '赵虚构', position: '经营者', idTail: '123X', capacity: 'operator', authority: null },
        signature: { manner: 'on-screen', sha256: SHA },
        textSha256: SHA,
      },
      actor: shopManager,
      at: NOW.toISOString(),
    });
  const { receipts } = await shop.push([
    shop.event({
      stream: { kind: 'finance', id: merchantId },
      type: 'licence-recorded',
      payload: { merchantPath: SHOP, establishedOn: '2020-05-01', seen: 'licence' },
      actor: shopManager,
      at: NOW.toISOString(),
    }),
    consent(['grade', 'qualification', 'whitelist', 'standing-records'], '2026-12-31'),
  ]);
  expect(receipts.map(({ refusal: refused }) => refused)).toEqual([undefined, undefined]);

  const input = { unitPath: '/HS', until: '2027-03-31', heldBy: '合作银行', purpose: '贷款审查' };
  const tokenOf = async (recipientPath: string) =>
    (await admin.issueToken({ ...input, scopes: ['data.read', 'lines.record'], recipientPath })).token;
  const bank = (used: string) =>
    createCentralClient({ baseUrl: setting.centre.url, token: () => used }).disclosures;
  const [own, other] = [bank(await tokenOf(BANK)), bank(await tokenOf('/HS/B02'))];
  for (const wrong of [
    { ...input, scopes: ['data.read' as const] },
    { ...input, scopes: ['grades.read' as const], recipientPath: BANK },
  ])
    expect(await refusal(admin.issueToken(wrong))).toMatchObject({
      data: { rule: 'token-recipient', field: 'recipientPath' },
    });

  // What it consents to and no more, to this bank and no other; both are on record.
  const evaluated = (await admin.evaluateFinance({})).districts[0];
  expect(evaluated).toMatchObject({ merchants: 1, entered: 1, left: 0 });
  expect((await admin.evaluateFinance({})).districts[0]).toMatchObject({ entered: 0, left: 0 });
  expect(
    (await admin.financeOfMerchant({ merchantId })).products.filter(({ qualifies }) => qualifies),
  ).toMatchObject([{ code: 'haige-loan' }, { code: 'haishi-renewal' }]);
  const told = await own.data({
    code: CODE,
    items: ['grade', 'qualification', 'whitelist', 'points', 'identity'],
  });
  expect(told).toMatchObject({ refused: ['points', 'identity'], items: { grade: { state: 'graded' } } });
  expect(Object.keys(told.items).toSorted()).toEqual(['grade', 'qualification', 'whitelist']);
  expect(told.items.whitelist).toEqual({ listed: true, since: '2026-11-20' });
  expect(told.items.qualification?.products.filter(({ qualifies }) => qualifies)).toEqual([
    { code: 'haige-loan', qualifies: true },
    { code: 'haishi-renewal', qualifies: true },
  ]);
  const refused = { code: 'FORBIDDEN', data: { field: 'items', rule: 'consent-not-in-force' } };
  expect(await refusal(other.data({ code: CODE, items: ['grade'], reference: 'B1' }))).toMatchObject(refused);
  expect(await refusal(own.data({ code: '91330203MA2JKLMN2F', items: ['grade'] }))).toMatchObject({
    code: 'MERCHANT_UNKNOWN',
  });
  expect(await refusal(own.data({ code: CODE, items: ['all' as 'grade'] }))).toMatchObject({
    data: { issues: [{ rule: 'consent-all-data' }] },
  });

  // Lines of credit are this bank's, under the consent, and never more than granted.
  const granted = {
    type: 'granted' as const,
    id: uuidv7(),
    code: CODE,
    product: 'haige-loan',
    fen: 20_000_000,
    on: '2026-11-20',
    until: '2027-11-19',
    reference: 'DK-2026-7',
  };
  expect(await refusal(other.line({ ...granted, id: uuidv7() }))).toMatchObject({
    data: { rule: 'consent-not-in-force' },
  });
  const { lineId } = await own.line(granted);
  expect(await refusal(own.line(granted))).toMatchObject({ data: { rule: 'credit-line-exists' } });
  const entry = (type: 'drawn' | 'repaid', fen: number) => ({
    type,
    lineId,
    entryId: uuidv7(),
    fen,
    on: '2026-11-20',
  });
  await own.line(entry('drawn', 15_000_000));
  expect(await refusal(own.line(entry('drawn', 5_000_001)))).toMatchObject({
    data: { rule: 'credit-line-above' },
  });
  expect(await refusal(other.line(entry('drawn', 1)))).toMatchObject({
    data: { rule: 'credit-line-missing' },
  });
  expect(await own.line(entry('repaid', 4_000_000))).toMatchObject({
    drawnFen: 15_000_000,
    repaidFen: 4_000_000,
  });
  expect(await refusal(own.line({ type: 'closed', lineId, on: '2026-11-20' }))).toMatchObject({
    data: { rule: 'credit-line-owed' },
  });

  // Taken back, it is none at once; what belongs to the contract goes on.
  await shop.push([
    shop.event({
      stream: { kind: 'consent', id: consentId },
      type: 'consent-revoked',
      payload: { revoker: { name: '赵虚构', capacity: 'operator' }, note: '' },
      actor: shopManager,
      // By a clock that is ahead.
      at: '2026-11-25T02:00:00.000Z',
    }),
  ]);
  expect(await refusal(own.data({ code: CODE, items: ['grade'] }))).toMatchObject(refused);
  expect(await refusal(own.line({ ...granted, id: uuidv7() }))).toMatchObject({ code: 'FORBIDDEN' });
  await own.line(entry('repaid', 11_000_000));
  await own.line({ type: 'closed', lineId, on: '2026-11-20' });
  const parts = {
    database,
    key: null,
    units: createUnitCache(),
    followers: createFollowers(await createConsumerMarks(database)),
  };
  expect(await keepWhitelist(parts, NOW, stopped)).toBe(1);
  expect(await keepWhitelist(parts, NOW, stopped)).toBe(0);

  // Another one, which ends by itself.
  await shop.push([consent(['grade'], '2026-12-31', idOfMerchant(merchantId, uuidv7()))]);
  expect(await own.data({ code: CODE, items: ['grade'] })).toMatchObject({
    items: { grade: { state: 'graded' } },
  });
  expect(await keepWhitelist(parts, NOW, stopped)).toBe(1);
  setting.centre.setNow(LATER);
  expect(await refusal(own.data({ code: CODE, items: ['grade'] }))).toMatchObject(refused);
  expect(await keepWhitelist(parts, LATER, stopped)).toBe(1);
  setting.centre.setNow(NOW);

  // The log is complete, and the shop and the district have it; the mall beside has none, and neither consent nor line.
  const kept = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'disclosure' AND id = ${merchantId}`.execute(database);
  const { reads } = JSON.parse(kept.rows[0]?.state ?? '{}') as DisclosureState;
  expect(
    reads?.latest
      .toReversed()
      .map(({ told: was, recipient, items }) => [was, recipient.unitPath, items.length]),
  ).toEqual([
    [true, BANK, 3],
    [false, BANK, 2],
    [false, '/HS/B02', 1],
    [false, BANK, 1],
    [true, BANK, 1],
    [false, BANK, 1],
  ]);
  const kinds = ['consent', 'credit-line', 'finance', 'disclosure'];
  for (const [path, count] of [
    [SHOP, 4],
    ['/HS', 4],
    [SECOND_MALL, 0],
  ] as const) {
    const { items } = await (await setting.device(path)).feed();
    expect(
      new Set(items.map(({ event }) => event.stream.kind).filter((kind) => kinds.includes(kind))).size,
      path,
    ).toBe(count);
  }

  // Each figure is the same at all four levels.
  for (const path of [SHOP, MALL, CIRCLE, '/HS']) {
    const { all } = await admin.rollup({ path, from: '2026-11-01', to: '2027-01-31' });
    expect(all.totals, path).toMatchObject({
      'consents-given': 2,
      'consents-revoked': 1,
      'consented-disclosures': 2,
      'whitelist-entered': 2,
      'whitelist-left': 2,
      'credit-lines-granted': 1,
      'credit-lines-granted-fen': 20_000_000,
      'credit-lines-drawn-fen': 15_000_000,
      'credit-lines-repaid-fen': 15_000_000,
      'credit-lines-closed': 1,
    });
  }
  const { rows: byProduct } = await sql<{ fen: string }>`
    SELECT credit_lines_drawn_fen AS fen FROM rollup_counter
    WHERE unit_path = '/HS' AND grain = 'day' AND facet = 'product' AND key = 'haige-loan' AND day = '2026-11-20'`.execute(
    database,
  );
  expect(byProduct.map(({ fen }) => Number(fen))).toEqual([15_000_000]);
  const { invariants } = await admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
  expect((await admin.rebuild({ dryRun: true })).rebuilt.filter(({ mended }) => mended > 0)).toEqual([]);

  // A workstation can neither tell anything nor list anybody.
  for (const [kind, type, payload] of [
    ['disclosure', 'data-refused', reads?.latest[0]],
    [
      'finance',
      'whitelist-entered',
      {
        merchantPath: SHOP,
        version: 1,
        on: '2026-11-20',
        reasons: [{ rule: 'grade', has: 'B', needs: 'C' }],
      },
    ],
  ] as const)
    expect(
      (
        await mall.push([
          mall.event({ stream: { kind, id: merchantId }, type, payload, actor: districtSupervisor }),
        ])
      ).receipts,
    ).toMatchObject([{ refusal: { rule: 'stream-not-yours' } }]);
});

it('products are published with every fault said, and reach every workstation', async () => {
  const { admin } = setting.centre.admin;
  const why = { article: { zh: '设定', en: 'Assumption' }, tag: 'assumption' };
  const [first] = defaultProducts.products;
  const file = (rules: object[], effectiveFrom = '2099-01-01') => ({
    ...defaultProducts,
    effectiveFrom,
    products: [{ ...first, rules }],
  });
  const issues = async (products: unknown) => {
    const { data } = await refusal(admin.publishFinanceProducts({ products }));
    return (data as { issues: { field: string; rule: string }[] }).issues.map(({ field, rule }) => [
      field,
      rule,
    ]);
  };
  expect(
    await issues(
      file([
        { kind: 'grade', atLeast: 'AAAA', ...why },
        { kind: 'months-in-business', least: 24, most: 12, ...why },
      ]),
    ),
  ).toEqual([
    ['products.products.0.rules.0.atLeast', 'finance-grade-unknown'],
    ['products.products.0.rules.1.least', 'finance-excludes-everybody'],
  ]);
  expect(await issues(file([{ kind: 'promise', ...why }], '2000-01-02'))).toEqual([
    ['products.effectiveFrom', 'finance-products-backdated'],
  ]);
  const sound = file([{ kind: 'promise', ...why }]);
  expect(await admin.publishFinanceProducts({ products: sound, dryRun: true })).toMatchObject({
    version: 2,
    published: false,
  });
  expect(await admin.publishFinanceProducts({ products: sound })).toMatchObject({
    version: 2,
    published: true,
  });
  const { items } = await (await setting.device(SHOP)).feed();
  expect(items.filter(({ event }) => event.stream.kind === 'finance-products')).toHaveLength(1);
});
