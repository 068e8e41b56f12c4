import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { addMonths, businessDay } from '../../src/domain/kernel/calendar/index.ts';
import english, { rules as englishRules } from '../../src/renderer/restoration/locales/en.ts';
import chinese, { rules as chineseRules } from '../../src/renderer/restoration/locales/zh-CN.ts';
import { restorationCode } from '../../src/protocol/restoration-code.ts';
import * as publicEn from '../../src/words/public/en.ts';
import * as publicZh from '../../src/words/public/zh-CN.ts';
import { PASSWORD } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SAID = { 'zh-CN': { ...chinese, rules: chineseRules }, en: { ...english, rules: englishRules } };
const PUBLIC = { 'zh-CN': publicZh, en: publicEn };
const SHORT = { 'zh-CN': 'zh', en: 'en' };
const WINDOW = '/HS/D01/D01W1';
const PHONE = '10012345678';
const PHONE_MASKED = '100****5678';
const NUMBER = '虚市监处罚〔2026〕12号';
const PDF = Buffer.from('%PDF-1.7\n%虚构的缴款凭证\n');
const today = businessDay(new Date().toISOString());

/** Pictures for whoever wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 700],
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}.${width}.png`), fullPage: true });
  }
}

let made = false;
/** A department with its window and reviewer, and a merchant of the shop with a penalty that may be repaired. */
async function prepareDistrict(): Promise<void> {
  if (made) return;
  made = true;
  const { admin } = stage.centre.admin;
  await admin.createUnits({
    units: [
      { path: '/HS/D01', body: 'department', name: '区市场监督管理局（虚构）', disputePoint: false },
      { path: '/HS/D02', body: 'department', name: '区税务局（虚构）', disputePoint: false },
      { path: WINDOW, body: 'window', name: '海信服专窗（虚构）', disputePoint: false },
    ],
  });
  await admin.addStaff({
    staff: [
      { id: 'clerk', role: 'repair-clerk', unitPath: WINDOW, name: '测试员', password: PASSWORD },
      {
        id: 'reviewer',
        role: 'department-reviewer',
        unitPath: '/HS/D01',
        name: '测试员',
        password: PASSWORD,
      },
    ],
  });
  await stage.prepare('区台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: async (api) => {
      await api.merchants.register({
        merchantId: crypto.randomUUID(),
        name: '虚构服饰店',
        creditCode: null,
        category: 'enterprise',
        unitPath: '/HS/C1/M01/S001',
        address: null,
        contactName: null,
        phone: null,
      });
      const [merchant] = (await api.merchants.list({})).items;
      for (const [place, determinedOn] of [addMonths(today, -5), addMonths(today, -1)].entries())
        await api.sanctions.record({
          eventId: uuidv7(),
          continues: null,
          merchantId: merchant?.id ?? '',
          content: {
            kind: 'penalty',
            class: 'ordinary',
            organ: '虚构市场监督管理局',
            number: place === 0 ? NUMBER : '虚市监处罚〔2026〕77号',
            determinedOn,
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
      await api.sync.now();
    },
  });
}

const [language = 'zh-CN'] = languagesOf('restoration');

describe(`credit repair, in ${language}`, () => {
  const said = SAID[language];

  it('is applied for on the screen, signed, and answered at the window and by a department', async () => {
    await prepareDistrict();
    const { workstation } = await stage.openWorkstation('店台', {
      unitPath: '/HS/C1/M01/S001',
      staffId: 'manager-shop',
      language,
      undoMs: 0,
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = workstation;
    const button = (on: Page, name: string) => on.getByRole('button', { name, exact: true });
    await page.getByRole('navigation').getByRole('menuitem', { name: said.nav }).click();
    await page.getByText(said.empty).waitFor();
    await picture(page, `restoration-empty.${language}`);
    await button(page, said.new).click();
    const form = page.getByRole('form', { name: said.form.label });
    // What is missing is named, and nothing is lost.
    await form.waitFor();
    await button(page, said.form.save).click();
    await form.getByRole('alert').first().waitFor();
    await form.getByRole('combobox', { name: said.form.merchant }).click();
    await page.getByTitle('虚构服饰店').last().click();
    await form
      .getByText(said.rules['restoration-not-due'].split('{{day}}')[1]?.slice(0, 2) ?? '')
      .first()
      .waitFor();
    await form.getByRole('combobox', { name: said.form.window }).click();
    await page.getByTitle('海信服专窗（虚构）').last().click();
    await form.getByLabel(said.form.representative).fill('张三');
    await form.getByLabel(said.form.phone).fill(PHONE);
    await form.getByRole('checkbox').first().check();
    await form.getByLabel(said.form.file).setInputFiles({
      name: '缴款凭证.pdf',
      mimeType: 'application/pdf',
      buffer: PDF,
    });
    await form.getByText('缴款凭证.pdf').waitFor();
    await form.getByRole('switch', { name: said.form.publication }).click();
    const ink = form.getByRole('img', { name: '张三' });
    await ink.scrollIntoViewIfNeeded();
    const box = await ink.boundingBox();
    if (!box) throw new Error('No field to sign in');
    await page.mouse.move(box.x + 40, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 70, { steps: 6 });
    await page.mouse.move(box.x + 200, box.y + 40, { steps: 6 });
    await page.mouse.up();
    await form.getByText(WORDS[language].documents.ink.signed, { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `restoration-form.${language}`);
    await button(page, said.form.save).click();
    await page.getByText(said.status.filed).first().waitFor();
    await expectAccessible(page);
    await picture(page, `restoration-filed.${language}`);
    // Both papers open as they will be printed, with the signature.
    for (const press of [said.page.printForm, said.page.printCommitment.replace('{{number}}', NUMBER)]) {
      const opened = page.context().waitForEvent('page');
      await button(page, press).click();
      await (await opened).close();
    }
    await expect
      .poll(async () => (await stage.centre.admin.admin.rollup(PERIOD)).all.totals['restorations-filed'])
      .toBe(1);

    const open = async (name: string, unitPath: string, staffId: string): Promise<Page> => {
      const { process } = await stage.openWorkstation(name, {
        unitPath,
        staffId,
        language,
        undoMs: 0,
        prepare: async (api) => {
          await api.sync.now();
        },
      });
      await process.page.evaluate(() => {
        location.hash = '#/restorations';
      });
      await process.page.getByRole('link', { name: /X\d{4}/ }).click();
      return process.page;
    };
    const window = await open('窗口', WINDOW, 'clerk');
    // The clerk reaches the handler, and says why.
    await window.getByText(PHONE_MASKED).waitFor();
    await button(window, said.page.reveal).click();
    const asking = window.getByRole('dialog', { name: said.page.reveal });
    await asking.getByLabel(said.page.revealReason).fill('核对缴款凭证');
    await asking.getByRole('button', { name: said.page.reveal }).click();
    await window.getByText(PHONE).waitFor();
    await button(window, said.step['restoration-accepted']).click();
    await window.getByRole('combobox', { name: said.field.departments }).click();
    await window.getByTitle('区市场监督管理局（虚构）').last().click();
    await window.keyboard.press('Escape');
    await picture(window, `restoration-accept.${language}`);
    await window.getByRole('form').getByRole('button', { name: said.step['restoration-accepted'] }).click();
    await window.getByText(said.status.accepted).first().waitFor();
    await expectAccessible(window);
    await expect
      .poll(async () => (await stage.centre.admin.admin.rollup(PERIOD)).all.totals['restorations-accepted'])
      .toBe(1);

    // Everybody who holds number and code sees how far it is, on a page without persons.
    const id = page.url().split('/').at(-1) ?? '';
    const number = (await window.getByRole('heading', { level: 1 }).innerText()).split(' ').at(-1) ?? '';
    const telephone = await stage.browser.newPage({ viewport: { width: 390, height: 844 } });
    const query = new URLSearchParams({ n: number, c: restorationCode(id), lang: SHORT[language] });
    await telephone.goto(`${stage.centre.url}/p/paper?${query.toString()}`);
    await telephone.getByText(PUBLIC[language].repairing.stages.accepted).waitFor();
    await telephone.getByText('区市场监督管理局（虚构）').waitFor();
    expect(await telephone.content()).not.toMatch(/张三|测试员|10012345678/);
    await expectAccessible(telephone);
    await picture(telephone, `restoration-progress.${language}`);
    await telephone.context().close();

    const department = await open('部门', '/HS/D01', 'reviewer');
    await button(department, said.step['opinion-given']).click();
    await department.getByRole('form').getByText(said.verdict.agree, { exact: true }).click();
    await picture(department, `restoration-opinion.${language}`);
    await department.getByRole('form').getByRole('button', { name: said.step['opinion-given'] }).click();
    await department
      .getByRole('table', { name: said.page.departments })
      .getByText(said.verdict.agree)
      .waitFor();
    await expectAccessible(department);
    await picture(department, `restoration-answered.${language}`);
  });
});

const PERIOD = { path: '/HS', from: '2026-01-01', to: '2099-12-31' };
