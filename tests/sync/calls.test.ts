import { join } from 'node:path';
import { expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { askForCalls } from '../../src/central/messages/index.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const WINDOW = '/HS/D01/D01W1';
const NOW = new Date('2027-01-20T02:00:00Z');
const NEXT = new Date('2027-01-21T02:00:00Z');

async function proved(...apis: WorkstationClient[]): Promise<void> {
  for (const api of apis) expect(await api.sync.now()).toMatchObject({ sign: 'proved' });
}

it('a window calls by a list that needs no line, and its calls are counted', async () => {
  let now = NOW;
  const told: [string, string][] = [];
  workstations.centre.setNow(now);
  const options = { clock: () => now, leasesNumbers: true };
  const { admin } = workstations.centre.admin;
  await admin.createUnits({
    units: [
      { path: '/HS/D01', body: 'department', name: '虚构局', disputePoint: false },
      { path: WINDOW, body: 'window', name: '虚构专窗', disputePoint: false },
    ],
  });
  await admin.addStaff({
    staff: [{ id: 'clerk', role: 'repair-clerk', unitPath: WINDOW, name: '测试员', password: PASSWORD }],
  });
  const { api: district } = await workstations.open('district', '/HS', 'supervisor-district', options);
  const merchantId = crypto.randomUUID();
  await district.merchants.register({
    merchantId,
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01/S001',
    address: null,
    contactName: null,
    phone: '0574-55550123',
  });
  const { state } = await district.sanctions.record({
    eventId: uuidv7(),
    merchantId,
    continues: null,
    content: {
      kind: 'penalty',
      class: 'ordinary',
      organ: '虚构市场监督管理局',
      number: '虚市监处罚〔2026〕12号',
      determinedOn: '2026-10-20',
      publishedOn: null,
      channel: 'creditchina',
      simplified: false,
      measures: ['fine'],
      areas: [],
      restrictedUntil: null,
      text: '【虚构示例】未明码标价',
      duties: [],
    },
  });
  await proved(district);
  const parts = await ingestPartsOf(workstations.centre);
  await parts.units.reload(parts.database);
  expect(await askForCalls(parts, now)).toBe(1);

  const clerk = await workstations.open('window', WINDOW, 'clerk', {
    ...options,
    host: { ...createNodeHost(join(workstations.folder, 'window')), notify: (...said) => told.push(said) },
  });
  const { api } = clerk;
  await proved(api);
  const { items } = await api.sanctions.calls({});
  expect(items).toMatchObject([
    { id: state.id, merchantName: '虚构服饰店', day: '2027-01-21', daysBefore: 7, tries: 0 },
  ]);
  expect(JSON.stringify(items)).not.toContain('55550123');
  const [entry] = items;
  if (!entry) throw new Error('No call');
  expect(await api.sanctions.callPhone({ id: entry.id })).toEqual({ phone: '0574-55550123' });
  // Another unit's call is none here.
  await expect(district.sanctions.callPhone({ id: entry.id })).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  });
  const call = { id: entry.id, note: '', eventId: uuidv7(), revision: entry.revision };
  await api.sanctions.called({ ...call, outcome: 'not-reached' });
  // The same save again is the same call.
  await api.sanctions.called({ ...call, outcome: 'not-reached' });
  expect((await api.sanctions.calls({})).items).toEqual([]);
  now = NEXT;
  workstations.centre.setNow(now);
  const [again] = (await api.sanctions.calls({})).items;
  expect(again).toMatchObject({ tries: 1 });
  // It is the last day: they are led to the page that they have.
  await clerk.running.reminders.run();
  expect(told).toEqual([['电话提醒商户申请信用修复', expect.stringContaining('请在“电话提醒”中查看')]]);
  await api.sanctions.called({
    id: entry.id,
    note: '请寄申请表',
    eventId: uuidv7(),
    revision: again?.revision ?? 0,
    outcome: 'asks-for-form',
  });
  expect(await api.sanctions.calls({})).toMatchObject({ items: [], total: 0 });
  await proved(api, district);
  expect((await district.sanctions.get({ id: state.id })).timeline.map(({ type }) => type)).toContain(
    'sanction-called',
  );
  const { all } = await admin.rollup({ path: '/HS', from: '2027-01-01', to: '2027-01-31' });
  expect([all.totals['reminder-calls'], all.totals['reminder-calls-reached']]).toEqual([2, 1]);
  const { invariants } = await admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});
