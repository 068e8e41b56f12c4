import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import en from '../../src/renderer/disclosure/locales/en.ts';
import zh from '../../src/renderer/disclosure/locales/zh-CN.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { FINANCE } from './forms/finance-forms.ts';
import { type Language, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const DISCLOSURES = { 'zh-CN': zh, en };
const NOW = new Date('2026-11-20T02:00:00Z');

const WORKSTATIONS: [Language, { unitPath: string; staffId: string; code: string }][] = [
  ['zh-CN', { unitPath: '/HS/C1/M01', staffId: 'mediator-mall', code: '92330203MA2JKLMN2C' }],
  ['en', { unitPath: '/HS/C1/M02', staffId: 'mediator-second', code: '92330203MA2PQRTU9B' }],
];

/** Pictures for whoever wants to look at them. */
async function picture(page: Page, name: string, of = page.locator('main')): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 700],
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await of.scrollIntoViewIfNeeded();
    await of.screenshot({ path: join(folder, `${name}.${width}.png`) });
  }
}

describe.each(WORKSTATIONS)('credit finance, in %s', (language, { code, ...place }) => {
  const words = FINANCE[language];

  it('says why not, takes a consent signed on the screen, shows what the bank read, and takes it back', async () => {
    stage.centre.setNow(NOW);
    const { workstation, prepared: merchantId } = await stage.openWorkstation(`金融-${language}`, {
      ...place,
      language,
      clock: () => NOW,
      now: NOW,
      prepare: async (api) => {
        const id = crypto.randomUUID();
        await api.merchants.register({
          merchantId: id,
          name: '虚构服饰店',
          creditCode: code,
          category: 'individual-business',
          unitPath: place.unitPath,
          address: null,
          contactName: null,
          phone: null,
        });
        await api.sync.now();
        return id;
      },
    });
    const { page } = workstation;
    const goTo = (path: string): Promise<void> =>
      page.evaluate((hash) => {
        location.hash = `#/${hash}`;
      }, path);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const labelled = (name: string) => page.getByLabel(name, { exact: true });

    // Why not, and what would change it: the licence is one thing that can be recorded at once.
    await goTo(`merchants/${merchantId}`);
    const products = page.getByRole('table', { name: words.products.label });
    await products.getByText(words.why.monthsUnknown).first().waitFor();
    await button(words.licence.title).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.licence.day, { exact: true }).fill('2027-01-01');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').first().waitFor();
    expect(await dialog.getByLabel(words.licence.day, { exact: true }).inputValue()).toBe('2027-01-01');
    await dialog.getByLabel(words.licence.day, { exact: true }).fill('2020-05-01');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('2020-05-01').first().waitFor();
    await expectAccessible(page);
    await picture(page, `finance-merchant.${language}`, page.locator('.heshi-finance'));

    // A consent: what is missing is named, and what was typed stays.
    await button(words.consents.new).click();
    await page.getByRole('heading', { name: words.form.title }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').first().waitFor();
    await labelled(words.form.recipient).click();
    await page.getByTitle('合作银行').click();
    await labelled(words.form.contact).fill('0574-00000000');
    for (const item of [words.item.grade, words.item.qualification])
      await page.getByRole('checkbox', { name: new RegExp(item) }).click();
    await labelled(words.form.purpose).fill('申请海个贷');
    await labelled(words.form.until).fill('2028-01-01');
    await labelled(words.form.name).fill('王虚构');
    await labelled(words.form.position).fill('经营者');
    await labelled(words.form.idTail).fill('123X');
    await page.getByRole('radio', { name: words.capacity.operator }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    const { rules } = (await import(`../../src/renderer/finance/locales/${language}.ts`)) as {
      rules: Record<string, string>;
    };
    await page.getByText(rules['consent-signature-needed'] ?? '').waitFor();
    const field = page.getByRole('region', { name: words.form.signing }).getByRole('img').last();
    await field.scrollIntoViewIfNeeded();
    const box = await field.boundingBox();
    if (!box) throw new Error('There is no field to sign in');
    await page.mouse.move(box.x + 30, box.y + 60);
    await page.mouse.down();
    for (const [x, y] of [
      [80, 30],
      [140, 90],
      [200, 40],
    ] as const)
      await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
    await page.mouse.up();
    await page.getByText(WORDS[language].documents.ink.signed, { exact: true }).waitFor();
    await page.keyboard.press('Control+Enter');
    // Longer than the products allow: said at its field, and neither text nor signature is lost.
    await page
      .getByRole('alert')
      .filter({ hasText: rules['consent-too-long'] ?? '' })
      .first()
      .waitFor();
    expect(await labelled(words.form.purpose).inputValue()).toBe('申请海个贷');
    await page.getByText(WORDS[language].documents.ink.signed, { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `finance-consent.${language}`, page.locator('.heshi-consent'));
    await labelled(words.form.until).fill('2027-05-19');
    await page.keyboard.press('Control+Enter');
    const consents = page.getByRole('table', { name: words.consents.title });
    await consents.getByText(words.consents.standing['in-force']).waitFor();
    await workstation.syncNow();

    // The bank reads by its token; the merchant reads that.
    const { admin } = stage.centre.admin;
    const { token } = await admin.issueToken({
      unitPath: '/HS',
      scopes: ['data.read'],
      until: '2027-03-31',
      heldBy: '合作银行',
      purpose: '贷款审查',
      recipientPath: '/HS/B01',
    });
    const bank = createCentralClient({ baseUrl: stage.centre.url, token: () => token }).disclosures;
    expect(await bank.data({ code, items: ['grade', 'points'] })).toMatchObject({ refused: ['points'] });
    await workstation.syncNow();
    await page.reload();
    await goTo(`merchants/${merchantId}`);
    const reads = page.getByRole('table', { name: DISCLOSURES[language].reads.title });
    await reads.getByText(DISCLOSURES[language].reads.refused).waitFor();
    await reads.getByText(DISCLOSURES[language].reads.told, { exact: true }).waitFor();
    await picture(page, `finance-read.${language}`, page.locator('.heshi-disclosures'));

    // Taken back with one button and one Enter: who signed stands there already.
    await page.getByRole('button', { name: new RegExp(`^${words.consents.revoke}`) }).click();
    await dialog.waitFor();
    await dialog.getByLabel(words.consents.by, { exact: true }).press('Enter');
    await consents.getByText(words.consents.standing.revoked, { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, `finance-revoked.${language}`, page.locator('.heshi-finance'));
  });
});
