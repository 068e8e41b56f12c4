import { hash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import allianceEnglish from '../../src/renderer/alliance/locales/en.ts';
import allianceChinese from '../../src/renderer/alliance/locales/zh-CN.ts';
import charityEnglish from '../../src/renderer/charity/locales/en.ts';
import charityChinese from '../../src/renderer/charity/locales/zh-CN.ts';
import * as en from '../../src/words/public/en.ts';
import * as zh from '../../src/words/public/zh-CN.ts';
import { PASSWORD } from '../support/workstation.ts';
import { type WorkstationPage, workstationPage } from './pages/workstation-page.ts';
import { type Language, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

// A mall's own shop gives discounts, a citizen is checked at its desk, and the mall's Love Fund pays a rider: by keyboard, and in
// pictures where a folder for them is named.

const stage = useStage({ publicUrl: () => 'https://heshi.example.org' });
const ALLIANCE = { 'zh-CN': allianceChinese, en: allianceEnglish };
const CHARITY = { 'zh-CN': charityChinese, en: charityEnglish };
const PUBLIC = { 'zh-CN': zh, en };
const MALL = '/HS/C1/M01';
const today = businessDay(new Date().toISOString());
const CITIZEN = '330203199001010014';
const PICTURES = process.env['HESHI_PICTURES'];
/** One each for the languages, so that no story finds what another has left. */
const NAMES = { 'zh-CN': '虚构服饰店', en: '虚构鞋店' };
let mall: WorkstationPage;
let known: { shops: Record<Language, string>; fundId: string };

/** A shop for each language, and a fund with an application that its other people have approved once. */
async function prepare(api: WorkstationClient): Promise<typeof known> {
  const shops = { 'zh-CN': uuidv7(), en: uuidv7() };
  for (const language of ['zh-CN', 'en'] as const)
    await api.merchants.register({
      merchantId: shops[language],
      name: NAMES[language],
      creditCode: null,
      category: 'enterprise',
      unitPath: MALL,
      address: null,
      contactName: null,
      phone: null,
    });
  const fundId = crypto.randomUUID();
  await api.charity.open({ charityId: fundId, name: '天一爱心基金', unitPath: MALL });
  for (const applicationId of [crypto.randomUUID(), crypto.randomUUID()])
    await api.charity.apply({
      id: fundId,
      applicationId,
      application: {
        applicant: { name: '赵骑手', phone: '10012345678', group: 'rider', platform: '虚构外卖' },
        need: 'accident',
        story: '送餐途中摔伤',
        fen: 60_000,
        documents: ['identity'],
      },
    });
  await api.sync.now();
  return { shops, fundId };
}

beforeAll(async () => {
  const { admin } = stage.centre.admin;
  const person = (id: string, name: string) => ({
    id,
    name,
    role: 'supervisor' as const,
    unitPath: MALL,
    password: PASSWORD,
  });
  const taker = person('taker-mall', '登记人（虚构）');
  await admin.addStaff({
    staff: [taker, person('approver-mall', '批准人（虚构）'), person('desk-mall', '当班人（虚构）')],
  });
  await admin.importStanding({
    importId: crypto.randomUUID(),
    asOf: today,
    citizens: [{ citizen: hash('sha256', CITIZEN), level: 1 }],
    complete: true,
  });
  known = await stage.prepare('登记台', { unitPath: MALL, staffId: taker.id, prepare });
  await stage.prepare('批准台', {
    unitPath: MALL,
    staffId: 'approver-mall',
    prepare: async (api) => {
      await api.sync.now();
      for (const { id, revision } of (await api.charity.get({ id: known.fundId })).applications)
        await api.charity.decide({
          id,
          revision,
          eventId: uuidv7(),
          decision: { step: 'charity-approved' },
        });
      await api.sync.now();
    },
  });
  for (const staffId of [taker.id, 'approver-mall', 'mediator-mall'])
    await admin.deactivateStaff({ staffId });
  ({ workstation: mall } = await stage.openWorkstation('商场台', {
    unitPath: MALL,
    staffId: 'desk-mall',
    prepare: (api) => api.sync.now(),
  }));
});

const at = (page: Page, path: string): Promise<void> =>
  page.evaluate((address) => {
    location.hash = address;
  }, `#/${path}`);
const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).first().press('Enter');

/** The screen as it is, at the widths that offices have. */
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  for (const width of [1024, 1366, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}/${name}-${width}.png` });
  }
}

async function choose(dialog: Locator, label: string, option: string): Promise<void> {
  const box = dialog.getByRole('combobox', { name: label });
  await box.press('ArrowDown');
  await box.fill(option);
  await dialog.page().getByTitle(option, { exact: true }).last().click();
}

describe.each(languagesOf('benefits'))('discounts and the Love Fund, in %s', (language) => {
  const said = ALLIANCE[language];
  const fund = CHARITY[language];
  const name = NAMES[language];

  it('are offered, checked with consent, and used', async () => {
    const { page } = mall;
    await page
      .getByRole('banner')
      .getByText(WORDS[language].common.language[language], { exact: true })
      .click();
    await at(page, 'alliance');
    await press(page, said.join);
    const join = page.getByRole('dialog', { name: said.join });
    await choose(join, said.field.merchantId, name);
    await press(join, said.join);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await press(page, said.offerPercent);
    const offer = page.getByRole('dialog', { name: said.offerPercent });
    await offer.getByLabel(said.field.what).fill('全场服饰');
    await offer.getByLabel(said.field.percent, { exact: true }).fill('0');
    await press(offer, said.offerPercent);
    await offer.getByRole('alert').first().waitFor();
    // What was typed stays.
    expect(await offer.getByLabel(said.field.what).inputValue()).toBe('全场服饰');
    await offer.getByLabel(said.field.percent, { exact: true }).fill('15');
    await press(offer, said.offerPercent);
    await offer.waitFor({ state: 'hidden' });
    await workstationPage(page, WORDS[language]).syncNow();

    await press(page, `${said.check.do} 全场服饰`);
    const check = page.getByRole('dialog', { name: said.check.do });
    await check.getByLabel(said.check.citizenId).fill('330203199001010015');
    await press(check, said.check.submit);
    await check.getByRole('alert').first().waitFor();
    await check.getByLabel(said.check.citizenId).fill(CITIZEN);
    await press(check, said.check.submit);
    // Without the citizen's own tick nothing is asked, and the number stays.
    await check.getByRole('alert').first().waitFor();
    expect(await check.getByLabel(said.check.citizenId).inputValue()).toBe(CITIZEN);
    await check.getByRole('checkbox', { name: said.check.consent }).press('Space');
    await expectAccessible(page);
    await picture(page, `check-${language}`);
    await press(check, said.check.submit);
    const answer = check.getByRole('status');
    await answer.getByText(said.check.yes, { exact: true }).waitFor();
    expect(await answer.textContent()).not.toMatch(/750|800/);
    await picture(page, `checked-${language}`);
    await press(check, said.check.close);
    const checks = page.getByRole('table', { name: said.checks });
    await press(checks, `${said.step['discount-used']} 全场服饰`);
    await checks.getByText(said.usedAt, { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `shop-${language}`);

    // The centre goes away: nothing is checked, and nothing is kept.
    await stage.centre.halt();
    await press(page, `${said.check.do} 全场服饰`);
    await check.getByLabel(said.check.citizenId).fill(CITIZEN);
    await check.getByRole('checkbox', { name: said.check.consent }).press('Space');
    await press(check, said.check.submit);
    await check.getByText(said.check.reason.offline).waitFor();
    await press(check, said.check.close);
    await stage.centre.resume();
  });

  it('pay what is in the fund and no more, and its account is public', async () => {
    const { page } = mall;
    await at(page, `charity/${known.fundId}`);
    const table = page.getByRole('table', { name: fund.applications });
    const approve = fund.step['charity-approved'];
    await press(table, `${approve} 赵骑手`);
    await press(page.getByRole('dialog', { name: approve }), approve);
    const row = table.getByRole('row').filter({ hasText: fund.status.approved });
    await press(row, `${fund.step['charity-paid']} 赵骑手`);
    const pay = page.getByRole('dialog', { name: fund.step['charity-paid'] });
    await press(pay, fund.step['charity-paid']);
    // More than is in the fund: at its field.
    await pay.getByRole('alert').first().waitFor();
    await picture(page, `above-${language}`);
    await page.keyboard.press('Escape');
    await press(page, fund.step['donation-received']);
    const give = page.getByRole('dialog', { name: fund.step['donation-received'] });
    await give.getByLabel(fund.field.fen).fill('1000');
    await give.getByLabel(fund.field.donor).fill('虚构百货有限公司');
    await press(give, fund.step['donation-received']);
    await give.waitFor({ state: 'hidden' });
    await press(row, `${fund.step['charity-paid']} 赵骑手`);
    await press(pay, fund.step['charity-paid']);
    await table.getByText(fund.status.paid, { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `fund-${language}`);
    await workstationPage(page, WORDS[language]).syncNow();

    const context = await stage.browser.newContext({ locale: language });
    const phone = await context.newPage();
    await phone.goto(`${stage.centre.url}/p/charity?lang=${language === 'en' ? 'en' : 'zh'}`);
    await phone.getByRole('heading', { level: 1, name: PUBLIC[language].charity.title }).waitFor();
    const text = (await phone.getByRole('main').textContent()) ?? '';
    expect(text).toContain('赵**');
    expect(text).not.toMatch(/赵骑手|虚构百货|10012345678/);
    await picture(phone, `account-${language}`);
    await context.close();
  });
});
