import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import english from '../../src/renderer/inspection/locales/en.ts';
import chinese from '../../src/renderer/inspection/locales/zh-CN.ts';
import creditEnglish from '../../src/renderer/credit/locales/en.ts';
import creditChinese from '../../src/renderer/credit/locales/zh-CN.ts';
import leniencyEnglish from '../../src/renderer/leniency/locales/en.ts';
import leniencyChinese from '../../src/renderer/leniency/locales/zh-CN.ts';
import { uuidv7 } from 'uuidv7';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { type WorkstationPage, workstationPage } from './pages/workstation-page.ts';
import { type Language, WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const SAID = { 'zh-CN': chinese, en: english };
const LENIENCY = { 'zh-CN': leniencyChinese, en: leniencyEnglish };
const CREDIT = { 'zh-CN': creditChinese, en: creditEnglish };
const MALL = '/HS/C1/M01';
const today = businessDay(new Date().toISOString());
const ITEM = { 'zh-CN': '未按规定明码标价', en: 'Prices not marked as required' };
/** One each for the languages, so that no story finds what another has left. */
const NAMES = { 'zh-CN': '虚构服饰店', en: '虚构鞋店' };
let district: WorkstationPage;
let mall: WorkstationPage;
let draws: Record<Language, string>;

beforeAll(async () => {
  ({ workstation: mall } = await stage.openWorkstation('商场台', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: repeatMerchants,
  }));
  const { admin } = stage.centre.admin;
  await admin.gradeMerchants({});
  await stage.prepare('方案台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: publishPlanOfAll,
  });
  const drawer = { id: 'mediator-district', name: '抽取人（虚构）', role: 'mediator' as const };
  await admin.addStaff({ staff: [{ ...drawer, unitPath: '/HS', password: PASSWORD }] });
  draws = await stage.prepare('抽取台', {
    unitPath: '/HS',
    staffId: drawer.id,
    prepare: preparedDraws,
  });
  // Elsewhere by now: the supervisor is alone at the desk.
  await admin.deactivateStaff({ staffId: drawer.id });
  ({ workstation: district } = await stage.openWorkstation('区台', {
    unitPath: '/HS',
    staffId: 'supervisor-district',
    prepare: (api) => api.sync.now(),
  }));
});

/** A merchant for each language, with three cases at the mall that failed. */
async function repeatMerchants(api: WorkstationClient): Promise<void> {
  for (const name of Object.values(NAMES)) {
    const merchantId = crypto.randomUUID();
    await api.merchants.register({
      merchantId,
      name,
      creditCode: null,
      category: 'enterprise',
      unitPath: MALL,
      address: null,
      contactName: null,
      phone: null,
    });
    for (let count = 0; count < 3; count += 1) {
      const { id } = await api.cases.register(caseInput({ merchant: { merchantId, name } }));
      const steps = [
        { step: 'case-accepted', payload: {} },
        { step: 'mediation-failed', payload: { reason: '差距过大' } },
        { step: 'case-closed', payload: { satisfaction: 'unknown' } },
      ] as const;
      for (const [place, action] of steps.entries()) await api.cases.act({ id, revision: place + 1, action });
    }
  }
  await api.sync.now();
}

/** From today on everybody is drawn, so that the story knows who. */
async function publishPlanOfAll(api: WorkstationClient): Promise<void> {
  const { last } = await api.inspections.plan();
  const classes = last.plan.classes.map((one) => ({ ...one, perMille: 1000, manner: 'guidance' as const }));
  await api.inspections.publishPlan({
    eventId: uuidv7(),
    version: last.version + 1,
    plan: { ...last.plan, effectiveFrom: today, classes },
  });
  await api.sync.now();
}

async function preparedDraws(api: WorkstationClient): Promise<Record<Language, string>> {
  await api.sync.now();
  const ids = { 'zh-CN': crypto.randomUUID(), en: crypto.randomUUID() };
  for (const drawId of Object.values(ids))
    await api.inspections.prepare({ drawId, unitPath: '/HS/C1', drawerSeed: '4711' });
  await api.sync.now();
  return ids;
}

const at = (page: Page, path: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${path}`);
const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).first().press('Enter');
/** The same screen in that language. */
async function speaking({ page }: WorkstationPage, language: Language): Promise<WorkstationPage> {
  await page
    .getByRole('banner')
    .getByText(WORDS[language].common.language[language], { exact: true })
    .click();
  return workstationPage(page, WORDS[language]);
}

/** Chooses of a list in a dialog. What is typed may fit several, of which the one of that very name is meant. */
async function choose(dialog: Locator, label: string, option: string, exact = true): Promise<void> {
  const box = dialog.getByRole('combobox', { name: label });
  await box.press('ArrowDown');
  await box.fill(option);
  await dialog.page().getByTitle(option, { exact }).last().click();
}

describe.each(languagesOf('inspection'))('what grades do, in %s', (language) => {
  const said = SAID[language];
  const name = NAMES[language];

  it('is drawn with a witness, verified, recorded and kept as a file', async () => {
    const { page } = district;
    await speaking(district, language);
    await page
      .getByRole('navigation', { name: WORDS[language].common.nav.label })
      .getByRole('menuitem', { name: said.nav })
      .press('Enter');
    const preview = page.getByRole('table', { name: said.draw.preview });
    await preview.getByText(CREDIT[language].grade.C).waitFor();
    await expectAccessible(page);
    // Whoever prepares does not witness.
    await press(page, said.draw.prepare);
    await page.getByText(said.draw.waitingText).waitFor();
    expect(await page.getByRole('button', { name: said.draw.witness }).count()).toBe(0);
    await press(page, said.draw.abandon);
    const leaving = page.getByRole('dialog', { name: said.draw.abandon });
    await press(leaving, said.draw.abandon);
    await leaving.getByRole('alert').first().waitFor();
    await leaving.getByLabel(said.field.reason).fill('单位选错');
    await press(leaving, said.draw.abandon);
    await page.getByText(said.draw.abandoned.replace('{{reason}}', '单位选错')).waitFor();

    await at(page, `inspections/draws/${draws[language]}`);
    await press(page, said.draw.witness);
    const witness = page.getByRole('dialog', { name: said.draw.witness });
    await witness.getByLabel(said.draw.witnessSeed).fill('0815');
    await press(witness, said.draw.witness);
    const drawn = page.getByRole('table', { name: said.draw.drawn });
    await drawn.getByRole('link', { name }).waitFor();
    await press(page, said.draw.verify);
    await page.getByText(said.draw.verified.replace('{{candidates}}', '2')).waitFor();
    await press(drawn, said.draw.recordFor.replace('{{name}}', name));
    const record = page.getByRole('dialog', { name: said.draw.record });
    await choose(record, said.field.outcome, said.outcome.finding);
    await press(record, said.draw.record);
    // What was found has to be said: named at its field.
    await record.getByRole('alert').first().waitFor();
    await record.getByLabel(said.field.text).fill('价签缺失');
    await press(record, said.draw.record);
    await drawn.getByText('价签缺失').waitFor();
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    const words = WORDS[language].supervision.export;
    await page.getByRole('button', { name: words.label }).click();
    await page.getByRole('menuitem', { name: words.pdf }).click();
    expect((await download).suggestedFilename()).toMatch(/[.]pdf$/);

    await press(drawn, said.guidance.offerTo.replace('{{name}}', name));
    const offer = page.getByRole('dialog', { name: said.guidance.offer });
    await offer.getByLabel(said.field.subject).fill('明码标价');
    await expectAccessible(page);
    await press(offer, said.guidance.offer);
    await offer.waitFor({ state: 'hidden' });
  });

  it('goes unpunished as a first offence by its conditions, and whoever did it is educated', async () => {
    const { page } = district;
    const lenient = LENIENCY[language];
    await at(page, `inspections/draws/${draws[language]}`);
    await press(page, lenient.decideFor.replace('{{name}}', name));
    const decide = page.getByRole('dialog', { name: lenient.decide });
    await choose(decide, lenient.field.item, ITEM[language]);
    await choose(decide, lenient.field.harm, lenient.harm.slight);
    await decide.getByLabel(lenient.field.harmGround).fill('没有投诉');
    await decide.getByLabel(lenient.field.correctBy).fill(today);
    await decide.getByLabel(lenient.field.correctGround).fill('当场补齐价签');
    await choose(decide, lenient.field.lenient, lenient.lenient.yes);
    await decide.getByLabel(lenient.field.number).fill('虚市监不罚〔2026〕1号');
    await expectAccessible(page);
    await press(decide, lenient.decide);
    // Not corrected: named at its field, and what was typed stays.
    await decide.getByRole('alert').first().waitFor();
    await decide.getByLabel(lenient.field.correctedOn).fill(today);
    await press(decide, lenient.decide);
    await decide.waitFor({ state: 'hidden' });

    await at(page, 'inspections?view=leniency');
    const row = page.getByRole('table', { name: lenient.title }).getByRole('row').filter({ hasText: name });
    await row.getByText(lenient.toEducate).waitFor();
    await expectAccessible(page);
    await row.getByRole('button', { name: lenient.step['leniency-educated'] }).press('Enter');
    const educate = page.getByRole('dialog', { name: lenient.step['leniency-educated'] });
    await educate.getByLabel(lenient.field.text).fill('讲解明码标价规定');
    await press(educate, lenient.step['leniency-educated']);
    await row.getByText(lenient.educated.replace('{{on}}', today)).waitFor();
  });

  it('goes to an operator as a list of repeat merchants, who acts, and is evaluated', async () => {
    const { page } = district;
    await at(page, `inspections?view=attention&unit=${encodeURIComponent(MALL)}&period=last-365-days`);
    const found = page.getByRole('table', { name: said.attention.found });
    await found
      .getByRole('checkbox', { name: said.attention.chooseOne.replace('{{name}}', name) })
      .press('Space');
    await expectAccessible(page);
    await press(page, said.attention.push);
    const push = page.getByRole('dialog', { name: said.attention.push });
    await push.getByLabel(said.field.expected).fill('请约谈');
    await press(push, said.attention.push);
    const lists = page.getByRole('table', { name: said.attention.lists });
    await lists.getByText(said.attention.status.pushed).waitFor();
    const above = await speaking(district, language);
    await above.syncNow();

    const below = await speaking(mall, language);
    await below.syncNow();
    await at(mall.page, 'inspections?view=attention');
    const own = mall.page
      .getByRole('table', { name: said.attention.lists })
      .getByRole('row')
      .filter({ hasText: name });
    const step = async (action: keyof typeof said.attention.step): Promise<void> => {
      await own.getByRole('button', { name: said.attention.step[action] }).press('Enter');
    };
    const dialog = (action: keyof typeof said.attention.step) =>
      mall.page.getByRole('dialog', { name: said.attention.step[action] });
    await step('attention-taken');
    await press(dialog('attention-taken'), said.attention.step['attention-taken']);
    await own.getByText(said.attention.status.taken).waitFor();
    await step('attention-acted');
    await choose(dialog('attention-acted'), said.column.merchant, name);
    await dialog('attention-acted').getByLabel(said.field.done).fill('已约谈并整改');
    await press(dialog('attention-acted'), said.attention.step['attention-acted']);
    await own.getByText('已约谈并整改').waitFor();
    await expectAccessible(mall.page);
    // Advice to the merchant stands with the merchant, where its time is chosen.
    await at(mall.page, 'inspections?view=guidance');
    const advice = mall.page.getByRole('row').filter({ hasText: name });
    await advice.getByRole('button', { name: said.guidance.step['guidance-slot-chosen'] }).press('Enter');
    const slot = mall.page.getByRole('dialog', { name: said.guidance.step['guidance-slot-chosen'] });
    await choose(slot, said.field.slot, '10:00', false);
    await slot.getByLabel(said.field.contact).fill('店长');
    await press(slot, said.guidance.step['guidance-slot-chosen']);
    await advice.getByText(said.guidance.status.agreed).waitFor();
    await below.syncNow();

    await above.syncNow();
    const row = lists.getByRole('row').filter({ hasText: name });
    await row.getByRole('button', { name: said.attention.step['attention-evaluated'] }).press('Enter');
    const evaluate = page.getByRole('dialog', { name: said.attention.step['attention-evaluated'] });
    await choose(evaluate, said.field.verdict, said.attention.verdict.improved);
    await evaluate.getByLabel(said.field.because).fill('未再发生');
    await press(evaluate, said.attention.step['attention-evaluated']);
    await row.getByText(said.attention.status.evaluated).waitFor();
  });

  it('is a plan that shows where each share comes from, lists of the commended, and figures', async () => {
    const { page } = district;
    await at(page, 'inspections?view=plan');
    await press(page, said.plan.publish);
    const publish = page.getByRole('dialog', { name: said.plan.publish });
    const shares = publish.getByRole('spinbutton');
    await shares.nth(4).fill('1');
    await publish.getByLabel(said.plan.sourceOf).fill('区局通知');
    await press(publish, said.plan.publish);
    // A worse grade that is looked at less: named at its field, nothing published.
    await publish.getByRole('alert').first().waitFor();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await at(page, 'inspections?view=commendation');
    await page.getByText(said.commendation.nobody).waitFor();
    await expectAccessible(page);

    const credit = CREDIT[language].figures;
    await at(page, `credit/figures?month=${today.slice(0, 7)}`);
    await page.getByRole('heading', { name: credit.title }).waitFor();
    await page.getByRole('img').first().waitFor();
    const units = page.getByRole('table', { name: credit.units });
    await units.getByRole('row').nth(1).getByText('2', { exact: true }).first().waitFor();
    await expectAccessible(page);
  });
});
