import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import importWords from '../../src/renderer/imports/locales/en.ts';
import { caseInput } from '../support/workstation.ts';
import { type WorkstationPage } from './pages/workstation-page.ts';
import { WORDS, type Language } from './pages/words.ts';
import { seriousViolations } from './support/accessible.ts';
import { watchSettling } from './support/settled.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
let workstation: WorkstationPage;
let settled: () => Promise<void>;
let caseId: string;
let returnId: string;
let merchantId: string;
let policyId: string;
let privacyId: string;

beforeAll(async () => {
  ({ workstation } = await stage.openWorkstation('商场台', {
    unitPath: '/HS/C1/M01',
    staffId: 'mediator-mall',
    prepare: fillWorkstation,
    // So long that an import can be taken back however slow the machine is.
    undoMs: 120_000,
  }));
  settled = watchSettling(workstation.page);
});

/** A little of everything, through the workstation's own commands. */
async function fillWorkstation(api: WorkstationClient): Promise<void> {
  ({ id: caseId } = await api.cases.register(caseInput()));
  await api.cases.act({ id: caseId, revision: 1, action: { step: 'case-accepted', payload: {} } });
  merchantId = crypto.randomUUID();
  await api.merchants.register({
    merchantId,
    name: '虚构鞋店',
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01',
    address: '中山东路一号',
    contactName: '李经理',
    phone: '10011112222',
  });
  await api.merchants.propose({
    id: merchantId,
    revision: 1,
    commitment: {
      windowDays: 7,
      startRule: 'day-after',
      goods: null,
      excludedGoods: [],
      conditions: null,
      giftRule: 'charged',
      freightRule: 'consumer',
      group: null,
      effectiveFrom: '2026-03-01',
      note: null,
    },
  });
  returnId = crypto.randomUUID();
  await api.returns.request({
    returnId,
    merchantId,
    consumer: { name: '赵六', phone: null },
    request: {
      goodsCategory: 'shoes-and-bags',
      goodsName: '牛皮单鞋',
      purchasedOn: '2026-02-01',
      amountFen: 59_900,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    },
  });
  policyId = crypto.randomUUID();
  await api.funds.takePolicy({
    policyId,
    number: 'NB-2026-0001',
    insurer: '虚构财产保险',
    unitPath: '/HS/C1/M01',
    from: '2026-01-01',
    to: '2026-12-31',
    sumFen: 20_000_000,
    premiumFen: 600_000,
    ratePerMille: 100,
    perCaseFen: 50_000,
    merchantIds: null,
    goods: ['food'],
  });
  privacyId = crypto.randomUUID();
  await api.privacy.receive({
    privacyId,
    what: 'access',
    requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
    identity: 'id-seen',
    records: [{ kind: 'return', id: returnId }],
    wish: '',
  });
  await api.sync.now();
}

const screens = (): string[] => [
  'today',
  'cases',
  'cases/new',
  `cases/${caseId}`,
  'returns',
  'returns/new',
  `returns/${returnId}`,
  'returns/between',
  'merchants',
  'merchants/coverage',
  `merchants/${merchantId}`,
  `merchants/${merchantId}/consent`,
  'funds',
  `policies/${policyId}`,
  'credit/figures',
  'sanctions',
  'restorations',
  'restorations/new',
  'inspections',
  'streets',
  'stations',
  'privacy',
  'privacy/new',
  `privacy/${privacyId}`,
  'deadlines',
  'rollup',
  'figures',
  'imports',
  'settings',
  'settings/procedure',
];

describe.each(Object.keys(WORDS) as Language[])('every screen in %s', (language) => {
  it('is in that language, complete, and without serious accessibility violations', async () => {
    const { page } = workstation;
    const words = WORDS[language];
    await page.getByRole('banner').getByText(words.common.language[language], { exact: true }).click();
    await page.getByRole('navigation', { name: words.common.nav.label }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const found: string[] = [];
    for (const screen of screens()) {
      await page.evaluate((path) => {
        location.hash = `#/${path}`;
      }, screen);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled();
      const text = (await page.locator('body').textContent()) ?? '';
      // A key without words would show as its own name.
      expect(text, screen).not.toMatch(/\b(status|field|list|form|page|action|nav|rule)\.[a-z][A-Za-z-]+\b/);
      found.push(...(await seriousViolations(page)).map((one) => `${screen}: ${one}`));
    }
    expect(found).toEqual([]);
  });
});

describe('a person who has asked for stillness', () => {
  it('sees nothing move, not even the ripple of a button that is pressed', async () => {
    const { page } = workstation;
    const { save, name } = WORDS.en.cases.saved;
    await page.evaluate(() => {
      location.hash = '#/cases?mine=1';
    });
    // A button that stays where it is: one that goes takes its ripple along.
    await page.getByRole('button', { name: save }).click();
    await page.getByLabel(name).waitFor();
    await settled();
    const moving = await page.evaluate(() =>
      document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0),
    );
    expect(moving).toHaveLength(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

describe('the keyboard', () => {
  it('opens a new case, finds one, saves, and Esc loses nothing', async () => {
    const { page } = workstation;
    const words = WORDS.en;
    await page.keyboard.press('Alt+KeyN');
    await page.getByRole('heading', { name: words.cases.form.title }).waitFor();
    await page.getByLabel(words.cases.form.consumerName).fill('钱七');
    await page.keyboard.press('Escape');
    expect(await page.getByLabel(words.cases.form.consumerName).inputValue()).toBe('钱七');
    await page.keyboard.press('Control+Enter');
    // Bad input: each field says what is wrong, and what was typed stays.
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByLabel(words.cases.form.consumerName).inputValue()).toBe('钱七');
    await page.keyboard.press('Control+KeyK');
    const palette = page.getByRole('dialog', { name: words.common.palette.label });
    await palette.getByRole('combobox').fill('zs');
    await palette.getByRole('option').filter({ hasText: '张三' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(words.cases.page.next, { exact: true }).waitFor();
    await page.keyboard.press('Alt+Shift+KeyN');
    await page.getByRole('heading', { name: words.returns.form.title }).waitFor();
  });
});

describe('an import', () => {
  it('lists the sheets, says what is not read, and is taken back as a whole', async () => {
    const { page } = workstation;
    await page.evaluate(() => {
      location.hash = '#/imports';
    });
    await page
      .locator('input[type=file]')
      .setInputFiles(join(import.meta.dirname, '../import/fixtures/o06-months-hidden-and-notes.xlsx'));
    await page.getByText('The hidden sheet “底稿” (1 rows) was not read.').waitFor();
    await page.getByText('3 of 5 sheets are read').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: importWords.commit.action.replace('{{accepted}}', '6') }).click();
    await page.getByRole('heading', { name: importWords.done.title }).waitFor();
    await page.getByRole('button', { name: importWords.undo.action }).click();
    await page.getByRole('dialog').getByRole('button', { name: importWords.undo.action }).click();
    await page.getByText(importWords.undo.done.replace('{{rows}}', '6')).waitFor();
    await page.getByText(importWords.choose.drop).waitFor();
  });
});
