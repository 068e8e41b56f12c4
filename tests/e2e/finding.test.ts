import { beforeAll, describe, expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { languagesOf } from './support/languages.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage, type OpenWorkstation } from './support/stage.ts';

const PHONE = '13812349876';
const consumer = { name: '欧阳娜娜', phone: PHONE };

const stage = useStage();

/** The same person complained at the mall across the street, which the first mall does not see. */
beforeAll(async () => {
  await stage.prepare('对面', {
    unitPath: '/HS/C1/M02',
    staffId: 'mediator-second',
    prepare: async (api) => {
      await api.cases.register(caseInput({ consumer, amountFen: 66_600 }));
      await api.sync.now();
    },
  });
});

const openWorkstation = (language: Language): Promise<OpenWorkstation<string>> =>
  stage.openWorkstation(`台-${language}`, {
    unitPath: '/HS/C1/M01',
    staffId: 'mediator-mall',
    language,
    // Nothing leaves by itself while the test lasts: it does not race the workstation.
    undoMs: 3_600_000,
    prepare: async (api) => {
      const { number } = await api.cases.register(caseInput({ consumer }));
      await api.cases.register(
        caseInput({ merchant: { merchantId: null, name: '百货' }, amountFen: 99_900 }),
      );
      return number;
    },
  });

const filled = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name] ?? ''));

describe.each(languagesOf('finding'))('finding, in %s', (language) => {
  const words = WORDS[language];
  const { list, saved, repeats, step, undo } = words.cases;
  const { elsewhere } = words.finding;

  it('finds by what is remembered, keeps a filter, shows repeats while registering, undoes a slip, and corrects what was misheard', async () => {
    const { workstation, prepared: number } = await openWorkstation(language);
    const { page } = workstation;
    await workstation.goTo('cases');
    const search = page.getByRole('searchbox', { name: list.search });
    for (const text of ['娜', 'oynn', '9876', '1280']) {
      await search.fill(text);
      await page.getByRole('link', { name: number }).waitFor();
      await page.getByText('百货').first().waitFor({ state: 'hidden' });
    }
    await search.fill('');

    // A filter is kept under a name, applied again, and comes back after a slip.
    const mine = page.getByRole('checkbox', { name: list.mine });
    const isMine = (): Promise<boolean> => mine.isChecked();
    await mine.click();
    await expect.poll(isMine).toBe(true);
    await page.getByRole('button', { name: saved.save }).click();
    await page.getByLabel(saved.name).fill('本单位');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await mine.click();
    await expect.poll(isMine).toBe(false);
    await workstation.choose(saved.label, '本单位');
    await expect.poll(isMine).toBe(true);
    await page.getByRole('button', { name: saved.remove }).click();
    await page.getByText(filled(saved.removed, { name: '本单位' })).waitFor();
    await page.getByRole('button', { name: undo.undo }).click();
    await page.getByRole('button', { name: saved.rename }).waitFor();
    await expectAccessible(page);

    // The same consumer again: what there was is said before anything is saved.
    await page.getByRole('button', { name: words.common.action.newCase }).click();
    await page.getByLabel(words.cases.form.consumerPhone, { exact: true }).fill('138 1234 9876');
    const panel = page.getByRole('region', { name: repeats.title });
    await panel.getByRole('link', { name: number }).waitFor();
    await panel.getByText(repeats.scope).waitFor();
    // What other units know comes from the centre, as facts without names.
    const facts = { days: 365, cases: 1, merchants: 1, claimed: '¥666', returns: 0 };
    await panel.getByText(filled(elsewhere.facts, facts)).waitFor();
    const listed = panel.getByRole('list', { name: elsewhere.list }).getByRole('listitem');
    await listed.filter({ hasText: 'M02' }).filter({ hasText: elsewhere.outcome.open }).waitFor();
    await panel.getByText(elsewhere.privacy).waitFor();
    await expectAccessible(page);
    await panel.getByRole('link', { name: number }).click();

    await page.getByText(words.cases.page.next, { exact: true }).waitFor();

    // It is shown on the case's own page too.
    await page.getByRole('region', { name: repeats.title }).getByText(elsewhere.privacy).waitFor();

    // A step taken by mistake is taken back, as long as it has not left.
    await workstation.openStep('case-accepted');
    await workstation.confirmStep('case-accepted');
    await workstation.caseStatus('accepted');
    const back = page.getByRole('button', { name: new RegExp(`^${undo.undo}`) });
    await page.getByText(filled(undo.saved, { step: step['case-accepted'] })).waitFor();
    await expectAccessible(page);
    await back.click();
    await page.getByText(filled(undo.done, { step: step['case-accepted'] })).waitFor();
    await workstation.caseStatus('registered');
    await back.waitFor({ state: 'hidden' });
    // Once it has left, nothing is offered any more.
    await workstation.openStep('case-accepted');
    await workstation.confirmStep('case-accepted');
    await back.waitFor();
    await workstation.syncNow();
    await back.waitFor({ state: 'hidden' });
    await workstation.caseStatus('accepted');

    // What was registered wrongly is then corrected, with its reason.
    await workstation.openStep('case-corrected');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.cases.field.reason).fill('姓名听错');
    await dialog.getByLabel(words.cases.form.consumerName).fill('司马光');
    await expectAccessible(page);
    await workstation.confirmStep('case-corrected');
    await page.getByText('司马光').first().waitFor();
    await page.getByText('姓名听错').first().waitFor();
  });
});

it('says that other units were not asked while the line is down, and asks by itself when it is back', async () => {
  const { workstation } = await stage.openWorkstation('线路', {
    unitPath: '/HS/C1/M01',
    staffId: 'mediator-mall',
    prepare: async () => undefined,
  });
  const { page } = workstation;
  const { cases, common, finding } = WORDS['zh-CN'];
  await workstation.goTo('cases');
  await stage.centre.halt();
  await page.getByRole('button', { name: common.action.newCase }).click();
  await page.getByLabel(cases.form.consumerPhone, { exact: true }).fill(PHONE);
  await page.getByText(finding.elsewhere.offline).waitFor();
  await expectAccessible(page);
  await stage.centre.resume();
  await page.getByRole('list', { name: finding.elsewhere.list }).getByText('M02').waitFor();
  await page.getByText(finding.elsewhere.offline).waitFor({ state: 'hidden' });
});
