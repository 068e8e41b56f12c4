import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { CHECKLISTS } from '../../src/domain/street/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import english, { rules as englishRules } from '../../src/renderer/street/locales/en.ts';
import chinese, { rules as chineseRules } from '../../src/renderer/street/locales/zh-CN.ts';
import { pngOf } from '../support/samples.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SAID = {
  'zh-CN': { ...chinese, rules: chineseRules },
  en: { ...english, rules: englishRules },
};
const [language = 'zh-CN'] = languagesOf('street');
const said = SAID[language];
const items = CHECKLISTS[0]?.items ?? [];
const nameOf = (code: string): string => {
  const text = items.find((one) => one.code === code)?.text;
  return (language === 'en' ? text?.en : text?.zh) ?? '';
};

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
    await page.screenshot({ path: join(folder, `${name}.${language}.${width}.png`), fullPage: true });
  }
}

/** A street of the circle with two shops on it. */
async function streetWithShops(api: WorkstationClient): Promise<void> {
  const streetId = crypto.randomUUID();
  await api.streets.open({ streetId, name: '虚构示范街', unitPath: '/HS/C1' });
  for (const name of ['虚构服饰店', '虚构鞋店']) {
    const merchantId = crypto.randomUUID();
    await api.merchants.register({
      merchantId,
      name,
      creditCode: null,
      category: 'enterprise',
      unitPath: '/HS/C1/M01/S001',
      address: null,
      contactName: null,
      phone: null,
    });
    await api.streets.join({ eventId: uuidv7(), streetId, merchantId });
  }
}

describe(`a priced-clearly street, in ${language}`, () => {
  it('is patrolled with photographs, what is wrong is named and kept, and a plaque hangs', async () => {
    const { workstation } = await stage.openWorkstation('商圈台', {
      unitPath: '/HS/C1',
      staffId: 'supervisor-circle',
      language,
      undoMs: 0,
      prepare: streetWithShops,
    });
    const { page } = workstation;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByRole('navigation').getByRole('menuitem', { name: said.nav }).click();
    await page.getByRole('link', { name: '虚构示范街' }).click();
    await picture(page, 'street');
    await button(said.patrol.action).click();

    // Nobody was visited; then a shop of which one thing is missed, and the rest is met.
    const form = page.getByRole('form', { name: said.patrol.label });
    await form.waitFor();
    await button(said.patrol.save).click();
    await form.getByText(said.rules['patrol-no-shop']).first().waitFor();
    await form.getByRole('combobox', { name: said.patrol.shops }).click();
    for (const shop of ['虚构服饰店', '虚构鞋店']) await page.getByTitle(shop).last().click();
    await page.keyboard.press('Escape');
    const missed = form.getByRole('group', { name: `虚构服饰店 ${nameOf('gift')}` });
    await missed.getByText(said.patrol.answer.missed, { exact: true }).click();
    for (const shop of ['虚构服饰店', '虚构鞋店']) await button(`${said.patrol.restMet} ${shop}`).click();
    await form.getByLabel(said.patrol.findings).first().fill('赠品未标明数量');
    await button(said.patrol.save).click();
    await form.getByText(said.rules['patrol-photo-needed']).first().waitFor();
    expect(await form.getByLabel(said.patrol.findings).first().inputValue()).toBe('赠品未标明数量');
    const file = { name: 'IMG_0001.png', mimeType: 'image/png', buffer: pngOf(40, 60) };
    await form.getByLabel(`${said.patrol.photos} ${nameOf('gift')}`, { exact: true }).setInputFiles(file);
    await form.getByText(file.name).waitFor();
    await expectAccessible(page);
    await picture(page, 'street-patrol');
    await button(said.patrol.save).click();

    // Its shops stand there with what was found; the plaque is granted by it.
    await page
      .getByRole('row', { name: /虚构服饰店/ })
      .getByText('95.65')
      .waitFor();
    await picture(page, 'street-patrolled');
    await page.getByRole('link', { name: '虚构服饰店' }).click();
    await page.getByText('赠品未标明数量').waitFor();
    await button(said.step['plaque-granted']).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: said.step['plaque-granted'], exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await button(said.step['plaque-withdrawn']).waitFor();
    await expectAccessible(page);
    await picture(page, 'street-shop');

    const today = businessDay(new Date().toISOString());
    await expect
      .poll(async () => {
        const { all } = await stage.centre.admin.admin.rollup({ path: '/HS/C1', from: today, to: today });
        const { totals } = all;
        return [
          totals['street-patrols'],
          totals['street-shops-patrolled'],
          totals['street-items-missed'],
          totals['plaques-in-force'],
        ];
      })
      .toEqual([1, 2, 1, 1]);
  });
});
