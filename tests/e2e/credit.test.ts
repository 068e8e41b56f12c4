import { beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { noticeNumber } from '../../src/domain/credit/index.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import english, { rules as englishRules } from '../../src/renderer/credit/locales/en.ts';
import chinese, { rules as chineseRules } from '../../src/renderer/credit/locales/zh-CN.ts';
import { caseInput } from '../support/workstation.ts';
import type { WorkstationPage } from './pages/workstation-page.ts';
import { type Language, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const CREDIT = { 'zh-CN': { ...chinese, rules: chineseRules }, en: { ...english, rules: englishRules } };
let workstation: WorkstationPage;
let merchants: Record<Language, string>;

beforeAll(async () => {
  ({ workstation, prepared: merchants } = await stage.openWorkstation('区台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: gradedMerchants,
  }));
});

/** One for each language, so that no story finds what another has left. */
async function gradedMerchants(api: WorkstationClient): Promise<Record<Language, string>> {
  const all = {
    'zh-CN': await failingMerchant(api, '虚构服饰店'),
    en: await failingMerchant(api, '虚构鞋店'),
  };
  await api.sync.now();
  await stage.centre.admin.admin.gradeMerchants({});
  await api.sync.now();
  // A patrol that found a price missing, and a grade that is asked for at once: it says what came since the one before.
  const entryId = uuidv7();
  for (const id of Object.values(all)) {
    const { state } = await api.credits.get({ id });
    const payload = { merchantPath: '/HS/C1/M01', items: 4, clear: 3, on: today, note: '' };
    await api.credits.record({
      id,
      revision: state?.revision ?? 0,
      eventId: uuidv7(),
      fact: { type: 'price-patrol-recorded', payload: { ...payload, entryId } },
    });
  }
  await api.sync.now();
  for (const merchantId of Object.values(all)) await stage.centre.admin.admin.gradeMerchant({ merchantId });
  await api.sync.now();
  return all;
}

/** A merchant with three cases that the district has ended without agreement. */
async function failingMerchant(api: WorkstationClient, name: string): Promise<string> {
  const id = crypto.randomUUID();
  await api.merchants.register({
    merchantId: id,
    name,
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01',
    address: null,
    contactName: null,
    phone: null,
  });
  for (let count = 0; count < 3; count += 1) {
    const { id: caseId } = await api.cases.register(caseInput({ merchant: { merchantId: id, name } }));
    const steps = [
      { step: 'case-accepted', payload: {} },
      { step: 'mediation-failed', payload: { reason: '差距过大' } },
      { step: 'case-closed', payload: { satisfaction: 'unknown' } },
    ] as const;
    for (const [place, action] of steps.entries())
      await api.cases.act({ id: caseId, revision: place + 1, action });
  }
  return id;
}

const today = businessDay(new Date().toISOString());

const fill = (text: string, values: Record<string, string | number>): string =>
  Object.entries(values).reduce(
    (filled, [name, value]) => filled.replace(`{{${name}}}`, String(value)),
    text,
  );

describe.each(languagesOf('credit'))('a merchant’s credit, in %s', (language) => {
  const said = CREDIT[language];

  it('shows grade, points line by line and reasons that lead to the cases, and what more facts would do', async () => {
    const { page } = workstation;
    const words = WORDS[language].common;
    await page.getByRole('banner').getByText(words.language[language], { exact: true }).click();
    await page.evaluate((address) => {
      location.hash = address;
    }, `#/merchants/${merchants[language]}`);
    await page.getByRole('heading', { name: said.title }).waitFor();
    await page.getByText(said.grade.C).first().waitFor();
    const table = page.getByRole('table');
    const row = table.getByRole('row').filter({ hasText: said.indicator['settled-at-source'] });
    await row.getByText('0 / 3').waitFor();
    const reason = page.getByRole('listitem').filter({ hasText: said.indicator['settled-at-source'] });
    await expect.poll(() => reason.first().getByRole('link').count()).toBe(3);
    const changed = page.getByRole('region', { name: said.changed.title });
    await changed.getByText(said.changed.cause['on-demand']).waitFor();
    const came = changed.getByRole('list', { name: said.changed.facts }).getByRole('listitem');
    await expect.poll(() => came.count()).toBe(1);
    await came.getByText(said.indicator['priced-clearly']).waitFor();
    await expectAccessible(page);

    // By the keyboard alone.
    await page.getByText(said.whatIf.title, { exact: true }).click();
    const slider = page.getByRole('slider', { name: said.indicator['settled-at-source'] });
    await slider.focus();
    const result = page.getByRole('status').filter({ hasText: said.whatIf.result.slice(0, 4) });
    const before = await result.textContent();
    for (let pressed = 0; pressed < 5; pressed += 1) await slider.press('ArrowRight');
    await expect.poll(() => result.textContent()).not.toBe(before);
    await expectAccessible(page);
  });

  it('takes down an objection, and lets nobody decide it who took part', async () => {
    const { page } = workstation;
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const dialog = (name: string) => page.getByRole('dialog', { name });
    await press(said.action['reply-given']);
    await dialog(said.action['reply-given']).getByLabel(said.field.text).fill('我店已增派客服');
    await dialog(said.action['reply-given']).getByRole('button', { name: said.save }).click();
    await page.getByRole('region', { name: said.reply.title }).getByText('我店已增派客服').waitFor();

    await press(said.action['objection-made']);
    const objection = dialog(said.action['objection-made']);
    await objection.getByRole('button', { name: said.save }).click();
    // Named at its field.
    await objection.getByRole('alert').first().waitFor();
    await objection.getByLabel(said.field.text).fill('顾客未到场');
    await objection.getByRole('button', { name: said.save }).click();
    await page.getByText(said.pendingText).waitFor();
    await page.getByText(said.pending, { exact: true }).waitFor();

    await press(said.action['objection-decided']);
    const decision = dialog(said.action['objection-decided']);
    await decision.getByLabel(said.field.reason).fill('核实');
    await decision.getByRole('button', { name: said.save }).click();
    await decision.getByText(said.rules['credit-took-part']).waitFor();
    await decision.getByRole('button', { name: said.cancel }).click();
    await expectAccessible(page);
  });

  it('prints the notice, whose number and code are those that were published', async () => {
    const { page } = workstation;
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: said.notice.print, exact: true }).press('Enter');
    await (await popup).close();
    const number = noticeNumber(merchants[language], today.slice(0, 7));
    await page.evaluate(() => {
      location.hash = '#/verify';
    });
    const documents = WORDS[language].documents.verify;
    await page.getByLabel(documents.number).fill(number);
    await page.keyboard.press('Enter');
    await page.getByText(documents.grade['code-not-given']).waitFor();
    await page.getByText(documents.stands, { exact: true }).waitFor();
    await expectAccessible(page);
  });

  it('checks a policy while it is typed, and says who changes before it is published', async () => {
    const { page } = workstation;
    const texts = said.policyPage;
    await page.evaluate(() => {
      location.hash = '#/credit';
    });
    await page.getByRole('button', { name: texts.title, exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: texts.title }).waitFor();
    const faults = page.getByRole('list', { name: texts.faultsLabel });
    const day = page.getByRole('textbox', { name: said.policyField.effectiveFrom });
    await day.fill('2099-01-01');
    await day.press('Tab');
    const end = page.getByRole('spinbutton', {
      name: fill(texts.cell, { row: 'B', name: said.policyField.to }),
    });
    await end.fill('855');
    await faults.getByText(fill(said.rules['credit-band-overlap'], { expected: 849 })).waitFor();
    await expectAccessible(page);
    await end.fill('849');
    await page.getByText(texts.sound, { exact: true }).waitFor();
    await page.getByRole('spinbutton', { name: said.policyField.leastMatters }).fill('6');
    await page.getByRole('button', { name: texts.compare, exact: true }).press('Enter');
    // How many have which grade, now and then; none changes whose objection is open.
    const counted = page.getByRole('table', { name: texts.distribution });
    await counted.getByRole('row').nth(1).waitFor();
    await expectAccessible(page);
    // What was compared is what is published: another value asks for another look.
    await page.getByRole('button', { name: texts.publish, exact: true }).waitFor();
    await page.getByRole('spinbutton', { name: said.policyField.leastMatters }).fill('5');
    await page.getByRole('button', { name: texts.publish, exact: true }).waitFor({ state: 'hidden' });
    await page.evaluate((address) => {
      location.hash = address;
    }, `#/merchants/${merchants[language]}`);
  });

  it('puts nobody on the severe list without a decision', async () => {
    const { page } = workstation;
    await page.getByRole('button', { name: said.action['listing-recorded'], exact: true }).click();
    const listing = page.getByRole('dialog', { name: said.action['listing-recorded'] });
    await listing.getByRole('combobox', { name: said.field.listing }).click();
    await page.getByText(said.choice.severe, { exact: true }).last().click();
    await listing.getByRole('textbox', { name: said.field.ground }).fill('虚构');
    await listing.getByRole('button', { name: said.save }).click();
    await listing.getByText(said.rules['credit-severe-needs-decision']).first().waitFor();
    await listing.getByRole('textbox', { name: said.field.number }).fill('甬市监严〔2026〕1号');
    await listing.getByRole('textbox', { name: said.field.organ }).fill('宁波市市场监督管理局');
    await listing.getByRole('textbox', { name: said.field.on }).fill('2026-01-05');
    await listing.getByRole('button', { name: said.save }).click();
    await page
      .getByText(
        fill(said.entries.listing, {
          name: said.choice.severe,
          number: '甬市监严〔2026〕1号',
          organ: '宁波市市场监督管理局',
          on: '2026-01-05',
        }),
      )
      .waitFor();
  });
});
