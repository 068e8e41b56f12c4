import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { CellValue, Sheet } from 'hucre';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportFile, ExportQuery } from '../../src/contract/workstation/supervision.ts';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import type { StaffState } from '../../src/domain/organisation/index.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../src/main/workstation.ts';
import { fontsOf, pagesOf, textOf } from '../support/poppler.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';
const CIRCLE = '/HS/C1';

let server: TestServer;
let centre: TestCentre;
let folder: string;
let remove: () => Promise<void>;
let passwordHash: string;
const workstations: Workstation[] = [];
/** How far the workstations' clocks are behind, milliseconds. */
let behind = 0;

beforeAll(async () => {
  server = await startTestServer();
  passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
});
afterAll(() => server.stop());
beforeEach(async () => {
  centre = await startDistrictCentre(server.server);
  await centre.admin.admin.addStaff({
    staff: [
      { id: 'supervisor-mall', name: '商场督导（虚构）', role: 'supervisor', unitPath: MALL, passwordHash },
      { id: 'mediator-two', name: '第二调解员（虚构）', role: 'mediator', unitPath: MALL, passwordHash },
    ],
  });
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  for (const workstation of workstations.splice(0)) await workstation.close();
  await centre.stop();
  await remove();
});

type OpenWorkstation = { running: Workstation; api: WorkstationClient };

async function openWorkstation(name: string, unitPath: string, staffId: string): Promise<OpenWorkstation> {
  const dataFolder = join(folder, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
    clock: () => new Date(Date.now() - behind),
  });
  workstations.push(workstation);
  const { api } = workstation.connect();
  await api.session.enrol({ centreUrl: centre.url, code: await codeFor(centre, unitPath), deviceName: name });
  await api.session.signIn({ staffId, password: PASSWORD });
  return { running: workstation, api };
}

async function act({ api }: OpenWorkstation, id: string, ...actions: CaseAction[]): Promise<void> {
  for (const action of actions) {
    const { state } = await api.cases.get({ id });
    await api.cases.act({ id, revision: state.revision, action });
  }
}
async function register({ api }: OpenWorkstation): Promise<string> {
  return (await api.cases.register(caseInput())).id;
}

const close: CaseAction[] = [
  { step: 'case-withdrawn', payload: { reason: '撤回' } },
  { step: 'case-closed', payload: { satisfaction: 'unknown' } },
];
const up = (toPath: string): CaseAction => ({ step: 'case-escalated', payload: { toPath, reason: '未成' } });
const assigned = (staffId: string, name: string): CaseAction => ({
  step: 'case-assigned',
  payload: { staffId, name },
});

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const period = { from: '2026-01-01', to: today };
const before = { from: '2025-01-01', to: '2025-12-31' };

describe('assignment and review over the centre', () => {
  it('an assignment reaches the other workstation of the unit; the centre refuses somebody who never belonged to it', async () => {
    const mall = await openWorkstation('mall', MALL, 'supervisor-mall');
    const second = await openWorkstation('second', MALL, 'mediator-two');
    await mall.api.sync.now();
    const id = await register(mall);
    await act(mall, id, assigned('mediator-two', '第二调解员（虚构）'));
    expect((await mall.api.sync.now()).sign).toBe('proved');
    await second.api.sync.now();
    expect(await second.api.today.get()).toMatchObject({ assignedCases: 1, assigned: [{ id }] });

    // A workstation that lies about its people: the centre holds the accounts.
    const account: StaffState = {
      id: 'manager-shop',
      name: '店长',
      role: 'mediator',
      unitPath: MALL,
      passwordHash: '$argon2id$invented',
      active: true,
      assignments: [{ role: 'mediator', unitPath: MALL }],
    };
    await mall.running.parts.store.write((writer) =>
      writer
        .insertInto('stream')
        .values({ kind: 'staff', id: account.id, state: JSON.stringify(account) })
        .execute(),
    );
    await act(mall, id, assigned('manager-shop', '店长'));
    await mall.api.sync.now();
    const [item] = await mall.api.sync.attention();
    expect(item).toMatchObject({ type: 'case-assigned', refusal: { rule: 'assignee-elsewhere' } });
    expect((await mall.api.cases.get({ id })).state.assignee?.staffId).toBe('mediator-two');
  });

  it("a review by the unit above is seen by the handling unit's people", async () => {
    const [shop, mall] = [
      await openWorkstation('shop', SHOP, 'manager-shop'),
      await openWorkstation('mall', MALL, 'supervisor-mall'),
    ];
    const id = await register(shop);
    await act(shop, id, ...close);
    await shop.api.sync.now();
    await mall.api.sync.now();
    const { sample, cases } = await mall.api.supervision.draw({
      sampleId: crypto.randomUUID(),
      period,
      count: 10,
      seed: 'a',
    });
    expect(cases.map((one) => one.id)).toEqual([id]);
    await act(mall, id, {
      step: 'case-reviewed',
      payload: { result: 'remarks', text: '未记录消费者陈述', sampleId: sample.id },
    });
    expect((await mall.api.sync.now()).sign).toBe('proved');
    expect((await shop.api.sync.now()).sign).toBe('proved');
    const detail = await shop.api.cases.get({ id });
    expect(detail.state).toMatchObject({ status: 'closed', reviews: [{ text: '未记录消费者陈述' }] });
    expect(await shop.api.today.get()).toMatchObject({ remarks: 1 });
  });
});

/** Two cases of the mall (one gone up), three of the shop that the circle does not see, one of the circle's own. */
async function fillDistrict(): Promise<{ circle: OpenWorkstation; mall: OpenWorkstation }> {
  const shop = await openWorkstation('shop', SHOP, 'manager-shop');
  const mall = await openWorkstation('mall', MALL, 'supervisor-mall');
  const circle = await openWorkstation('circle', CIRCLE, 'supervisor-circle');
  for (const one of [shop, mall, circle]) await one.api.sync.now();
  for (let count = 0; count < 3; count += 1) await register(shop);
  const held = await register(mall);
  await act(mall, held, assigned('mediator-two', '第二调解员（虚构）'));
  await act(mall, await register(mall), up(CIRCLE));
  await act(circle, await register(circle), ...close);
  for (const one of [shop, mall, circle]) await one.api.sync.now();
  return { circle, mall };
}

describe('comparison and drill-down', () => {
  it('compares units over two periods, and says honestly how much of a figure may be seen', async () => {
    const { circle } = await fillDistrict();
    const found = await circle.api.supervision.compare({ first: before, second: period });
    expect(
      found.rows.map(({ kind, unit, first, second }) => [
        kind,
        unit.path,
        first?.totals.registered,
        second?.totals.registered,
      ]),
    ).toEqual([
      ['all', CIRCLE, 0, 6],
      ['own', CIRCLE, 0, 1],
      ['child', MALL, 0, 5],
      ['child', '/HS/C1/M02', 0, 0],
    ]);
    expect(found.second).toMatchObject({ stale: false, completeness: { workstations: 3, reported: 3 } });

    // Of the six the circle sees its own and the one that came up; the other four are only counted.
    const drill = (query: object) =>
      circle.api.supervision.drill({ path: CIRCLE, metric: 'registered', period, ...query });
    expect(await drill({})).toMatchObject({ counted: 6, here: 2, listed: 2, stale: false, whole: true });
    expect(await drill({ own: true })).toMatchObject({ counted: 1, here: 1 });
    expect(await drill({ path: MALL })).toMatchObject({ counted: 5, here: 1 });
    expect(await drill({ path: MALL, metric: 'escalated-out' })).toMatchObject({ counted: 1, here: 1 });
    expect(await drill({ metric: 'withdrawn' })).toMatchObject({ counted: 1, here: 1 });
    expect(await drill({ period: before })).toMatchObject({ counted: 0, here: 0, listed: 0 });

    // Without the centre the last copies stand, and say so.
    await centre.halt();
    expect((await circle.api.supervision.compare({ first: before, second: period })).second.stale).toBe(true);
    expect(await drill({})).toMatchObject({ counted: 6, here: 2, stale: true });
    expect(await drill({ path: '/HS/C1/M02' })).toMatchObject({ counted: null, here: 0 });
    await expect(
      circle.api.supervision.compare({ first: before, second: { from: '2024-01-01', to: '2024-12-31' } }),
    ).rejects.toMatchObject({ code: 'CENTRE_UNREACHABLE' });
    await centre.resume();
  });
});

async function sheetsOf(file: ExportFile): Promise<Sheet[]> {
  return (await readXlsx(bytesOf(file), { readStyles: true })).sheets;
}
const bytesOf = (file: ExportFile): Uint8Array => new Uint8Array(Buffer.from(file.base64, 'base64'));

/** The first cell that holds a text, as row and column. */
function find(sheet: Sheet, text: string): { row: number; column: number } {
  const row = sheet.rows.findIndex((cells) => cells.includes(text));
  return { row, column: sheet.rows[row]?.indexOf(text) ?? -1 };
}
const at = (sheet: Sheet, row: number, column: number): CellValue => sheet.rows[row]?.[column] ?? null;
/** The value below a column's title, in the n-th row of the table. */
function under(sheet: Sheet, title: string, place = 1): { value: CellValue; format: string } {
  const { row, column } = find(sheet, title);
  return {
    value: at(sheet, row + place, column),
    format: sheet.cells?.get(`${row + place},${column}`)?.style?.numFmt ?? '',
  };
}

describe('exports', () => {
  it('are what is on the screen, numbers as numbers, people masked, and each is logged', async () => {
    const { circle, mall } = await fillDistrict();
    const export_ = (workstation: OpenWorkstation, format: 'xlsx' | 'pdf', of: ExportQuery) =>
      workstation.api.supervision.export({ format, of });

    const queue = await export_(circle, 'xlsx', { view: 'queue', filter: { show: 'escalated' } });
    expect(queue.fileName).toBe(`督导待办队列-${today}.xlsx`);
    const [sheet] = await sheetsOf(queue);
    expect(under(sheet!, '争议金额（元）')).toEqual({ value: 1280, format: '#,##0.00' });
    expect(under(sheet!, '消费者').value).toBe('张*');
    expect(under(sheet!, '电话').value).toBe('100****5678');
    expect(under(sheet!, '状态').value).toBe('上报待受理');
    expect(under(sheet!, '登记时间').value).toBeInstanceOf(Date);
    const about = (label: string): CellValue => {
      const { row, column } = find(sheet!, label);
      return at(sheet!, row, column + 1);
    };
    expect(about('单位')).toBe('C1（测试）及下级');
    expect(about('筛选')).toBe('仅上报; 不限经办人');
    expect(about('完整性') ?? about('数据完整性')).toMatch(
      /^本工作站所见；\d{4}-\d\d-\d\d \d\d:\d\d 与中心核对一致$/,
    );
    expect(about('导出时间')).toMatch(new RegExp(`^${today} `));
    expect(about('导出人')).toBe('测试员 (C1（测试）)');

    const load: ExportQuery = { view: 'load', query: { period } };
    const [loadSheet] = await sheetsOf(await export_(mall, 'xlsx', load));
    // People by load, nobody's cases after them, the units below after that, the sum last.
    expect(under(loadSheet!, '经办人').value).toBe('第二调解员（虚构）');
    expect(under(loadSheet!, '在办')).toEqual({ value: 1, format: '#,##0' });
    expect(at(loadSheet!, find(loadSheet!, '合计').row, find(loadSheet!, '在办').column)).toBe(4);

    const comparison: ExportQuery = { view: 'comparison', query: { first: before, second: period } };
    const [compared] = await sheetsOf(await export_(circle, 'xlsx', comparison));
    expect([1, 2, 3].map((place) => under(compared!, '登记', place).value)).toEqual([0, 6, 6]);
    const rollup: ExportQuery = { view: 'rollup', path: CIRCLE, period };
    const sheets = await sheetsOf(await export_(circle, 'xlsx', rollup));
    expect(sheets.map(({ name }) => name)).toEqual([
      '主要数字',
      '下级单位',
      '按商品或服务',
      '按问题',
      '按商户',
    ]);
    expect(under(sheets[0]!, '本期').value).toBe(6);

    for (const [workstation, of, words] of [
      [circle, { view: 'queue', filter: { show: 'all' } }, ['督导待办队列', '上报待受理', '张*', '导出人']],
      [mall, load, ['工作量', '第二调解员（虚构）', '未指派', '合计']],
      [circle, comparison, ['单位与期间比较', '甲期', 'C1（测试）本级', '最小必要']],
      [circle, rollup, ['汇总', '下级单位', '3/3个工作站已报送', '服装鞋帽']],
    ] as const) {
      const file = await export_(workstation, 'pdf', of);
      const text = await textOf(bytesOf(file));
      for (const word of words) expect(text).toContain(word);
      expect(text).not.toContain('张三');
      expect(text).not.toContain('10012345678');
      for (const font of await fontsOf(bytesOf(file)))
        expect(font).toMatchObject({ embedded: true, unicode: true });
      for (const page of await pagesOf(bytesOf(file))) expect(page.width).toBeGreaterThan(page.height);
    }
    const logged = await circle.running.parts.store.read
      .selectFrom('access_row')
      .selectAll()
      .where('action', '=', 'export')
      .execute();
    expect(logged.map((row) => [row.record_kind, row.record_id, row.staff_id])).toEqual(
      ['queue', 'comparison', 'rollup', 'queue', 'comparison', 'rollup'].map((view) => [
        'supervision',
        view,
        'supervisor-circle',
      ]),
    );
    expect(logged[0]?.what).toBe('xlsx | /HS/C1 | 仅上报; 不限经办人 | 1');
  });

  it('speak the language of the workstation, and go over as many pages as they take', async () => {
    const mall = await openWorkstation('mall', MALL, 'supervisor-mall');
    await mall.api.settings.set({ language: 'en' });
    behind = 40 * 86_400_000;
    for (let count = 0; count < 60; count += 1) {
      await mall.api.cases.register(
        caseInput({ facts: { text: '【虚构示例】掉色。', occurredOn: '2026-03-01' } }),
      );
    }
    behind = 0;
    const file = await mall.api.supervision.export({
      format: 'pdf',
      of: { view: 'queue', filter: { show: 'overdue' } },
    });
    expect(file.fileName).toBe(`Queuetosupervise-${today}.pdf`);
    const pages = await pagesOf(bytesOf(file));
    expect(pages.length).toBeGreaterThan(1);
    // No page is empty, none is black.
    for (const { inked } of pages) {
      expect(inked).toBeGreaterThan(0.005);
      expect(inked).toBeLessThan(0.4);
    }
    const text = await textOf(bytesOf(file));
    expect(text.match(/M01-\d{4}-\d-\d{4}/g)?.length).toBe(60);
    expect(text).toContain(`${pages.length}/${pages.length}`);
  });
});
