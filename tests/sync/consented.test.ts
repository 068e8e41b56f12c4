import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import type { ConsentForm } from '../../src/contract/workstation/finance.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { refusal } from '../central/setting.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const BANK = '/HS/B01';
const OTHER_BANK = '/HS/B02';
const TODAY = '2026-11-20';
let now = new Date('2026-11-20T02:00:00Z');

function setNow(instant: string): void {
  now = new Date(instant);
  workstations.centre.setNow(now);
}
async function proved(...all: LiveWorkstation[]): Promise<void> {
  for (const { api } of all) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });
}

const termsOf = (id: string, over: Partial<ConsentForm> = {}) => ({
  id,
  eventId: uuidv7(),
  recipient: { unitPath: BANK, name: '合作银行', contact: '0574-00000000' },
  items: ['identity' as const, 'qualification' as const],
  purpose: '申请海个贷',
  manner: 'asked-of-centre' as const,
  from: TODAY,
  until: shiftDay(TODAY, 9),
  signer: {
    name: '王虚构',
    position: '经营者',
    idTail: '123X',
    capacity: 'operator' as const,
    authority: null,
  },
  ...over,
  signature: { manner: 'on-paper' as const, signedOn: TODAY },
});

it('a bank’s officer reads what merchants consent to while they do, and lends; the workstation keeps none of it', async () => {
  setNow('2026-11-20T02:00:00Z');
  const { admin } = workstations.centre.admin;
  const { passwordHash } = workstations;
  await admin.createUnits({
    units: [BANK, OTHER_BANK].map((path) => ({ path, body: 'bank', name: '虚构银行', disputePoint: false })),
  });
  await admin.addStaff({
    staff: [BANK, OTHER_BANK].map((unitPath) => ({
      id: `officer${unitPath.slice(4)}`,
      name: '测试员',
      role: 'finance-officer',
      unitPath,
      passwordHash,
    })),
  });
  const open = (unitPath: string, staffId: string): Promise<LiveWorkstation> =>
    workstations.open(staffId, unitPath, staffId, { clock: () => now });
  const shop = await open(SHOP, 'manager-shop');
  const bank = await open(BANK, 'officerB01');
  const other = await open(OTHER_BANK, 'officerB02');
  const register = async (name: string, creditCode: string): Promise<string> => {
    const merchantId = crypto.randomUUID();
    await shop.api.merchants.register({
      merchantId,
      name,
      creditCode,
      category: 'individual-business',
      unitPath: SHOP,
      address: null,
      contactName: null,
      phone: null,
    });
    return merchantId;
  };
  const told = await register('虚构服饰店', '92330203MA2JKLMN2C');
  const silent = await register('不授权的店', '92330203MA2PQRTU9B');
  await proved(shop, bank);
  const nothing = { items: [], total: 0, cursor: null, endingSoon: 0, endedLately: 0 };
  expect(await bank.api.finance.consented({ state: 'open' })).toEqual(nothing);

  await shop.api.finance.grant(termsOf(told));
  // To another bank, and so nothing to this one.
  await shop.api.finance.grant(
    termsOf(silent, { recipient: { unitPath: OTHER_BANK, name: '别的银行', contact: '0574' } }),
  );
  await proved(shop, bank, other);
  const list = await bank.api.finance.consented({ state: 'open', search: '服饰' });
  expect(list).toMatchObject({
    total: 1,
    endingSoon: 1,
    items: [{ merchantName: '虚构服饰店', standing: 'in-force', items: ['identity', 'qualification'] }],
  });
  expect(await bank.api.finance.consented({ state: 'open', search: '不授权' })).toMatchObject({ total: 0 });
  const consentId = list.items[0]?.id ?? '';
  const detail = await bank.api.finance.consent({ consentId });
  expect(detail).toMatchObject({ purpose: '申请海个贷', recipient: { name: '合作银行' }, lines: [] });
  expect(JSON.stringify(detail)).not.toContain('王虚构');
  const elsewhere = (await other.api.finance.consented({ state: 'open' })).items[0]?.id ?? '';
  for (const call of [
    () => bank.api.finance.consent({ consentId: elsewhere }),
    () => bank.api.finance.ask({ consentId: elsewhere }),
    () => other.api.finance.ask({ consentId }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });

  // What it covers is told, nothing else, and it stands in the merchant's log.
  const answer = await bank.api.finance.ask({ consentId });
  if (answer.kind !== 'told') throw new Error(answer.kind);
  expect(Object.keys(answer.items).toSorted()).toEqual(['identity', 'qualification']);
  expect(answer.items.identity).toMatchObject({ name: '虚构服饰店', creditCode: '92330203MA2JKLMN2C' });
  await proved(shop, bank);
  expect((await shop.api.disclosures.get({ id: told }))?.reads).toMatchObject({
    count: 1,
    latest: [{ told: true, recipient: { unitPath: BANK }, purpose: '申请海个贷' }],
  });
  // The workstation of the bank has kept no word of it: neither the answer nor the merchant's records.
  const { rows } = await sql<{ text: string }>`
    SELECT group_concat(coalesce(state, '')) AS text FROM stream`.execute(bank.running.parts.store.read);
  expect(rows[0]?.text).not.toContain('92330203MA2JKLMN2C');
  expect(rows[0]?.text).not.toContain('不授权的店');

  // Its own officer records a line, also without the network, and the merchant's side sees it.
  await workstations.centre.halt();
  expect(await bank.api.finance.ask({ consentId })).toEqual({ kind: 'not-asked', reason: 'offline' });
  const line = {
    type: 'granted' as const,
    eventId: uuidv7(),
    consentId,
    product: 'haige-loan',
    fen: 10_000_000,
    on: TODAY,
    until: '2027-11-19',
    reference: 'DK-7',
  };
  expect((await refusal(bank.api.finance.lend({ consentId, category: null, line }))).data).toMatchObject({
    rule: 'credit-line-category',
    field: 'category',
  });
  const category = 'individual-business';
  const lent = await bank.api.finance.lend({ consentId, category, line });
  expect(await bank.api.finance.lend({ consentId, category, line })).toEqual(lent);
  const lineId = lent.lines[0]?.id ?? '';
  const drawn = { type: 'drawn' as const, lineId, eventId: uuidv7(), fen: 4_000_000, on: TODAY };
  await bank.api.finance.lend({ consentId, category: null, line: drawn });
  await workstations.centre.resume();
  await proved(bank, shop);
  expect((await shop.api.finance.get({ id: told })).lines).toMatchObject([
    { fen: 10_000_000, drawnFen: 4_000_000, lender: { unitPath: BANK }, category },
  ]);

  // Taken back: refused at that instant by the centre, and here as soon as it is known; the bank's own line stays.
  const revoke = (id: string) =>
    shop.api.finance.revoke({
      consentId: id,
      eventId: uuidv7(),
      revoker: { name: '王虚构', capacity: 'operator' },
      note: '',
    });
  await revoke(consentId);
  await proved(shop);
  expect(await bank.api.finance.ask({ consentId })).toEqual({ kind: 'ended' });
  await proved(bank);
  expect(await bank.api.finance.consented({ state: 'ended' })).toMatchObject({
    total: 1,
    endedLately: 1,
    items: [{ standing: 'revoked', endedOn: TODAY }],
  });
  expect((await bank.api.finance.consent({ consentId })).lines).toHaveLength(1);
  expect(
    (
      await refusal(
        bank.api.finance.lend({
          consentId,
          category,
          line: { ...line, eventId: uuidv7(), reference: 'DK-8' },
        }),
      )
    ).data,
  ).toMatchObject({ rule: 'consent-not-in-force' });

  // One that runs out is none from midnight on, by the workstation's own clock and without a line.
  await shop.api.finance.grant(termsOf(told));
  await proved(shop, bank);
  const [again] = (await bank.api.finance.consented({ state: 'open' })).items;
  expect(await bank.api.finance.ask({ consentId: again?.id ?? '' })).toMatchObject({ kind: 'told' });
  setNow('2026-11-29T16:00:01Z');
  await workstations.centre.halt();
  expect(await bank.api.finance.ask({ consentId: again?.id ?? '' })).toEqual({ kind: 'ended' });
  expect((await bank.api.finance.consented({ state: 'ended' })).items.map((one) => one.standing)).toEqual([
    'expired',
    'revoked',
  ]);
  await workstations.centre.resume();
});
