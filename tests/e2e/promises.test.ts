import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { rules as zhMerchantRules } from '../../src/renderer/merchant/locales/zh-CN.ts';
import { rules as enFundRules } from '../../src/renderer/fund/locales/en.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SHOP = '/HS/C1/M01/S001';
const today = businessDay(new Date().toISOString());

const at = (page: Page, path: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${path}`);

it('a shop manager proposes a promise by the keyboard, the mall confirms it, and a return is judged by it', async () => {
  const merchantId = crypto.randomUUID();
  const shop = await stage.openWorkstation('店铺台', {
    unitPath: SHOP,
    staffId: 'manager-shop',
    prepare: async (api) => {
      await api.merchants.register({
        merchantId,
        name: '虚构服饰店一号',
        creditCode: null,
        category: 'individual-business',
        unitPath: SHOP,
        address: null,
        contactName: null,
        phone: null,
      });
      await api.sync.now();
    },
  });
  const zh = WORDS['zh-CN'];
  const { page } = shop.workstation;
  await at(page, `merchants/${merchantId}`);
  await page.getByRole('button', { name: zh.merchants.page.newCommitment }).press('Enter');
  const drawer = page.getByRole('dialog', { name: zh.merchants.proposal.title });
  const days = drawer.getByLabel(zh.merchants.proposal.windowDays);
  // A window of nothing is refused with its rule, at its field, and nothing is lost.
  await days.fill('0');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText(zhMerchantRules['window-days']).waitFor();
  await days.fill('15');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await drawer.waitFor({ state: 'hidden' });
  const waiting = page.getByRole('region', { name: zh.merchants.proposal.waiting });
  await waiting.getByText(zh.merchants.page.days.replace('{{days}}', '15')).waitFor();
  // Who proposes does not confirm.
  expect(await waiting.getByRole('button').count()).toBe(0);
  await shop.workstation.syncNow();

  const mall = await stage.openWorkstation('商场台', {
    unitPath: '/HS/C1/M01',
    staffId: 'mediator-mall',
    language: 'en',
    prepare: (api) => api.sync.now(),
  });
  const en = WORDS.en.merchants;
  const { page: second } = mall.workstation;
  await at(second, 'merchants?committed=proposed');
  await second.getByRole('link', { name: '虚构服饰店一号' }).press('Enter');
  await second.getByRole('button', { name: en.confirm.action, exact: true }).press('Enter');
  const confirm = second.getByRole('dialog', { name: en.confirm.title });
  await expectAccessible(second);
  await confirm.getByRole('button', { name: en.confirm.save }).press('Enter');
  await confirm.waitFor({ state: 'hidden' });
  await second.getByText(en.page.inForce, { exact: true }).waitFor();
  const download = second.waitForEvent('popup');
  await second
    .getByRole('button', { name: en.card.printOf.replace('{{version}}', '1').replace('{{size}}', 'A5') })
    .press('Enter');
  await (await download).close();
  await mall.workstation.syncNow();

  await shop.workstation.syncNow();
  await at(page, `returns/new?merchant=${merchantId}`);
  await page.getByLabel(zh.returns.form.goodsName).fill('大衣');
  await shop.workstation.choose(zh.returns.form.goodsCategory, zh.returns.goods.clothing);
  await page.getByLabel(zh.returns.form.purchasedOn).fill(today);
  await page.getByLabel(zh.returns.form.amount, { exact: true }).fill('1280');
  await page.getByText(zh.returns.condition.intact, { exact: true }).click();
  await page.getByText(zh.returns.proof.receipt, { exact: true }).click();
  await page.getByText(zh.returns.verdict.eligible).waitFor();
  await page.getByText(zh.returns.start['day-after'], { exact: false }).first().waitFor();
});

it('a circle opens its fund in the browser, pays in, and asks for an advance that waits for two others', async () => {
  const { workstation } = await stage.openWorkstation('商圈台', {
    unitPath: '/HS/C1',
    staffId: 'supervisor-circle',
    language: 'en',
    prepare: async (api) => {
      await api.cases.register(caseInput());
      await api.sync.now();
    },
  });
  const { page } = workstation;
  const { funds } = WORDS.en;
  await at(page, 'funds');
  await page.getByRole('button', { name: funds.openFund }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(funds.field.floor).fill('100');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: funds.step['fund-deposited'] }).press('Enter');
  await dialog.getByLabel(funds.field.amount).fill('0');
  await dialog.getByLabel(funds.field.payer).fill('虚构百货');
  await page.keyboard.press('Control+Enter');
  await dialog.getByText(enFundRules['amount-nothing']).first().waitFor();
  await dialog.getByLabel(funds.field.amount).fill('1000');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(funds.sumsToNothing, { exact: false }).waitFor();

  await page.getByRole('button', { name: funds.step['advance-requested'] }).press('Enter');
  const box = dialog.getByRole('combobox', { name: funds.field.case });
  await box.click();
  await page.getByTitle(/张三/).last().click();
  await dialog.getByLabel(funds.field.amount).fill('300');
  await dialog.getByLabel(funds.field.finding).fill('商户无正当理由拒绝退款');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  const row = page
    .getByRole('table', { name: funds.advances })
    .getByRole('row')
    .filter({ hasText: '虚构服饰店' });
  await row.getByText(funds.status.requested, { exact: true }).waitFor();
  // Who asked for it may not approve it.
  expect(
    await row.getByRole('button', { name: new RegExp(`^${funds.step['advance-approved']}`) }).count(),
  ).toBe(0);
  await expectAccessible(page);
});
