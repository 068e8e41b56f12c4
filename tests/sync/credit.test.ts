import { expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type { CreditFact } from '../../src/contract/workstation/credit.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
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

/** A case about the merchant that ends without agreement. */
async function failedCase(api: WorkstationClient, merchantId: string): Promise<void> {
  const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name: '虚构服饰店' } }));
  const steps = [
    { step: 'case-accepted', payload: {} },
    { step: 'mediation-failed', payload: { reason: '差距过大' } },
    { step: 'case-closed', payload: { satisfaction: 'unknown' } },
  ] as const;
  for (const [place, action] of steps.entries()) await api.cases.act({ id, revision: place + 1, action });
}

async function say(api: WorkstationClient, id: string, fact: CreditFact): Promise<string> {
  const eventId = uuidv7();
  const { state } = await api.credits.get({ id });
  await api.credits.record({ id, revision: state?.revision ?? 0, eventId, fact });
  return eventId;
}

it('objection, reply and re-rating of a workstation that is offline arrive once, and no grade is given of what is in dispute', async () => {
  setNow('2026-11-20T02:00:00Z');
  const mall = await open('/HS/C1/M01', 'mediator-mall');
  const shop = await open(SHOP, 'manager-shop');
  const district = await open('/HS', 'supervisor-district');
  await proved(mall, shop, district);
  const merchantId = crypto.randomUUID();
  await mall.merchants.register({
    merchantId,
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  for (let count = 0; count < 3; count += 1) await failedCase(mall, merchantId);
  await proved(mall);
  const { admin } = workstations.centre.admin;
  const grade = async () => (await admin.gradeMerchants({})).districts[0];
  expect(await grade()).toMatchObject({ distribution: { C: 1 }, published: 1 });
  await proved(shop, district, mall);
  for (const api of [shop, district, mall])
    expect((await api.credits.get({ id: merchantId })).state?.grade).toMatchObject({
      grade: 'C',
      matters: 3,
    });
  // The reasons lead to the cases where they are seen, and nowhere else.
  const known = await mall.credits.get({ id: merchantId });
  expect(known.facts).toHaveLength(3);
  expect((await shop.credits.get({ id: merchantId })).facts).toEqual([]);

  // Both work without the network; the shop says three things, the district gives notice and enters an award.
  const facts = known.state?.grade?.reasons[0]?.facts.slice(0, 2) ?? [];
  await say(shop, merchantId, {
    type: 'objection-made',
    payload: { objectionId: 'form', month: '2026-11', facts, text: '顾客未到场', lateBecause: null },
  });
  await say(shop, merchantId, { type: 'reply-given', payload: { text: '我店已增派客服' } });
  await say(shop, merchantId, { type: 're-rating-requested', payload: { text: '已整改' } });
  await say(district, merchantId, {
    type: 'award-recorded',
    payload: { entryId: 'form', merchantPath: SHOP, title: '示范店', organ: '区局', on: '2026-11-20' },
  });
  // What reaches the centre first is another grade; what comes in dispute stops the next.
  await proved(district);
  await proved(shop, shop);
  expect(await grade()).toMatchObject({ distribution: { pending: 1 }, published: 0 });
  await proved(district, shop);
  const open_ = (await district.credits.get({ id: merchantId })).state;
  expect([open_?.objections.length, open_?.reply?.text, open_?.reRating?.text, open_?.awards.length]).toEqual(
    [1, '我店已增派客服', '已整改', 1],
  );
  const objectionId = open_?.objections[0]?.objectionId ?? '';
  // Nobody at the mall decides; at the district one does who took no part.
  await expect(
    say(mall, merchantId, {
      type: 'objection-decided',
      payload: { objectionId, upheld: true, reason: '核实' },
    }),
  ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  setNow('2026-11-20T03:00:00Z');
  await say(district, merchantId, {
    type: 'objection-decided',
    payload: { objectionId, upheld: true, reason: '顾客确未到场' },
  });
  await proved(district);
  expect(await grade()).toMatchObject({ published: 1 });
  await proved(shop, district, mall);
  for (const api of [shop, district, mall]) {
    const { state, disputed } = await api.credits.get({ id: merchantId });
    expect(disputed).toBe(false);
    expect(state).toMatchObject({
      grade: { matters: 1, cause: 'correction', outcome: 'not-rated' },
      past: [{ grade: 'C' }],
      objections: [{ decided: { upheld: true } }],
      reRating: null,
      reply: { text: '我店已增派客服' },
    });
  }
  const { invariants } = await admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});
