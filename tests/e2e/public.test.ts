import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import caseEnglish from '../../src/renderer/case/locales/en.ts';
import caseChinese from '../../src/renderer/case/locales/zh-CN.ts';
import english from '../../src/renderer/public/locales/en.ts';
import chinese from '../../src/renderer/public/locales/zh-CN.ts';
import * as en from '../../src/words/public/en.ts';
import * as zh from '../../src/words/public/zh-CN.ts';
import { enrolTestDevice } from '../support/device.ts';
import { codeFor } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { type Language, LANGUAGES, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const PUBLIC_URL = 'https://heshi.example.org';
const MALL = '/HS/C1/M01';

const stage = useStage({ publicUrl: () => PUBLIC_URL });
const SAID = { 'zh-CN': zh, en };
const SCREEN = { 'zh-CN': chinese, en: english };
const CASE = { 'zh-CN': caseChinese, en: caseEnglish };
const merchantId = uuidv7();
let workstation: WorkstationPage;
let known: { code: string; number: string; check: string; caseId: string };
let phone: Page;
/** The same telephone with scripts, which axe is one of: a page is looked at in it by its address. */
let looking: Page;
/** What each page weighed, bytes. */
const weighed: number[] = [];

/** A merchant with a promise and a grade, its card printed, and a consumer who holds a receipt of a case that is over. */
async function prepare(api: WorkstationClient): Promise<typeof known> {
  const mall = await enrolTestDevice({ url: stage.centre.url, code: await codeFor(stage.centre, MALL) });
  const actor = { staffId: 'mediator-mall', name: '测试员', role: 'mediator', unitPath: MALL };
  const stream = { kind: 'merchant', id: merchantId };
  const fields = {
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: MALL,
    address: '药行街1号',
    contactName: '李四光',
    phone: '13900001111',
    invented: true,
  };
  const promise = {
    commitmentId: uuidv7(),
    windowDays: 7,
    windowStartsNextDay: true,
    excludedGoods: ['underwear'],
    effectiveFrom: '2026-01-01',
    note: null,
  };
  await mall.push([
    mall.event({ stream, actor, type: 'merchant-registered', payload: fields }),
    mall.event({ stream, actor, type: 'commitment-made', payload: promise }),
  ]);
  await api.sync.now();
  const ids: string[] = [];
  for (const _ of [1, 2, 3]) {
    const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name: fields.name } }));
    ids.push(id);
  }
  const [caseId = ''] = ids;
  await api.sync.now();
  await api.sync.now();
  const { document } = await api.documents.issue({
    caseId,
    documentId: uuidv7(),
    kind: 'receipt',
    fields: { materials: '购物小票' },
  });
  for (const id of ids) {
    const from = id === caseId ? 2 : 1;
    const actions = [
      { step: 'case-accepted', payload: {} },
      { step: 'mediation-failed', payload: { reason: '差距过大' } },
      { step: 'case-closed', payload: { satisfaction: 'unknown' } },
    ] as const;
    for (const [place, action] of actions.entries())
      await api.cases.act({ id, revision: from + place, action });
  }
  const size = 'A5';
  await api.merchants.card({ id: merchantId, commitmentId: promise.commitmentId, size });
  await api.sync.now();
  await stage.centre.admin.admin.gradeMerchants({});
  await api.sync.now();
  const { publicAddress } = await api.merchants.get({ id: merchantId });
  expect(publicAddress).toMatch(new RegExp(`^${PUBLIC_URL}/p/s/[0-9A-Z]{20}$`));
  return {
    code: publicAddress?.slice(-20) ?? '',
    number: document.number,
    check: document.code,
    caseId,
  };
}

beforeAll(async () => {
  ({ workstation, prepared: known } = await stage.openWorkstation('圈台', {
    unitPath: '/HS/C1',
    staffId: 'supervisor-circle',
    prepare,
  }));
  const options = {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
  };
  [phone, looking] = (await Promise.all(
    [{ ...options, javaScriptEnabled: false }, options].map(async (one) =>
      (await stage.browser.newContext(one)).newPage(),
    ),
  )) as [Page, Page];
});
afterAll(() => Promise.all([phone, looking].map((page) => page.context().close())));

/** What is on the phone's screen is complete, fits its width, weighs little, and names nobody. */
async function expectFit(): Promise<void> {
  await looking.goto(phone.url());
  await expectAccessible(looking);
  const { wide, text } = await looking.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    text: document.documentElement.outerHTML,
  }));
  expect(wide).toBeLessThanOrEqual(0);
  expect(text).not.toMatch(/李四光|张三|13900001111|10012345678|<script/);
  expect(text).not.toContain(merchantId);
  weighed.push(Buffer.byteLength(text));
}

/** The workstation's screen goes on in a language. */
async function speak(language: Language): Promise<void> {
  const name = WORDS['zh-CN'].common.language[language];
  await workstation.page.getByRole('banner').getByText(name, { exact: true }).click();
}

/** The supervisor decides by keyboard, with a reason, and the centre learns of it. */
async function decide(language: Language, what: 'show' | 'hide'): Promise<void> {
  const { page } = workstation;
  const said = SCREEN[language];
  const circles = page.getByRole('list', { name: said.title });
  await circles.getByText(what === 'show' ? said.hidden : said.shown, { exact: true }).waitFor();
  await expectAccessible(page);
  await circles.getByRole('button').first().press('Enter');
  const dialog = page.getByRole('dialog');
  const [begins = ''] = said[`${what}Title`].split('{{name}}');
  const confirm = dialog.getByRole('button', { name: new RegExp(`^${begins}`) });
  await confirm.press('Enter');
  // Named at its field.
  await dialog.getByRole('alert').first().waitFor();
  await dialog.getByLabel(said.reason).fill('商圈议定');
  await confirm.press('Enter');
  await circles.getByText(what === 'show' ? said.shown : said.hidden, { exact: true }).waitFor();
  await workstationPage(page, WORDS[language]).syncNow();
}

describe('the public pages on a telephone, without any script', () => {
  it('show a shop’s promise in both languages and no grade', async () => {
    await phone.goto(`${stage.centre.url}/p/s/${known.code}`);
    for (const language of LANGUAGES) {
      const said = SAID[language];
      if (language === 'en') await phone.getByRole('link', { name: zh.site.other }).click();
      await phone.getByRole('heading', { name: '虚构服饰店' }).waitFor();
      await phone.getByText(said.shop.within).waitFor();
      expect(await phone.getByRole('heading', { name: said.grade.title }).count()).toBe(0);
      await expectFit();
    }
  });

  it.each(languagesOf('public'))(
    'show its grade as long as the circle’s supervisor has decided so, by keyboard, in %s',
    async (language) => {
      const { page } = workstation;
      await speak(language);
      await page.evaluate(() => {
        location.hash = '#/credit';
      });
      await decide(language, 'show');
      const grades = async (): Promise<number> => {
        await phone.goto(`${stage.centre.url}/p/s/${known.code}?lang=zh`);
        return phone.getByRole('heading', { name: zh.grade.title }).count();
      };
      // Once the decision has reached the centre; a page without any script does not change by itself.
      await expect.poll(grades).toBe(1);
      for (const shown of LANGUAGES) {
        if (shown === 'en') await phone.getByRole('link', { name: zh.site.other }).click();
        const words = SAID[shown];
        await phone.getByRole('heading', { name: words.grade.title }).waitFor();
        await phone.getByRole('heading', { name: words.grade.reasons }).waitFor();
        await expectFit();
      }
      await decide(language, 'hide');
      await expect.poll(grades).toBe(0);
      await phone.getByText(zh.shop.within).waitFor();
    },
  );

  it('check a paper, tell a consumer how their case stands, and take their answer once', async () => {
    await phone.goto(`${stage.centre.url}/p?lang=zh`);
    await expectFit();
    await phone.getByLabel(zh.home.number).fill(known.number);
    await phone.getByLabel(zh.home.code).fill('0000-0000-0000');
    await phone.getByLabel(zh.home.code).press('Enter');
    await phone.getByRole('alert').getByText(zh.trouble.rules['paper-code-differs']).waitFor();
    await expectFit();
    await phone.goBack();
    await phone.getByLabel(zh.home.number).fill(known.number);
    await phone.getByLabel(zh.home.code).fill(known.check.toLowerCase());
    await phone.getByRole('button', { name: zh.home.check }).click();
    await phone.getByRole('heading', { name: zh.paper.agrees }).waitFor();
    await phone.getByText(zh.matter.stages.failed).waitFor();
    await phone.getByText('张*', { exact: true }).waitFor();
    await expectFit();
    await phone.getByRole('link', { name: zh.site.other }).click();
    await phone.getByRole('radio', { name: en.satisfaction.scores[4] }).check();
    await phone.getByLabel(en.satisfaction.comment).fill('Quick, thank you');
    await phone.getByRole('button', { name: en.satisfaction.send }).click();
    await phone.getByRole('status').getByText(en.satisfaction.given.replace('{{score}}', '4')).waitFor();
    expect(await phone.getByRole('radio').count()).toBe(0);
    await expectFit();
  });

  it('weigh little', () => {
    expect(weighed.length).toBeGreaterThan(6);
    // With the style, which is fetched once.
    expect(Math.max(...weighed)).toBeLessThan(50_000);
  });
});

describe('the consumer’s answer', () => {
  it('is seen on the page of the case by whoever handled it', async () => {
    const { page } = workstation;
    await speak('zh-CN');
    await workstation.syncNow();
    await page.evaluate((address) => {
      location.hash = address;
    }, `#/cases/${known.caseId}`);
    await page.getByText(CASE['zh-CN'].page.answer, { exact: true }).first().waitFor();
    await page
      .getByText(/4 分（满分 5 分）Quick, thank you/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });
});
