import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import { askForCalls } from '../../src/central/messages/index.ts';
import { addMonths, businessDay } from '../../src/domain/kernel/calendar/index.ts';
import english from '../../src/renderer/sanction/locales/en.ts';
import chinese from '../../src/renderer/sanction/locales/zh-CN.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { PASSWORD } from '../support/workstation.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const WINDOW = '/HS/D01/D01W1';
const [language = 'zh-CN'] = languagesOf('calls');
const said = { 'zh-CN': chinese, en: english }[language];

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 700],
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}.${language}.${width}.png`), fullPage: true });
  }
}

it(`a clerk calls who may soon ask for repair, and records what came of it, in ${language}`, async () => {
  const { admin } = stage.centre.admin;
  await admin.createUnits({
    units: [
      { path: '/HS/D01', body: 'department', name: '区市场监督管理局（虚构）', disputePoint: false },
      { path: WINDOW, body: 'window', name: '海信服专窗（虚构）', disputePoint: false },
    ],
  });
  await admin.addStaff({
    staff: [{ id: 'clerk', role: 'repair-clerk', unitPath: WINDOW, name: '测试员', password: PASSWORD }],
  });
  const today = businessDay(new Date().toISOString());
  await stage.prepare('区台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: async (api) => {
      for (const [place, phone] of ['0574-55550123', null].entries()) {
        const merchantId = crypto.randomUUID();
        await api.merchants.register({
          merchantId,
          name: place === 0 ? '虚构服饰店' : '虚构小吃店',
          creditCode: null,
          category: 'enterprise',
          unitPath: '/HS/C1/M01/S001',
          address: null,
          contactName: null,
          phone,
        });
        await api.sanctions.record({
          eventId: uuidv7(),
          continues: null,
          merchantId,
          content: {
            kind: 'penalty',
            class: 'ordinary',
            organ: '虚构市场监督管理局',
            number: `虚市监处罚〔2026〕${12 + place}号`,
            determinedOn: addMonths(today, -4),
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
      }
      await api.sync.now();
    },
  });
  const parts = await ingestPartsOf(stage.centre);
  await parts.units.reload(parts.database);
  expect(await askForCalls(parts, new Date())).toBe(2);

  const { workstation } = await stage.openWorkstation('窗口', {
    unitPath: WINDOW,
    staffId: 'clerk',
    language,
    prepare: async (api) => {
      await api.sync.now();
    },
  });
  const { page } = workstation;
  await page.getByRole('navigation').getByRole('menuitem', { name: said.calls.nav }).click();
  const row = page.getByRole('row', { name: /虚构服饰店/ });
  await row.waitFor();
  await page.getByText(said.calls.noPhone).waitFor();
  expect(await page.getByText('55550123').count()).toBe(0);
  await row.getByRole('button', { name: `${said.calls.show} 虚构服饰店` }).click();
  await row.getByText('0574-55550123').waitFor();
  await expectAccessible(page);
  await picture(page, 'calls');
  await row.getByRole('button', { name: said.calls.record }).click();
  const dialog = page.getByRole('dialog', { name: said.calls.record });
  await dialog.getByRole('combobox', { name: said.calls.outcomeLabel, exact: true }).click();
  await page.getByText(said.calls.outcome.reached, { exact: true }).last().click();
  await picture(page, 'calls-record');
  await dialog.getByRole('button', { name: said.calls.record, exact: true }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /虚构小吃店/ }).waitFor();
});
