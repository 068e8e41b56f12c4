import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { addMonths, businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import creditEnglish from '../../src/renderer/credit/locales/en.ts';
import creditChinese from '../../src/renderer/credit/locales/zh-CN.ts';
import inspectionEnglish from '../../src/renderer/inspection/locales/en.ts';
import inspectionChinese from '../../src/renderer/inspection/locales/zh-CN.ts';
import restorationEnglish from '../../src/renderer/restoration/locales/en.ts';
import restorationChinese from '../../src/renderer/restoration/locales/zh-CN.ts';
import sanctionEnglish from '../../src/renderer/sanction/locales/en.ts';
import sanctionChinese from '../../src/renderer/sanction/locales/zh-CN.ts';
import { FULL } from '../support/full.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { FINANCE } from './forms/finance-forms.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { type ByKeyboard, byKeyboard } from './support/by-keyboard.ts';
import { languagesOf } from './support/languages.ts';
import { type Stage, useStage } from './support/stage.ts';

const CREDIT = { 'zh-CN': creditChinese, en: creditEnglish };
const INSPECTION = { 'zh-CN': inspectionChinese, en: inspectionEnglish };
const RESTORATION = { 'zh-CN': restorationChinese, en: restorationEnglish };
const SANCTION = { 'zh-CN': sanctionChinese, en: sanctionEnglish };

const SHOP = '/HS/C1/M01/S001';
const WINDOW = '/HS/D01/D01W1';
const BANK = '/HS/B01';
const DEPARTMENTS = { '/HS/D01': '虚构市监局', '/HS/D02': '虚构税务局', '/HS/D03': '虚构城管局' };
const WINDOW_NAME = '虚构海信服专窗';
const MERCHANT = '虚构服饰店';
const NUMBER = '虚市监处罚〔2025〕31号';
const PDF = Buffer.from('%PDF-1.7\n%虚构的缴款凭证\n');
const today = businessDay(new Date().toISOString());
/** So long ago that a serious penalty may be repaired, and is still published. */
const DETERMINED = addMonths(today, -13);
/** So many disputes in which the merchant did badly that a serious penalty costs it a grade. */
const FAILED = 5;

/** A picture of each stop, for whoever wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 700],
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `repair-story.${name}.${width}.png`), fullPage: true });
  }
}

/** The offices beside the hierarchy, with a person each. */
async function createOffices(stage: Stage): Promise<void> {
  const { admin } = stage.centre.admin;
  const offices = Object.entries(DEPARTMENTS).map(([path, name]) => ({ path, name }));
  await admin.createUnits({
    units: [
      ...offices.map((one) => ({ ...one, body: 'department' as const, disputePoint: false })),
      { path: WINDOW, name: WINDOW_NAME, body: 'window', disputePoint: false },
      { path: BANK, name: '虚构合作银行', body: 'bank', disputePoint: false },
    ],
  });
  const person = (id: string, role: string, unitPath: string) => ({
    id,
    role: role as 'repair-clerk',
    unitPath,
    name: '测试员',
    password: PASSWORD,
  });
  await admin.addStaff({
    staff: [
      ...offices.map(({ path }) => person(`reviewer${path.slice(3)}`, 'department-reviewer', path)),
      person('clerk', 'repair-clerk', WINDOW),
      person('officer', 'finance-officer', BANK),
    ],
  });
}

/** A department's answer as its reviewer gives it, without the screen. */
async function agree(api: WorkstationClient, departmentPath: string): Promise<void> {
  await api.sync.now();
  const id = (await api.restorations.list({})).items[0]?.id ?? '';
  const { state } = await api.restorations.get({ id });
  const answers = state.matters.map(({ matterId }) => ({ matterId, verdict: 'agree' as const }));
  await api.restorations.act({
    id,
    revision: state.revision,
    eventId: uuidv7(),
    action: { step: 'opinion-given', payload: { departmentPath, attempt: 0, answers } },
  });
  await api.sync.now();
}

/** What the mall has of the merchant by then: that it trades there, and disputes that went badly. */
async function registerMerchant(api: WorkstationClient): Promise<string> {
  const merchantId = crypto.randomUUID();
  await api.merchants.register({
    merchantId,
    name: MERCHANT,
    creditCode: '92330203MA2JKLMN2C',
    category: 'individual-business',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  for (let count = 0; count < FAILED; count += 1) {
    const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name: MERCHANT } }));
    const steps = [
      { step: 'case-accepted', payload: {} },
      { step: 'mediation-failed', payload: { reason: '差距过大' } },
      { step: 'case-closed', payload: { satisfaction: 'unknown' } },
    ] as const;
    for (const [place, action] of steps.entries()) await api.cases.act({ id, revision: place + 1, action });
  }
  await api.sync.now();
  return merchantId;
}

describe.each(languagesOf('repair-story'))('a penalty and what becomes of it, in %s', (language) => {
  // A centre of its own, so that each language's story is counted by itself.
  const stage = useStage({ files: true });
  const { common, deadlines } = WORDS[language];
  const finance = FINANCE[language];
  const restoration = RESTORATION[language];
  const sanction = SANCTION[language];
  const inspection = INSPECTION[language];

  it('is entered, reminded of, repaired by three departments, and then credit and inspection follow', async () => {
    const { admin } = stage.centre.admin;
    await createOffices(stage);
    const merchantId = await stage.prepare(`商场-${language}`, {
      unitPath: '/HS/C1/M01',
      staffId: 'mediator-mall',
      prepare: registerMerchant,
    });
    const sitDown = async (name: string, unitPath: string, staffId: string) => {
      const { workstation } = await stage.openWorkstation(`${name}-${language}`, {
        unitPath,
        staffId,
        language,
        undoMs: 0,
        prepare: async (api) => {
          await api.sync.now();
        },
      });
      const hands = byKeyboard(workstation.page);
      const stop = (what: string): Promise<void> => picture(workstation.page, `${what}.${language}`);
      return { ...workstation, hands, stop };
    };
    const [district, shop, window, bank, first] = await Promise.all([
      sitDown('区台', '/HS', 'supervisor-district'),
      sitDown('店台', SHOP, 'manager-shop'),
      sitDown('专窗', WINDOW, 'clerk'),
      sitDown('银行台', BANK, 'officer'),
      sitDown('部门01', '/HS/D01', 'reviewer/D01'),
    ]);
    const button = (at: ByKeyboard, name: string) => at.page.getByRole('button', { name, exact: true });
    const counted = async (metric: string): Promise<number> =>
      (await admin.rollup({ path: '/HS', from: '2026-01-01', to: '2099-12-31' })).all.totals[
        metric as 'restorations-filed'
      ];

    // 1. The district enters a penalty, and prints the reminder that goes to the merchant.
    {
      const { hands, page } = district;
      await hands.room(sanction.nav);
      await hands.press(button(hands, sanction.record.title).first());
      const form = page.getByRole('dialog', { name: sanction.record.title });
      await hands.choose(
        form.getByRole('combobox', { name: sanction.field.merchant, exact: true }),
        MERCHANT,
      );
      await hands.choose(
        form.getByRole('combobox', { name: sanction.field.class, exact: true }),
        sanction.class.serious,
      );
      await hands.type(form.getByLabel(sanction.field.organ), '虚构市场监督管理局');
      await hands.type(form.getByLabel(sanction.field.number), NUMBER);
      await hands.type(form.getByLabel(sanction.field.determinedOn, { exact: true }), DETERMINED);
      await hands.choose(
        form.getByRole('combobox', { name: sanction.field.channel, exact: true }),
        sanction.channel.creditchina,
      );
      await hands.send();
      await page.getByRole('heading', { level: 1 }).filter({ hasText: NUMBER }).waitFor();
      await district.stop('1-entered');
      const letter = page.context().waitForEvent('page');
      await hands.press(button(hands, sanction.letter));
      await (await letter).close();
      await expect.poll(() => counted('sanctions-recorded')).toBe(1);
    }
    await admin.gradeMerchants({});

    // 2. The shop's own desk says what can be done, and the shop applies for it without a line.
    {
      const { hands, page } = shop;
      await hands.room(common.nav.deadlines);
      const others = page.getByRole('region', { name: deadlines.others.name });
      await others.getByText(deadlines.others.sanction.application).first().waitFor();
      await shop.stop('2-reminded');
      await stage.centre.halt();
      await hands.room(restoration.nav);
      await hands.press(button(hands, restoration.new).first());
      const form = page.getByRole('form', { name: restoration.form.label });
      await hands.choose(form.getByRole('combobox', { name: restoration.form.merchant }), MERCHANT);
      await hands.choose(form.getByRole('combobox', { name: restoration.form.window }), WINDOW_NAME);
      await hands.type(form.getByLabel(restoration.form.representative), '王虚构');
      await hands.type(form.getByLabel(restoration.form.phone), '10012345678');
      await hands.tick(form.getByRole('checkbox').first());
      const chooser = page.waitForEvent('filechooser');
      await hands.press(form.getByRole('button', { name: restoration.form.add }));
      await (await chooser).setFiles({ name: '缴款凭证.pdf', mimeType: 'application/pdf', buffer: PDF });
      await form.getByText('缴款凭证.pdf').waitFor();
      await hands.tick(form.getByRole('switch', { name: restoration.form.publication }));
      // A signature is written by hand.
      const ink = form.getByRole('img', { name: '王虚构' });
      await ink.scrollIntoViewIfNeeded();
      const box = await ink.boundingBox();
      if (!box) throw new Error('No field to sign in');
      await page.mouse.move(box.x + 40, box.y + 30);
      await page.mouse.down();
      await page.mouse.move(box.x + 120, box.y + 70, { steps: 4 });
      await page.mouse.up();
      await form.getByText(WORDS[language].documents.ink.signed, { exact: true }).waitFor();
      await shop.stop('3-applying');
      await hands.send();
      await page.getByText(restoration.status.filed).first().waitFor();
      await expect.poll(() => shop.sign().getAttribute('data-sign')).toBe('offline');
      await shop.stop('4-filed-offline');
      await stage.centre.resume();
      await shop.syncNow();
      await expect.poll(() => counted('restorations-filed')).toBe(1);
    }

    // 3. The window asks three departments, which all agree; it hands in and concludes.
    const open = async (at: { hands: ByKeyboard }): Promise<void> => {
      await at.hands.room(restoration.nav);
      await at.hands.press(at.hands.page.getByRole('link', { name: /X\d{4}/ }));
      await at.hands.page.getByRole('heading', { name: restoration.page.course }).waitFor();
    };
    await window.syncNow();
    await open(window);
    await window.hands.send();
    const step = (name: keyof typeof restoration.step) =>
      window.page.getByRole('form', { name: restoration.step[name] });
    await step('restoration-accepted').waitFor();
    for (const name of Object.values(DEPARTMENTS))
      await window.hands.choose(
        step('restoration-accepted').getByRole('combobox', { name: restoration.field.departments }),
        name,
      );
    await window.stop('5-accepting');
    await window.hands.send();
    await window.page.getByText(restoration.status.accepted).first().waitFor();
    await expect.poll(() => counted('restorations-accepted')).toBe(1);
    for (const [place, path] of Object.keys(DEPARTMENTS).entries()) {
      // What the others see and do is the same as at the first.
      if (place > 0 && !FULL)
        await stage.prepare(`部门${path.slice(4)}-${language}`, {
          unitPath: path,
          staffId: `reviewer${path.slice(3)}`,
          prepare: (api) => agree(api, path),
        });
      else {
        const at =
          place === 0 ? first : await sitDown(`部门${path.slice(4)}`, path, `reviewer${path.slice(3)}`);
        await at.syncNow();
        await open(at);
        await at.hands.send();
        const form = at.page.getByRole('form', { name: restoration.step['opinion-given'] });
        await at.hands.pick(form, `${restoration.field.verdict} · ${NUMBER}`, restoration.verdict.agree);
        await at.stop(`6-opinion${place}`);
        await at.hands.send();
        const answers = at.page.getByRole('table', { name: restoration.page.departments });
        await answers.getByText(restoration.verdict.agree).first().waitFor();
      }
      await expect.poll(() => counted('restoration-opinions')).toBe(place + 1);
    }
    await window.syncNow();
    await button(window.hands, restoration.step['restoration-submitted']).waitFor();
    await window.hands.send();
    await window.hands.type(step('restoration-submitted').getByRole('textbox').first(), 'XY-2026-0001');
    await window.hands.send();
    await window.page.getByText(restoration.status.submitted).first().waitFor();
    await button(window.hands, restoration.step['restoration-concluded']).waitFor();
    await window.hands.send();
    const last = step('restoration-concluded');
    await window.hands.pick(last, `${restoration.field.outcome} · ${NUMBER}`, restoration.page.repaired);
    await window.hands.type(last.getByLabel(restoration.field.documentNumber), '虚市监修〔2026〕1号');
    await window.hands.type(last.getByLabel(restoration.field.effectiveOn), today);
    await window.hands.send();
    await window.page.getByText(restoration.status.concluded).first().waitFor();
    await expect.poll(() => counted('restoration-matters-repaired')).toBe(1);
    await window.stop('7-repaired');

    // 4. The grade rises, and with it what the credit is worth; the merchant consents to a bank's being told.
    const graded = async (): Promise<string | null> =>
      (await admin.financeOfMerchant({ merchantId })).products
        .filter(({ qualifies }) => !qualifies)
        .map(({ code }) => code)
        .find((code) => code === 'haige-loan') ?? null;
    expect(await graded()).toBe('haige-loan');
    await admin.gradeMerchants({});
    await shop.syncNow();
    {
      const { hands, page } = shop;
      await hands.room(common.nav.merchants);
      await hands.press(page.getByRole('link', { name: MERCHANT }));
      await page.getByText(CREDIT[language].grade.C).first().waitFor();
      await hands.press(button(hands, finance.licence.title));
      await hands.type(
        page.getByRole('dialog').getByLabel(finance.licence.day, { exact: true }),
        '2020-05-01',
      );
      await hands.send();
      const haige = page
        .getByRole('table', { name: finance.products.label })
        .getByRole('row')
        .filter({ hasText: language === 'en' ? 'Haige' : '海个贷' });
      await haige.getByText(finance.products.yes, { exact: true }).waitFor();
      await shop.stop('8-eligible');
      await hands.press(button(hands, finance.consents.new));
      const form = page.getByRole('form', { name: finance.form.label });
      await hands.choose(form.getByRole('combobox', { name: finance.form.recipient }), '合作银行');
      await hands.type(form.getByLabel(finance.form.contact), '0574-00000000');
      await hands.to(form.getByRole('checkbox').first());
      // The second kind is the grade, the eighth what it qualifies for.
      await page.keyboard.press('2');
      await page.keyboard.press('8');
      await hands.type(form.getByLabel(finance.form.purpose), '申请海个贷');
      await hands.type(form.getByLabel(finance.form.until), shiftDay(today, 180));
      await hands.type(form.getByLabel(finance.form.name, { exact: true }), '王虚构');
      await hands.type(form.getByLabel(finance.form.position), '经营者');
      await hands.type(form.getByLabel(finance.form.idTail), '123X');
      await hands.pick(form, finance.form.capacity, finance.capacity.operator);
      await hands.pick(form, finance.form.signing, finance.form.onPaper);
      await hands.type(form.getByLabel(finance.form.signedOn), today);
      await shop.stop('9-consenting');
      await hands.send();
      await page
        .getByRole('table', { name: finance.consents.title })
        .getByText(finance.consents.standing['in-force'])
        .waitFor();
      await expect.poll(() => counted('consents-given')).toBe(1);
    }

    // 5. The bank reads what it may, and nothing once the merchant has taken it back.
    {
      const { hands, page } = bank;
      await bank.syncNow();
      await hands.room(finance.bank.nav);
      await page.getByRole('link', { name: MERCHANT }).waitFor();
      await expectAccessible(page);
      await bank.stop('10-bank-list');
      await hands.press(page.getByRole('link', { name: MERCHANT }));
      await hands.press(button(hands, finance.bank.ask));
      const told = page.getByRole('region', { name: finance.bank.told });
      await told.getByText(CREDIT[language].grade.C).waitFor();
      expect(await told.getByText('92330203MA2JKLMN2C').count()).toBe(0);
      await bank.stop('11-bank-told');
      // Without a line nothing stays on the screen, and nothing can be asked.
      await expectAccessible(page);
      await stage.centre.halt();
      await bank.syncNow();
      await told.waitFor({ state: 'hidden' });
      await hands.press(button(hands, finance.bank.ask));
      await page.getByText(finance.bank.offline).waitFor();
      await bank.stop('12-bank-offline');
      await stage.centre.resume();
      await bank.syncNow();
      await hands.press(button(hands, finance.bank.ask));
      await told.waitFor();
    }
    await shop.hands.press(
      shop.page.getByRole('button', { name: new RegExp(`^${finance.consents.revoke}`) }).first(),
    );
    await shop.page.getByRole('dialog').waitFor();
    await shop.hands.send();
    await expect.poll(() => counted('consents-revoked')).toBe(1);
    await bank.syncNow();
    await bank.page.getByRole('region', { name: finance.bank.told }).waitFor({ state: 'hidden' });
    await bank.page.getByText(finance.consents.standing.revoked, { exact: true }).waitFor();
    await expectAccessible(bank.page);
    await bank.stop('13-bank-revoked');

    // 6. The district draws it as one grade better than it is.
    await district.syncNow();
    await district.hands.room(inspection.nav);
    const classes = district.page.getByRole('table', { name: inspection.draw.preview });
    await classes.getByRole('row').filter({ hasText: /^B/ }).waitFor();
    await district.stop('14-inspected-less');
    await shop.syncNow();
    await expect.poll(() => shop.sign().getAttribute('data-sign')).toBe('proved');
    const { invariants } = await admin.verify();
    expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  });
});
