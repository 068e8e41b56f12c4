import { hash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import type { ConsentForm } from '../../src/contract/workstation/finance.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { refusal } from '../central/setting.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { plainTextOf } from '../support/poppler.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const CODE = '92330203MA2JKLMN2C';
const BANK = '/HS/B01';
let now = new Date('2026-11-20T02:00:00Z');

function setNow(instant: string): void {
  now = new Date(instant);
  workstations.centre.setNow(now);
}
const open = async (unitPath: string, staffId: string): Promise<WorkstationClient> =>
  (await workstations.open(staffId, unitPath, staffId, { clock: () => now, leasesNumbers: true })).api;
async function proved(...apis: WorkstationClient[]): Promise<void> {
  for (const api of apis) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });
}
const squeezed = (text: string): string => text.replaceAll(/\s/g, '');
const textOf = async ({ base64 }: { base64: string }): Promise<string> =>
  squeezed(await plainTextOf(Buffer.from(base64, 'base64')));

const INK = { width: 300, height: 100, strokes: [[10, 10, 120, 60, 200, 20]] };
const signer = {
  name: '王虚构',
  position: '经营者',
  idTail: '123X',
  capacity: 'operator' as const,
  authority: null,
};
const formOf = (id: string, over: Partial<ConsentForm> = {}): ConsentForm => ({
  id,
  eventId: uuidv7(),
  recipient: { unitPath: BANK, name: '合作银行', contact: '0574-00000000' },
  items: ['grade', 'qualification'],
  purpose: '申请海个贷',
  manner: 'asked-of-centre',
  from: '2026-11-20',
  until: '2027-05-19',
  signer,
  ...over,
});

it('a merchant learns why it does not qualify, consents at its own desk, the bank reads and lends, and it is taken back as easily', async () => {
  setNow('2026-11-20T02:00:00Z');
  const [mall, shop] = [await open('/HS/C1/M01', 'mediator-mall'), await open(SHOP, 'manager-shop')];
  const district = await open('/HS', 'supervisor-district');
  const id = crypto.randomUUID();
  await mall.merchants.register({
    merchantId: id,
    name: '虚构服饰店',
    creditCode: CODE,
    category: 'individual-business',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  for (let count = 0; count < 3; count += 1) {
    const { id: caseId } = await mall.cases.register(
      caseInput({ merchant: { merchantId: id, name: '虚构服饰店' } }),
    );
    const settled = {
      instrument: 'settlement-agreement',
      terms: '退款',
      amountFen: 100,
      performance: { kind: 'at-once' },
    };
    for (const [place, action] of [
      { step: 'case-accepted', payload: {} },
      { step: 'case-settled', payload: settled },
      { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
    ].entries())
      await mall.cases.act({ id: caseId, revision: place + 1, action: action as never });
  }
  await proved(mall, shop, district);
  const { admin } = workstations.centre.admin;
  await admin.gradeMerchants({});
  await proved(shop);

  // Why not, and what would change it; then the licence is recorded.
  const before = await shop.finance.get({ id });
  const haige = (detail: typeof before) => detail.products.find(({ code }) => code === 'haige-loan');
  expect(haige(before)).toMatchObject({
    qualifies: false,
    failing: [{ rule: 'months-in-business', has: null, whatWouldChangeIt: { kind: 'record-licence' } }],
  });
  expect(before).toMatchObject({
    shipped: true,
    canHandle: true,
    canLend: false,
    capacities: ['operator', 'agent'],
  });
  const licence = { id, eventId: uuidv7(), establishedOn: '2025-12-21', seen: 'licence' as const };
  const young = await shop.finance.licence(licence);
  expect(await shop.finance.licence(licence)).toEqual(young);
  expect(haige(young)?.failing).toMatchObject([
    { has: 10, needs: 12, whatWouldChangeIt: { kind: 'on', day: '2026-12-21' } },
  ]);
  const old = await shop.finance.licence({ ...licence, eventId: uuidv7(), establishedOn: '2020-05-01' });
  expect(haige(old)?.qualifies).toBe(true);

  // Refused with field and rule, wherever it is wrong.
  const wrong = async (over: Partial<ConsentForm>): Promise<unknown> =>
    (await refusal(shop.finance.grant({ ...formOf(id, over), signature: { manner: 'on-screen', ink: INK } })))
      .data;
  expect(await wrong({ signer: { ...signer, capacity: 'legal-representative' } })).toMatchObject({
    rule: 'consent-signer-may-not',
    field: 'signer.capacity',
  });
  expect(await wrong({ until: '2027-11-21' })).toMatchObject({ rule: 'consent-too-long', field: 'until' });
  expect(await wrong({ items: ['all' as 'grade'] })).toMatchObject({
    issues: [{ field: 'items.0', rule: 'consent-all-data' }],
  });
  expect(await wrong({ until: '' })).toMatchObject({ issues: [{ field: 'until' }] });

  // Read as a form first, signed on the screen, and the same save twice is one consent.
  const form = formOf(id);
  const draft = await textOf(await shop.finance.form(form));
  for (const said of [
    '信用信息提供授权书',
    '合作银行',
    '申请海个贷',
    '信用等级及评定月份',
    '王虚构',
    '123X',
    '随时撤回',
  ])
    expect(draft).toContain(squeezed(said));
  const given = { ...form, signature: { manner: 'on-screen' as const, ink: INK } };
  const detail = await shop.finance.grant(given);
  expect(await shop.finance.grant(given)).toEqual(detail);
  const [consent] = detail.consents;
  expect(consent).toMatchObject({
    standing: 'in-force',
    fileHere: true,
    state: { signer: { idTail: '****' } },
  });
  const consentId = consent?.state.id ?? '';
  const paper = Buffer.from((await shop.finance.paper({ consentId })).base64, 'base64');
  expect(consent?.state.signature).toEqual({ manner: 'on-screen', sha256: hash('sha256', paper) });
  await proved(shop, mall);
  const elsewhere = (await mall.finance.get({ id })).consents;
  expect(elsewhere).toMatchObject([{ standing: 'in-force', fileHere: false }]);
  expect(await textOf(await mall.finance.paper({ consentId }))).toContain('申请海个贷');

  // The bank reads by its token, and what it read stands in the merchant's log.
  const { token } = await admin.issueToken({
    unitPath: '/HS',
    scopes: ['data.read'],
    until: '2027-03-31',
    heldBy: '合作银行',
    purpose: '贷款审查',
    recipientPath: BANK,
  });
  const bank = createCentralClient({ baseUrl: workstations.centre.url, token: () => token }).disclosures;
  expect(await bank.data({ code: CODE, items: ['grade', 'points'] })).toMatchObject({ refused: ['points'] });
  await admin.evaluateFinance({});
  await proved(shop, district);
  expect((await shop.disclosures.get({ id }))?.reads).toMatchObject({
    count: 2,
    latest: [
      { told: false, items: ['points'] },
      { told: true, items: [{ item: 'grade', consentId }] },
    ],
  });

  // It is on the whitelist, is told so on paper, and that is recorded.
  const listed = await shop.finance.get({ id });
  expect(listed.whitelist).toMatchObject({ listed: true, changes: [{ change: 'entered', noticeOn: null }] });
  expect(await textOf(await shop.finance.noticePaper({ id }))).toContain('白名单变动告知书');
  const notice = {
    id,
    eventId: uuidv7(),
    change: 'entered' as const,
    manner: 'paper' as const,
    on: '2026-11-20',
  };
  expect((await shop.finance.notice(notice)).whitelist.changes).toMatchObject([{ noticeOn: '2026-11-20' }]);

  // The regulator records a line from the bank's list; a shop does not.
  const line = {
    type: 'granted' as const,
    eventId: uuidv7(),
    consentId,
    product: 'haige-loan',
    fen: 10_000_000,
    on: '2026-11-20',
    until: '2027-11-19',
    reference: 'DK-7',
  };
  await expect(shop.finance.line({ id, line })).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  const [lent] = (await district.finance.line({ id, line })).lines;
  expect((await district.finance.line({ id, line })).lines).toHaveLength(1);
  const entry = {
    type: 'drawn' as const,
    lineId: lent?.id ?? '',
    eventId: uuidv7(),
    fen: 10_000_001,
    on: '2026-11-20',
  };
  expect((await refusal(district.finance.line({ id, line: entry }))).data).toMatchObject({
    rule: 'credit-line-above',
    field: 'fen',
  });
  expect((await district.finance.line({ id, line: { ...entry, fen: 4_000_000 } })).lines).toMatchObject([
    { drawnFen: 4_000_000, lender: { unitPath: BANK } },
  ]);

  // Taken back at the desk, it is none any more: at once here, at the bank as soon as the centre has it, and the whitelist follows.
  const revoked = await shop.finance.revoke({
    consentId,
    eventId: uuidv7(),
    revoker: { name: '王虚构', capacity: 'operator' },
    note: '',
  });
  expect(revoked.consents).toMatchObject([{ standing: 'revoked' }]);
  await proved(shop, district);
  expect(await refusal(bank.data({ code: CODE, items: ['grade'] }))).toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'consent-not-in-force' },
  });
  await admin.evaluateFinance({});
  await proved(shop, district);
  const after = await shop.finance.get({ id });
  expect(after.whitelist).toMatchObject({
    listed: false,
    failing: [{ rule: 'consent' }],
    changes: [{ change: 'left', reasons: [{ rule: 'consent' }] }, { change: 'entered' }],
  });
  expect(after.lines).toMatchObject([{ drawnFen: 4_000_000, merchantName: '虚构服饰店' }]);
  const { totals } = (await shop.rollup.get({ path: SHOP, from: '2026-11-01', to: '2026-11-30' })).view.all;
  expect(totals).toMatchObject({ 'consents-given': 1, 'consents-revoked': 1, 'whitelist-left': 1 });
});
