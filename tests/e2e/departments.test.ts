import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/workstation.ts';
import enCredit from '../../src/renderer/credit/locales/en.ts';
import zhCredit from '../../src/renderer/credit/locales/zh-CN.ts';
import enFinance from '../../src/renderer/finance/locales/en.ts';
import zhFinance from '../../src/renderer/finance/locales/zh-CN.ts';
import enRestoration from '../../src/renderer/restoration/locales/en.ts';
import zhRestoration from '../../src/renderer/restoration/locales/zh-CN.ts';
import enSanction from '../../src/renderer/sanction/locales/en.ts';
import zhSanction from '../../src/renderer/sanction/locales/zh-CN.ts';
import { LANGUAGES, WORDS, type Language } from './pages/words.ts';
import { workstationPage } from './pages/workstation-page.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();

const PLACES = {
  'department-reviewer': { unitPath: '/HS/D01', body: 'department', name: '区市场监督管理局（测试）' },
  'repair-clerk': { unitPath: '/HS/D01/D01W1', body: 'window', name: '信用修复专窗（测试）' },
  'finance-officer': { unitPath: '/HS/B01', body: 'bank', name: '虚构银行支行' },
} as const;
type Place = keyof typeof PLACES;
const OUTSIDE = Object.keys(PLACES) as Place[];

/** A picture for whoever wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `departments.${name}.png`) });
}

/** The rooms that the navigation leads to. */
const roomsOn = (page: Page): Promise<string[]> =>
  page.getByRole('navigation').getByRole('menuitem').allInnerTexts();

async function speak(page: Page, from: Language, to: Language): Promise<void> {
  if (from !== to) await page.getByText(WORDS[from].common.language[to], { exact: true }).first().click();
}

const CREDIT = { 'zh-CN': zhCredit, en: enCredit };
const FINANCE = { 'zh-CN': zhFinance, en: enFinance };
const SANCTION = { 'zh-CN': zhSanction, en: enSanction };
const RESTORATION = { 'zh-CN': zhRestoration, en: enRestoration };
/** The rooms of a role by name. */
const roomsOf = (role: Place, language: Language): string[] =>
  role === 'finance-officer'
    ? [FINANCE[language].bank.nav]
    : [
        RESTORATION[language].nav,
        ...(role === 'repair-clerk' ? [SANCTION[language].calls.nav] : []),
        // A department's own figures.
        ...(role === 'department-reviewer' ? [WORDS[language].common.nav.figures] : []),
      ];

let made = false;
async function createOffices(): Promise<void> {
  if (made) return;
  made = true;
  const { admin } = stage.centre.admin;
  await admin.createUnits({
    units: OUTSIDE.map((role) => {
      const { unitPath, body, name } = PLACES[role];
      return { path: unitPath, body, name, disputePoint: false };
    }),
  });
  await admin.addStaff({
    staff: [
      ...OUTSIDE.map((role) => ({ role, unitPath: PLACES[role].unitPath })),
      { role: 'credit-officer' as const, unitPath: '/HS' },
    ].map((one) => ({ ...one, id: one.role, name: '钱有信', password: PASSWORD })),
  });
}

describe('the day of a person outside the hierarchy', () => {
  it.each(OUTSIDE)(
    'a %s begins on a page of their own, sees only their rooms, and is told what to do',
    async (role) => {
      await createOffices();
      const { unitPath, name } = PLACES[role];
      const { process } = await stage.openWorkstation(role, {
        unitPath,
        staffId: role,
        prepare: async (api) => {
          await api.sync.now();
        },
      });
      const { page } = process;
      let language: Language = 'zh-CN';
      for (const next of LANGUAGES) {
        await speak(page, language, next);
        language = next;
        const { common } = WORDS[language];
        await page.getByRole('heading', { level: 1, name: `${common.role[role]} · ${name}` }).waitFor();
        const own = roomsOf(role, language);
        await page.getByRole('region', { name: common.start.rooms }).waitFor();
        expect(await roomsOn(page)).toEqual([common.start.title, ...own, common.nav.settings]);
        await expectAccessible(page);
        await picture(page, `${role}.${language}`);
        // What is found by keys and words is theirs too, and nothing of cases.
        await page.keyboard.press('Control+k');
        const palette = page.getByRole('dialog', { name: common.palette.label });
        await palette.waitFor();
        const offered = await palette.getByRole('option').allInnerTexts();
        expect(offered.map((one) => one.trim())).toEqual([
          common.start.title,
          ...own,
          common.nav.settings,
          WORDS[language].session.account.title,
        ]);
        await page.keyboard.press('Escape');
        await palette.waitFor({ state: 'hidden' });
        await page.keyboard.press('Alt+n');
        expect(await page.evaluate(() => location.hash)).toBe('#/start');
      }
      // An address that leads nowhere for them leads home.
      await page.evaluate(() => (location.hash = '#/nowhere'));
      await page
        .getByRole('heading', { level: 1, name: `${WORDS[language].common.role[role]} · ${name}` })
        .waitFor();
    },
  );

  it('a credit officer begins with the rooms of the district that are theirs, and opens the grades', async () => {
    await createOffices();
    await stage.prepare('district', {
      unitPath: '/HS',
      staffId: 'credit-officer',
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = await stage.reopen('district');
    const zh = WORDS['zh-CN'];
    const desk = workstationPage(page, zh);
    await desk.choose(zh.session.signIn.person, `钱有信 · ${zh.common.role['credit-officer']}`);
    await desk.signIn(PASSWORD);
    let language: Language = 'zh-CN';
    for (const next of LANGUAGES) {
      await speak(page, language, next);
      language = next;
      const { common } = WORDS[language];
      const credit = CREDIT[language];
      const rooms = page.getByRole('region', { name: common.start.rooms });
      await rooms.waitFor();
      const theirs = [
        common.nav.merchants,
        credit.title,
        SANCTION[language].nav,
        RESTORATION[language].nav,
        SANCTION[language].calls.nav,
        common.nav.rollup,
        common.nav.figures,
      ];
      expect((await rooms.getByRole('button').allInnerTexts()).map((one) => one.trim())).toEqual(theirs);
      expect(await roomsOn(page)).toEqual([common.start.title, ...theirs, common.nav.settings]);
      await expectAccessible(page);
      await picture(page, `credit-officer.${language}`);
      for (const room of theirs) {
        await page.evaluate(() => (location.hash = '#/start'));
        await rooms.getByRole('button', { name: room }).click();
        await rooms.waitFor({ state: 'hidden' });
        await page.getByRole('heading', { level: 1 }).waitFor();
        // What a room shows has come, or what was refused is told.
        await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
        expect(await page.getByRole('alert').count(), room).toBe(0);
      }
      await page.evaluate(() => (location.hash = '#/start'));
    }
  });
});
