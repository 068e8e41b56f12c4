import { beforeAll, describe, expect, it } from 'vitest';
import { addMonths, businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import english, { rules as englishRules } from '../../src/renderer/sanction/locales/en.ts';
import chinese, { rules as chineseRules } from '../../src/renderer/sanction/locales/zh-CN.ts';
import type { WorkstationPage } from './pages/workstation-page.ts';
import { type Language, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SAID = { 'zh-CN': { ...chinese, rules: chineseRules }, en: { ...english, rules: englishRules } };
const NAMES: Record<Language, string> = { 'zh-CN': '虚构服饰店', en: '虚构鞋店' };
const today = businessDay(new Date().toISOString());
/** Determined two months ago, so that the three of an ordinary one are over within twelve weeks. */
const DETERMINED = addMonths(today, -2);
const OPENS = shiftDay(addMonths(DETERMINED, 3), 1);
let workstation: WorkstationPage;
let merchants: Record<Language, string>;

beforeAll(async () => {
  ({ workstation, prepared: merchants } = await stage.openWorkstation('区台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: async (api: WorkstationClient) => {
      const register = async (name: string): Promise<string> => {
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
        return merchantId;
      };
      return { 'zh-CN': await register(NAMES['zh-CN']), en: await register(NAMES.en) };
    },
  }));
});

const fill = (text: string, values: Record<string, string | number>): string =>
  Object.entries(values).reduce(
    (filled, [name, value]) => filled.replace(`{{${name}}}`, String(value)),
    text,
  );

describe.each(languagesOf('sanction'))('decisions about merchants, in %s', (language) => {
  const said = SAID[language];
  const go = (path: string) =>
    workstation.page.evaluate((address) => {
      location.hash = address;
    }, `#/${path}`);
  const press = (name: string) => workstation.page.getByRole('button', { name, exact: true }).first().click();
  const dialog = (name: string) => workstation.page.getByRole('dialog', { name });

  it('one is entered where the merchant stands; what is missing is said at its field, and what was typed stays', async () => {
    const { page } = workstation;
    const words = WORDS[language].common;
    await page.getByRole('banner').getByText(words.language[language], { exact: true }).click();
    await go(`merchants/${merchants[language]}`);
    await page.getByText(said.section.none).waitFor();
    await press(said.record.title);
    const form = dialog(said.record.title);
    await form.getByLabel(said.field.organ).fill('虚构市场监督管理局');
    await form.getByLabel(said.field.determinedOn, { exact: true }).fill(shiftDay(today, 3));
    await page.keyboard.press('Control+Enter');
    // The number is missing.
    await form.getByRole('alert').first().waitFor();
    await form.getByLabel(said.field.number).fill('虚市监处罚〔2026〕12号');
    await page.keyboard.press('Control+Enter');
    // A day to come is refused by the rule, at its field.
    await expect
      .poll(() => form.getByLabel(said.field.determinedOn, { exact: true }).getAttribute('aria-invalid'))
      .toBe('true');
    expect(await form.getByLabel(said.field.organ).inputValue()).toBe('虚构市场监督管理局');
    await form.getByLabel(said.field.determinedOn, { exact: true }).fill(DETERMINED);
    await form.getByRole('combobox', { name: said.field.class, exact: true }).click();
    await page.getByText(said.class.ordinary, { exact: true }).last().click();
    await form.getByLabel(said.field.duties).fill('缴纳罚款');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1 }).filter({ hasText: '虚市监处罚〔2026〕12号' }).waitFor();
    await page.getByText(fill(said.page.notBefore, { day: OPENS })).waitFor();
    await page.getByLabel(said.documents.file).setInputFiles({
      name: '决定书.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.7\n%虚构的决定书 ${language}\n`),
    });
    await page.getByRole('button', { name: '决定书.pdf' }).waitFor();
    await expectAccessible(page);
  });

  it('its duty is done, and it says the day; another list stands in the way, and leads there', async () => {
    const { page } = workstation;
    await press(said.duty.done);
    const done = dialog(said.duty.done);
    await done.getByLabel(said.field.proof).fill('收据 0001');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('status')
      .filter({ hasText: fill(said.verdict.on, { day: OPENS }) })
      .waitFor();
    // The same decision typed otherwise is refused in words.
    await go('sanctions');
    await press(said.record.title);
    const again = dialog(said.record.title);
    await again.getByRole('combobox', { name: said.field.merchant, exact: true }).fill(NAMES[language]);
    await page.getByTitle(NAMES[language]).filter({ visible: true }).last().click();
    await again.getByLabel(said.field.organ).fill('虚构市场监督管理局');
    await again.getByLabel(said.field.number).fill('虚市监处罚[2026] 12号');
    await again.getByLabel(said.field.determinedOn, { exact: true }).fill(DETERMINED);
    await page.keyboard.press('Control+Enter');
    await again
      .getByText(fill(said.rules['sanction-exists'], { number: '虚市监处罚〔2026〕12号' }))
      .first()
      .waitFor();
    await again.getByRole('combobox', { name: said.field.kind, exact: true }).click();
    await page.getByText(said.kind['severe-listing'], { exact: true }).last().click();
    await again.getByLabel(said.field.number).fill('虚列严〔2026〕1号');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1 }).filter({ hasText: '虚列严〔2026〕1号' }).waitFor();
    await go(`merchants/${merchants[language]}`);
    const own = page.getByRole('list', { name: said.title, exact: true });
    await own.getByText(said.verdict.blocked).waitFor();
    await own.getByRole('link').filter({ hasText: '12号' }).click();
    await page.getByRole('status').filter({ hasText: said.verdict.blocked }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '虚构市场监督管理局 虚列严〔2026〕1号' }).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: '虚列严〔2026〕1号' }).waitFor();
    await press(said.end.title);
    const end = dialog(said.end.title);
    await end.getByRole('combobox', { name: said.field.cause, exact: true }).click();
    await page.getByText(said.cause.removed, { exact: true }).last().click();
    await page.keyboard.press('Control+Enter');
    await end.getByText(said.rules['sanction-ending-number']).first().waitFor();
    await end.getByLabel(said.field.endNumber).fill('虚移严〔2026〕1号');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: said.never.ended }).waitFor();
  });

  it('stands on the list by its verdict and in the calendar of the next weeks', async () => {
    const { page } = workstation;
    await go('sanctions?verdict=on');
    const table = page.getByRole('table');
    const row = table.getByRole('row').filter({ hasText: NAMES[language] });
    await row.getByText(fill(said.verdict.on, { day: OPENS })).waitFor();
    await expectAccessible(page);
    await page.getByText(said.views.calendar, { exact: true }).click();
    const days = page.getByRole('row').filter({ hasText: NAMES[language] });
    await days.getByText(OPENS, { exact: true }).waitFor();
    await days.getByText(said.calendar.eligible, { exact: true }).waitFor();
    await expectAccessible(page);
  });

  it('a file is seen row by row before anything of it is recorded', async () => {
    const { page } = workstation;
    const lines = [
      '当事人名称,处罚机关,决定书文号,处罚决定日期,失信类别',
      `${NAMES[language]},虚构局,虚罚〔2026〕8号,${DETERMINED},轻微`,
      `${NAMES[language]},,虚罚〔2026〕9号,${DETERMINED},轻微`,
      `${NAMES[language]},虚构局,虚罚〔2026〕10号,${DETERMINED},特别严重`,
    ];
    const file = (text: string) => ({
      name: '处罚.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    await go('sanctions');
    await press(said.import.title);
    const form = dialog(said.import.title);
    await form.locator('input[type=file]').setInputFiles(file('姓名,电话,内容\n张三,1,2\n'));
    await form.getByText(said.import.shape).waitFor();
    await form.locator('input[type=file]').setInputFiles(file(lines.join('\n')));
    const refused = form.getByRole('table', { name: said.import.refused });
    await refused.getByText(said.rules['sanction-organ-missing']).waitFor();
    await refused.getByText(said.rules['sanction-class-unknown']).waitFor();
    await refused.getByText('特别严重', { exact: true }).waitFor();
    await expectAccessible(page);
    await form.getByRole('button', { name: fill(said.import.save, { count: 1 }) }).click();
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('row').filter({ hasText: '虚罚〔2026〕8号' }).first().waitFor();
    expect(await page.getByRole('row').filter({ hasText: '虚罚〔2026〕9号' }).count()).toBe(0);
  });
});
