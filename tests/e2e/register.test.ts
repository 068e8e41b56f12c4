import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultProcedure, entriesOf } from '../../src/domain/procedure/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { openNodeHost, type OpenHost } from '../support/node-host.ts';
import { PASSWORD } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { launchBrowser } from './support/workstation.ts';

const MALL = '/HS/C1/M01';
/** Of the first years: in use, although the last character does not fit. */
const EARLY = '91350100M0001TGQXM';
const SOCIAL = entriesOf(defaultProcedure, 'merchantCategory').find(
  ({ code }) => code === 'social-organisation',
);

let open: OpenHost;
let context: BrowserContext;
let page: Page;
let api: WorkstationClient;
beforeAll(async () => {
  open = await openNodeHost();
  ({ api } = open.host.workstation.connect());
  await api.session.signIn({ staffId: open.staffId, password: PASSWORD });
  const browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(open.host.link());
}, 60_000);
afterAll(async () => {
  await context.close();
  await open.stop();
});

it.each(languagesOf('register'))(
  'by keyboard: an early code, a merge and its undoing, a move (%s)',
  async (language) => {
    await api.settings.set({ language });
    const { common, merchants: words, register } = WORDS[language];
    const name = `虚构协会 ${language}`;
    await page.reload();
    // A page that has just come goes to today's by itself, and would leave the form again.
    await page.getByRole('navigation', { name: common.nav.label }).waitFor();
    await page.goto(`${open.origin}/#/merchants?new=1`);

    // A code of the first years: what looks wrong is said at its place, and pressed once more it is recorded.
    const form = page.getByRole('dialog', { name: words.form.newTitle });
    await form.getByLabel(words.form.name).fill(name);
    const category = form.getByRole('combobox', { name: words.form.category });
    await category.fill(SOCIAL?.name[language === 'en' ? 'en' : 'zh'] ?? '');
    await category.press('Enter');
    const code = form.getByLabel(words.form.creditCode, { exact: true });
    await code.fill(EARLY);
    await code.press('Enter');
    const asked = form.getByRole('alert').filter({ hasText: common.caution.title });
    await asked.filter({ hasText: '18' }).waitFor();
    await expect.poll(() => form.locator('mark').allTextContents()).toContain('M');
    await expectAccessible(page);
    await form.getByRole('button', { name: words.form.saveAnyway }).press('Enter');
    await page.getByRole('heading', { name, level: 1 }).waitFor();

    // The same merchant once more, found and compared.
    await api.merchants.register({
      merchantId: crypto.randomUUID(),
      name: name.toUpperCase(),
      unitPath: MALL,
      creditCode: null,
      category: 'enterprise',
      address: null,
      contactName: null,
      phone: null,
    });
    await page.goto(`${open.origin}/#/merchants/duplicates`);
    await page
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .press('Enter');
    await page.getByRole('table', { name: register.compare.label }).waitFor();
    await expectAccessible(page);
    const stays = page.getByRole('radiogroup', { name: register.compare.stays });
    await stays.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    const into = new RegExp(register.compare.merge.replaceAll(/\{\{\w+\}\}/g, '.*'));
    await page.getByRole('button', { name: into }).press('Enter');
    const undo = page.getByRole('button', { name: register.merged.undo });
    await undo.waitFor();
    const listed = async (): Promise<number> => (await api.merchants.list({ search: name })).total;
    expect(await listed()).toBe(1);
    await undo.press('Enter');
    await page.getByRole('button', { name: into }).waitFor();
    expect(await listed()).toBe(2);

    // It moves: listed where it is now, and where it was stands beside.
    const { items } = await api.merchants.list({ search: name });
    await page.goto(`${open.origin}/#/merchants/${items[0]?.id}`);
    await page.getByRole('button', { name: register.move.title, exact: true }).press('Enter');
    const move = page.getByRole('dialog', { name: register.move.title });
    await move.getByRole('combobox', { name: register.move.toPath }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await move.getByRole('button', { name: register.move.save }).press('Enter');
    await page.getByRole('heading', { name: register.card.title }).waitFor();
    expect((await api.merchants.get({ id: items[0]?.id ?? '' })).state.unitPath).toBe(`${MALL}/S001`);
  },
);
