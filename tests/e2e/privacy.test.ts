import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import en from '../../src/renderer/privacy/locales/en.ts';
import zh from '../../src/renderer/privacy/locales/zh-CN.ts';
import { plainTextOf } from '../support/poppler.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const PRIVACY = { 'zh-CN': zh, en };

// Neither unit sees what the other records.
const WORKSTATIONS: [Language, { unitPath: string; staffId: string }][] = [
  ['zh-CN', { unitPath: '/HS/C1/M01', staffId: 'mediator-mall' }],
  ['en', { unitPath: '/HS/C1/M02', staffId: 'mediator-second' }],
];

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

/** The PDF that a press opens in a window of its own. */
async function openedPdf(page: Page, press: () => Promise<void>): Promise<Uint8Array> {
  const opened = page.context().waitForEvent('page');
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    const kept = window as unknown as { pdf?: Promise<number[]> };
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob) kept.pdf = blob.arrayBuffer().then((buffer) => [...new Uint8Array(buffer)]);
      return make(blob);
    };
  });
  await press();
  await (await opened).close();
  const bytes = await page.evaluate(() => (window as unknown as { pdf: Promise<number[]> }).pdf);
  return Uint8Array.from(bytes);
}

describe.each(WORKSTATIONS)('a privacy request, in %s', (language, place) => {
  const words = PRIVACY[language];

  it('is received from a case’s page, decided, printed and answered, by the keyboard', async () => {
    const { workstation, prepared } = await stage.openWorkstation(`台-${language}`, {
      ...place,
      language,
      prepare: async (api) => {
        const open = await api.cases.register(caseInput());
        const over = await api.cases.register(caseInput({ source: 'phone' }));
        for (const [revision, action] of [
          [1, { step: 'case-withdrawn', payload: { reason: '撤回' } }],
          [2, { step: 'case-closed', payload: { satisfaction: 'satisfied' } }],
        ] as const)
          await api.cases.act({ id: over.id, revision, action });
        return { open, over };
      },
    });
    const { page } = workstation;
    const goTo = (path: string): Promise<void> =>
      page.evaluate((hash) => {
        location.hash = `#/${hash}`;
      }, path);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const press = (key: string): Promise<void> => page.keyboard.press(key);

    // Nothing there yet: the list says what to do.
    const navigation = page.getByRole('navigation', { name: WORDS[language].common.nav.label });
    await navigation.getByRole('menuitem', { name: words.nav }).click();
    await page.getByText(words.empty).waitFor();
    await expectAccessible(page);
    await picture(page, `privacy-empty.${language}`);

    // From the page of a case; what is missing is named, and what was typed stays.
    await goTo(`cases/${prepared.open.id}`);
    await button(words.ask).focus();
    await picture(page, `privacy-case.${language}`);
    await press('Enter');
    await page.getByRole('heading', { name: words.form.title }).waitFor();
    const named = page.getByLabel(words.form.name, { exact: true });
    await expect.poll(() => named.inputValue()).toBe('张三');
    const list = page.getByRole('list', { name: words.form.recordsList });
    const tick = (number: string) => list.getByRole('checkbox', { name: new RegExp(number) });
    expect(await tick(prepared.open.number).isChecked()).toBe(true);
    await press('Control+Enter');
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel(words.form.phone, { exact: true }).fill('100 1234 5678');
    await page.getByRole('radio', { name: words.identity['id-seen'] }).focus();
    await press('Space');
    await page.getByRole('radio', { name: words.what.deletion }).focus();
    await press('Space');
    await press('Control+Enter');
    const { 'privacy-wish-needed': wishNeeded } = (
      await import(`../../src/renderer/privacy/locales/${language}.ts`)
    ).rules as Record<string, string>;
    await page
      .getByRole('alert')
      .filter({ hasText: wishNeeded ?? '' })
      .waitFor();
    await page.getByLabel(words.form.wish, { exact: true }).fill('不再需要');
    // The other one is found by the number that they left, and ticked.
    await page.getByLabel(words.form.recordsLabel, { exact: true }).fill('10012345678');
    await tick(prepared.over.number).focus();
    await press('Space');
    await page.getByText(words.form.chosen.replace('{{count}}', '2')).waitFor();
    await expectAccessible(page);
    await picture(page, `privacy-form.${language}`);
    await list.scrollIntoViewIfNeeded();
    await picture(page, `privacy-records.${language}`);

    // A draft: gone elsewhere and back, all of it is still there.
    await goTo('cases');
    await goTo('privacy/new');
    await page.getByText(WORDS[language].common.draft.restored).waitFor();
    expect(await page.getByLabel(words.form.wish, { exact: true }).inputValue()).toBe('不再需要');
    await expect.poll(() => tick(prepared.over.number).isChecked()).toBe(true);
    await named.focus();
    await press('Control+Enter');
    await page.getByText(words.status.received).first().waitFor();
    await expectAccessible(page);
    await picture(page, `privacy-page.${language}`);

    // What is not over stands there refused; the other is granted.
    await button(words.decide.action).focus();
    await press('Enter');
    await page.getByText(words.decide.bar['case-open']).waitFor();
    const over = page.getByRole('region', { name: new RegExp(prepared.over.number) });
    await press('Control+Enter');
    await over.getByRole('alert').first().waitFor();
    await over.getByRole('radio', { name: words.verdict.granted, exact: true }).focus();
    await press('Space');
    await expectAccessible(page);
    await picture(page, `privacy-decide.${language}`);
    await press('Control+Enter');
    await page.getByText(words.page.notErased).waitFor();
    await page.getByText(words.page.printFirst).waitFor();

    const paper = await openedPdf(page, async () => {
      await button(words.page.print).focus();
      await press('Enter');
    });
    const said = (await plainTextOf(paper)).replaceAll(/\s/g, '');
    for (const part of ['个人信息删除答复书', '张三', '尚未办结', prepared.over.number])
      expect(said).toContain(part);
    await page.getByText(words.page.printed).waitFor();
    await button(words.answer.title).focus();
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: words.answer.title });
    await dialog.waitFor();
    await workstation.choose(words.answer.manner, words.manner['handed-over']);
    await expectAccessible(page);
    await picture(page, `privacy-answer.${language}`);
    await press('Control+Enter');
    await page.getByText(words.status.answered).first().waitFor();
    await expectAccessible(page);
    await picture(page, `privacy-answered.${language}`);

    // On the list, narrowed by what stands in the address.
    await goTo('privacy?what=deletion&status=answered');
    await page.getByRole('row', { name: /-P\d{4}-/ }).waitFor();
    await expectAccessible(page);
    await picture(page, `privacy-list.${language}`);
    await goTo('privacy?due=overdue');
    await page.getByText(words.noneFound).waitFor();
    await button(words.clear).focus();
    await press('Enter');
    await page.getByRole('row', { name: /-P\d{4}-/ }).waitFor();
  });
});
