import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import importEnglish from '../../src/renderer/imports/locales/en.ts';
import importChinese from '../../src/renderer/imports/locales/zh-CN.ts';
import english from '../../src/renderer/shop/locales/en.ts';
import chinese from '../../src/renderer/shop/locales/zh-CN.ts';
import { caseInput } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SHOP = '/HS/C1/M01/S001';
const SAID = { 'zh-CN': chinese, en: english };
const IMPORTS = { 'zh-CN': importChinese, en: importEnglish };
let workstation: WorkstationPage;

beforeAll(async () => {
  ({ workstation } = await stage.openWorkstation('店台', {
    unitPath: SHOP,
    staffId: 'manager-shop',
    undoMs: 10 * 60_000,
    prepare: aShopWithItsDay,
  }));
});

/** A shop with a grade, returns that wait, and a dispute that nobody has answered; enough for each language. */
async function aShopWithItsDay(api: WorkstationClient): Promise<void> {
  const merchantId = crypto.randomUUID();
  const name = '虚构服饰店';
  await api.merchants.register({
    merchantId,
    name,
    creditCode: null,
    category: 'enterprise',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  for (let count = 0; count < 3; count += 1) {
    const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name } }));
    const steps = [
      { step: 'case-accepted', payload: {} },
      { step: 'mediation-failed', payload: { reason: '差距过大' } },
      { step: 'case-closed', payload: { satisfaction: 'unknown' } },
    ] as const;
    for (const [place, action] of steps.entries()) await api.cases.act({ id, revision: place + 1, action });
  }
  await api.cases.register(caseInput({ merchant: { merchantId, name } }));
  await api.sync.now();
  await stage.centre.admin.admin.gradeMerchants({});
  await api.sync.now();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  for (const goodsName of ['大衣', '毛衣', '围巾', '手套'])
    await api.returns.request({
      returnId: crypto.randomUUID(),
      merchantId,
      consumer: { name: '张三', phone: null },
      request: {
        goodsCategory: 'clothing',
        goodsName,
        purchasedOn: today,
        amountFen: 6800,
        condition: 'intact',
        proofType: 'receipt',
        proofNumber: null,
        gift: 'none',
        giftPriceFen: null,
        confirmedUnsuitable: false,
      },
    });
}

const fill = (text: string, values: Record<string, string | number>): string =>
  Object.entries(values).reduce(
    (filled, [name, value]) => filled.replace(`{{${name}}}`, String(value)),
    text,
  );
/** What stands before the first value of a wording. */
const before = (text: string): string => text.slice(0, text.indexOf('{{'));

describe.each(languagesOf('shop'))('a shop manager’s day, in %s', (language) => {
  const said = SAID[language];
  const words = WORDS[language];

  it('begins at the shop’s own page, and grants and refuses with one key', async () => {
    const { page } = workstation;
    // Away from the page and back to it: a page that is about to leave already has the heading that is waited for.
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('banner').getByText(words.common.language[language], { exact: true }).click();
    await workstationPage(page, words).goTo('settings');
    await page.getByRole('heading', { level: 1, name: words.common.nav.settings }).waitFor();
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${said.title}`) }).waitFor();
    const table = page.getByRole('table', { name: said.returns.label });
    const waiting = table.getByRole('button', { name: new RegExp(`^${before(said.returns.grant)}`) });
    await waiting.first().waitFor();
    const count = await waiting.count();
    expect(count).toBeGreaterThanOrEqual(2);
    await expectAccessible(page);

    // From the switch of languages the focus goes to the page.
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('g');
    await page.getByRole('button', { name: new RegExp(`^${said.undo.undo}`) }).waitFor();
    await expect.poll(() => waiting.count()).toBe(count - 1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => waiting.count()).toBe(count);
    await page.keyboard.press('j');
    await page.keyboard.press('g');
    await expect.poll(() => waiting.count()).toBe(count - 1);

    await page
      .getByRole('button', { name: new RegExp(`^${said.returns.refuse} ·`) })
      .first()
      .focus();
    await page.keyboard.press('r');
    const refusal = page.getByRole('dialog', { name: words.returns.refuse.title });
    await refusal.getByRole('combobox', { name: words.returns.refuse.ground }).waitFor();
    await expectAccessible(page);
    const text = refusal.getByRole('textbox', { name: words.returns.refuse.text });
    await text.fill('已穿着');
    if ((await refusal.getByText(words.returns.ground.other, { exact: true }).count()) === 0) {
      await refusal.getByRole('combobox', { name: words.returns.refuse.ground }).press('ArrowDown');
      await page.getByTitle(words.returns.ground.other, { exact: true }).last().click();
    }
    await text.press('Control+Enter');
    await refusal.waitFor({ state: 'hidden' });
    await expect.poll(() => waiting.count()).toBe(count - 2);
  });

  it('shows the dispute with its hours, the promise, the grade and what would help most', async () => {
    const { page } = workstation;
    const disputes = page.getByRole('table', { name: said.disputes.label });
    await disputes
      .getByRole('row')
      .nth(1)
      .getByText(before(words.common.deadline.hours) || /\d/)
      .first()
      .waitFor();
    await page.getByText(said.promise.none, { exact: true }).waitFor();
    await page.getByRole('heading', { name: said.credit.helps }).waitFor();
    const helps = page.getByRole('listitem').filter({ hasText: /./ });
    expect(await helps.count()).toBeGreaterThanOrEqual(3);
    const month = page.getByRole('table', {
      name: new RegExp(said.sheet.label.split('{{month}}').join('.*')),
    });
    const granted = month.getByRole('row').filter({ hasText: said.figures.granted });
    await expect.poll(() => granted.getByRole('cell').last().textContent()).not.toBe('0');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: words.supervision.export.label }).click();
    await page.getByRole('menuitem', { name: words.supervision.export.xlsx }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it('takes a till’s list, each line once', async () => {
    const { page } = workstation;
    const texts = IMPORTS[language];
    const lines = [
      '退货单号,商品,购买日期,实付金额,退款金额',
      `${language}-1,大衣,2026-01-05,100,100`,
      `${language}-1,大衣,2026-01-05,100,100`,
      `${language}-2,大衣,2026-01-05,100,120`,
    ];
    await workstationPage(page, words).goTo('imports');
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: '退货.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
    await page.getByText(texts.kind.returns, { exact: true }).first().waitFor();
    await page
      .getByRole('table', { name: texts.refused.label })
      .getByText(texts.field.refunded, { exact: true })
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: fill(texts.commit.action, { accepted: 2 }) }).click();
    await page.getByRole('heading', { name: texts.done.title }).waitFor();
    const counted = async (name: string) =>
      page.getByText(name, { exact: true }).locator('xpath=following-sibling::dd').textContent();
    expect(await counted(texts.done.imported)).toBe('1');
    expect(await counted(texts.done.existing)).toBe('1');
    await page.getByRole('link', { name: texts.done.see.returns }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: texts.done.another }).click();
  });
});
