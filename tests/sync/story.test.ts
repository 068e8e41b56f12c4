import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { PUBLIC_CODE_BYTES, publicCodeFrom } from '../../src/domain/merchant/public-code.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';

const workstations = useWorkstations();

const openWorkstation = (name: string, unitPath: string, staffId: string): Promise<LiveWorkstation> =>
  workstations.open(name, unitPath, staffId);
const shopWorkstation = () => openWorkstation('shop', '/HS/C1/M01/S001', 'manager-shop');
const mallWorkstation = () => openWorkstation('mall', '/HS/C1/M01', 'mediator-mall');
const circleWorkstation = () => openWorkstation('circle', '/HS/C1', 'supervisor-circle');

async function merchantWithPublicCode({ api }: LiveWorkstation): Promise<string> {
  const id = uuidv7();
  await api.merchants.register({
    merchantId: id,
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01/S001',
    address: null,
    contactName: null,
    phone: null,
  });
  const code = publicCodeFrom(new Uint8Array(PUBLIC_CODE_BYTES));
  await api.merchants.replaceCode({ id, code, eventId: uuidv7() });
  return id;
}

describe('a dispute on its way up', () => {
  it('reaches mall and circle with its whole history, and counts at every level', async () => {
    const [shop, mall, circle] = [
      await shopWorkstation(),
      await mallWorkstation(),
      await circleWorkstation(),
    ];
    const merchantId = await merchantWithPublicCode(shop);
    const input = caseInput({
      merchant: { merchantId, name: '虚构服饰店' },
      facts: { text: '虚构', occurredOn: '2026-03-01' },
    });
    const { id } = await shop.api.cases.register(input);
    await shop.api.cases.act({
      id,
      revision: 1,
      action: { step: 'case-escalated', payload: { toPath: '/HS/C1/M01', reason: '店铺解决不了' } },
    });
    expect((await shop.api.sync.now()).sign).toBe('proved');

    expect((await mall.api.sync.now()).sign).toBe('proved');
    let detail = await mall.api.cases.get({ id });
    expect(detail.timeline.map((entry) => entry.type)).toEqual(['case-registered', 'case-escalated']);
    detail = await mall.api.cases.act({ id, revision: 2, action: { step: 'case-accepted', payload: {} } });
    detail = await mall.api.cases.act({
      id,
      revision: 3,
      action: { step: 'mediation-failed', payload: { reason: '差距过大' } },
    });
    await mall.api.cases.act({
      id,
      revision: 4,
      action: { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '商场未成' } },
    });
    await mall.api.sync.now();

    // The circle never saw it before: it gets all of it at once.
    await circle.api.sync.now();
    detail = await circle.api.cases.get({ id });
    expect(detail.timeline.map((entry) => entry.type)).toEqual([
      'case-registered',
      'case-escalated',
      'case-accepted',
      'mediation-failed',
      'case-escalated',
    ]);
    await circle.api.cases.act({ id, revision: 5, action: { step: 'case-accepted', payload: {} } });
    await circle.api.cases.act({
      id,
      revision: 6,
      action: {
        step: 'case-settled',
        payload: {
          instrument: 'settlement-agreement',
          terms: '退款',
          amountFen: 80000,
          performance: { kind: 'at-once' },
        },
      },
    });
    expect((await circle.api.sync.now()).sign).toBe('proved');

    const day = businessDay(new Date().toISOString());
    const period = { from: '2026-01-01', to: `${Number(day.slice(0, 4)) + 1}-12-31` };
    const at = async (path: string) =>
      (await workstations.centre.admin.admin.rollup({ path, ...period })).all.totals;
    expect(await at('/HS/C1/M01/S001')).toMatchObject({ registered: 1, 'escalated-out': 1, settled: 0 });
    expect(await at('/HS/C1/M01')).toMatchObject({
      registered: 1,
      accepted: 1,
      'mediation-failed': 1,
      settled: 0,
    });
    expect(await at('/HS/C1')).toMatchObject({
      registered: 1,
      accepted: 2,
      settled: 1,
      'recovered-fen': 80000,
    });
    const district = await workstations.centre.admin.admin.rollup({ path: '/HS', ...period });
    expect(district.all.totals).toMatchObject({
      registered: 1,
      settled: 1,
      concluded: 1,
      'settled-at-source': 0,
    });
    expect(district.all.rates.settlementRate).toBe(1);
    const { invariants } = await workstations.centre.admin.admin.verify();
    expect(invariants.map((one) => [one.name, one.broken])).toEqual(invariants.map((one) => [one.name, 0]));
    // There is no Love Fund here.
    const idle = invariants.filter((one) => one.checked === 0).map((one) => one.name);
    expect(idle).toEqual(['a Love Fund holds what its facts add up to, and never less than nothing']);
  });

  it('works with the centre away, says so, and arrives when it is back', async () => {
    const shop = await shopWorkstation();
    await workstations.centre.halt();
    const { id } = await shop.api.cases.register(caseInput());
    const offline = await shop.api.sync.now();
    expect(offline).toMatchObject({ sign: 'offline', waiting: 1, reason: 'centre-unreachable' });
    await workstations.centre.resume();
    expect(await shop.api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
    const mall = await mallWorkstation();
    expect((await mall.api.cases.get({ id })).steps).toEqual([]);
  });
});
