import { beforeAll, describe, expect, it } from 'vitest';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { plainYear, procedureFrom, settleWithin } from '../support/procedures.ts';
import { caseInput } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { WORDS, type Language } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const MALL = '/HS/C1/M01';
/** A year's worth of working days: due when no holidays are announced, whenever this runs. */
const LONG = 250;

const stage = useStage();
let workstation: WorkstationPage;
let oldCase: string;
let newCase: string;
const today = businessDay(new Date().toISOString());
const later = shiftDay(today, 30);

beforeAll(async () => {
  ({ workstation } = await stage.openWorkstation('商场台', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: fillWorkstation,
  }));
});

/** One case from before the second version, one under it, and a third version to come. */
async function fillWorkstation(api: WorkstationClient): Promise<void> {
  ({ id: oldCase } = await api.cases.register(caseInput()));
  const { admin } = stage.centre.admin;
  await admin.publishProcedure({
    procedure: procedureFrom(today, (one) => {
      settleWithin(one, 2, LONG);
      one.refusalGrounds[1]!.active = false;
      one.refusalGrounds.push({
        code: 'settled-before',
        name: { zh: '此前已和解', en: 'Settled before' },
        text: '双方此前已就同一争议达成和解',
        article: { zh: '第十六条之二', en: 'Art. 16 bis' },
        tag: 'assumption',
        active: true,
      });
      one.codes.object.entries.push({
        code: 'pets',
        name: { zh: '宠物用品', en: 'Pet supplies' },
        active: true,
      });
      one.instruments[3]!.units = [{ path: '/HS/C1', body: '天一商圈人民调解委员会' }];
    }),
  });
  await admin.publishProcedure({
    procedure: procedureFrom(later, (one) => {
      settleWithin(one, 2, 12);
      one.refusalGrounds.push({
        code: 'settled-before',
        name: { zh: '此前已和解', en: 'Settled before' },
        text: '双方此前已就同一争议达成和解',
        article: { zh: '第十六条之二', en: 'Art. 16 bis' },
        tag: 'assumption',
        active: false,
      });
      one.codes.object.entries.push({
        code: 'pets',
        name: { zh: '宠物用品', en: 'Pet supplies' },
        active: true,
      });
    }),
  });
  await api.sync.now();
  ({ id: newCase } = await api.cases.register(
    caseInput({ category: { object: 'pets', problem: 'quality' } }),
  ));
  await api.sync.now();
}

async function speak(language: Language): Promise<void> {
  const words = WORDS[language].common;
  await workstation.page.getByRole('banner').getByText(words.language[language], { exact: true }).click();
  await workstation.page.getByRole('navigation', { name: words.nav.label }).waitFor();
}

const visit = (path: string): Promise<void> =>
  workstation.page.evaluate((address) => {
    location.hash = address;
  }, `#/${path}`);

const fill = (text: string, values: Record<string, string | number>): string =>
  Object.entries(values).reduce(
    (filled, [name, value]) => filled.replace(`{{${name}}}`, String(value)),
    text,
  );

describe.each(languagesOf('procedure'))('the procedure in %s', (language) => {
  const words = WORDS[language];
  const said = words.procedure;
  const say = (zh: string, en: string): string => (language === 'en' ? en : zh);

  it('is reached from the settings, and shows the version in force and those to come', async () => {
    const { page } = workstation;
    await speak(language);
    await workstationPage(page, words).goTo('settings');
    await page.getByRole('button', { name: said.title }).click();
    await page.getByRole('heading', { level: 1, name: said.title }).waitFor();
    await page.getByText(said.statusText['in-force']).waitFor();
    const limits = page.getByRole('table', { name: said.levels });
    const malls = limits
      .getByRole('row')
      .filter({ hasText: fill(said.unit.settleWorkingDays, { count: LONG }) });
    await malls
      .getByText(say('在线消费纠纷解决（ODR）规则', 'Rules of online dispute resolution (ODR)'))
      .waitFor();
    await malls.getByText(words.common.deadline.tag['second-hand']).waitFor();
    const count = page.getByText(new RegExp(`^${fill(said.changedCount, { version: 1, count: '\\d+' })}$`));
    await count.click();
    const changes = page.getByRole('table', { name: fill(said.changed, { version: 1 }) });
    const change = changes.getByRole('row').filter({ hasText: 'levels.2.settleWorkingDays.value' });
    expect(await change.getByRole('cell').allTextContents()).toEqual([
      'levels.2.settleWorkingDays.value',
      '10',
      String(LONG),
    ]);
    const grounds = page.getByRole('table', { name: said.refusalGrounds });
    const retired = grounds.getByRole('row').filter({ hasText: say('第十六条第（二）项', 'Art. 16(2)') });
    await retired.getByText(said.retired, { exact: true }).waitFor();
    const instruments = page.getByRole('table', { name: said.instruments });
    await instruments.getByText(/天一商圈人民调解委员会 \/HS\/C1/).waitFor();
    await page.getByRole('radiogroup', { name: said.codes }).getByText(said.claim, { exact: true }).click();
    await page.getByRole('table', { name: said.claim }).getByText('refund-prepaid-balance').waitFor();
    await expectAccessible(page);

    const versions = page.getByRole('radiogroup', { name: said.versions });
    await versions.getByText(`${fill(said.version, { version: 3 })} · ${said.status['to-come']}`).click();
    await page.getByText(fill(said.statusText['to-come'], { day: later })).waitFor();
    await limits.getByText(fill(said.unit.settleWorkingDays, { count: 12 })).waitFor();
    await expectAccessible(page);
  });

  it('gives each case the words, grounds and limit of its own version', async () => {
    const { page } = workstation;
    const book = workstationPage(page, words);
    const grounds = async (id: string): Promise<string[]> => {
      // Away from the case before: what its page still shows would be taken for this one's.
      await visit('settings');
      await page.getByText(words.cases.page.next, { exact: true }).first().waitFor({ state: 'hidden' });
      await visit(`cases/${id}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await book.openStep('case-refused');
      const box = page.getByRole('combobox', { name: words.cases.field.ground });
      await box.click();
      const list = page.locator('.ant-select-item-option-content');
      await list.first().waitFor();
      const texts = await list.allTextContents();
      await page.keyboard.press('Escape');
      const form = page.getByRole('dialog');
      await form.getByRole('button', { name: words.common.action.cancel, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      return texts;
    };
    const once = say(
      '同一争议已受理或处理（第十六条第（二）项）',
      'Already accepted or handled (Art. 16(2))',
    );
    const added = say('此前已和解（第十六条之二）', 'Settled before (Art. 16 bis)');
    const before = await grounds(oldCase);
    expect([before.includes(once), before.includes(added)]).toEqual([true, false]);
    const under = await grounds(newCase);
    expect([under.includes(once), under.includes(added)]).toEqual([false, true]);
    await page.getByText(say('宠物用品 · 质量', 'Pet supplies · Quality')).waitFor();
    const tag = page
      .locator('.heshi-page-header')
      .getByText(words.common.deadline.provisional, { exact: false });
    await tag.hover();
    const tooltip = page.getByRole('tooltip').filter({ hasText: say('ODR', 'ODR') });
    await tooltip
      .getByText(fill(words.common.deadline.limit.settle, { count: LONG }), { exact: false })
      .waitFor();
    await visit('cases/new');
    await page.getByRole('combobox', { name: words.cases.form.object }).waitFor();
    await book.choose(words.cases.form.object, say('宠物用品', 'Pet supplies'));
  });
});

describe('the calendar', () => {
  it('names the missing year and the cases that wait for it, until it is imported and they are worked out anew', async () => {
    const { page } = workstation;
    const words = WORDS['zh-CN'];
    const said = words.procedure;
    await speak('zh-CN');
    await visit('settings/procedure');
    const waiting = page.getByRole('list', { name: said.provisional });
    await waiting.getByRole('listitem').filter({ hasText: words.common.deadline.provisional }).waitFor();
    await expect.poll(() => waiting.getByRole('listitem').count()).toBe(1);
    const year = Number(today.slice(0, 4));
    for (const next of [year, year + 1, year + 2])
      await stage.centre.admin.admin.importCalendarYear({ file: plainYear(next) });
    await workstationPage(page, words).syncNow();
    await page.getByText(said.provisionalNone).waitFor();
    const years = page.getByRole('table', { name: said.calendar });
    await years
      .getByRole('row')
      .filter({ hasText: String(year + 2) })
      .waitFor();
    await page.getByText(fill(said.missing, { year: year + 1 })).waitFor({ state: 'hidden' });
    await expectAccessible(page);
    await workstationPage(page, words).goTo('deadlines');
    await page.getByText(words.deadlines.provisional).waitFor();
    await visit(`cases/${newCase}`);
    // The page shows what it last knew of this case until the workstation has answered again.
    await page
      .locator('.heshi-page-header')
      .filter({ hasText: words.cases.status.registered })
      .filter({ hasNotText: words.common.deadline.provisional })
      .waitFor();
  });
});
