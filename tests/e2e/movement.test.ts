import { describe, expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';

const stage = useStage();

describe.each(languagesOf('movement'))('moving a case, in %s', (language) => {
  const words = WORDS[language];

  it('goes up from the board, comes back for its materials, stands still, and reports a violation', async () => {
    const { workstation: shop, prepared: number } = await stage.openWorkstation(`店铺台-${language}`, {
      unitPath: SHOP,
      staffId: 'manager-shop',
      language,
      // Five days ago, so that its first contact is long overdue.
      clock: () => new Date(Date.now() - 5 * 86_400_000),
      prepare: async (api) => (await api.cases.register(caseInput())).number,
    });
    const { workstation: mall } = await stage.openWorkstation(`商场台-${language}`, {
      unitPath: MALL,
      staffId: 'mediator-mall',
      language,
      prepare: async () => undefined,
    });

    // The board proposes escalation for what is overdue, and opens its form.
    await shop.goTo('deadlines');
    const overdue = shop.page.getByRole('region', { name: words.deadlines.overdue });
    await overdue.getByRole('link', { name: number }).waitFor();
    await expectAccessible(shop.page);
    await overdue
      .getByRole('button', { name: words.deadlines.escalate.replace('{{number}}', number) })
      .click();
    const dialog = shop.page.getByRole('dialog');
    await dialog.getByLabel(words.cases.field.reason).fill('本店未能解决');
    await shop.confirmStep('case-escalated');
    await shop.caseStatus('escalated');
    await shop.syncNow();

    // It arrives at the mall, which sends it back for its materials.
    await mall.syncNow();
    await mall.goTo('deadlines');
    const arrived = mall.page.getByRole('region', { name: words.deadlines.arrived });
    await arrived.getByRole('link', { name: number }).click();
    await mall.openStep('case-handed-down');
    await mall.choose(words.cases.field.purpose, words.cases.handDownPurpose['complete-materials']);
    await mall.page.getByRole('dialog').getByLabel(words.cases.field.reason).fill('请补充购物小票');
    await expectAccessible(mall.page);
    await mall.confirmStep('case-handed-down');
    await mall.caseStatus('handed-down');
    await mall.page.getByText('请补充购物小票').first().waitFor();
    await mall.syncNow();

    // The shop stops its clock while the goods are tested: the deadline is gone, the file says why.
    await shop.syncNow();
    await shop.openCase(number);
    await shop.caseStatus('handed-down');
    await shop.openStep('clock-stopped');
    await shop.choose(words.cases.field.cause, words.cases.clockStop.testing);
    await shop.page.getByRole('dialog').getByLabel(words.cases.field.reason).fill('送检');
    await shop.confirmStep('clock-stopped');
    await shop.page.getByText(words.cases.page.clock, { exact: true }).waitFor();
    await shop.openStep('clock-resumed');
    await shop.confirmStep('clock-resumed');

    // A violation is a second track; the district would answer it.
    await shop.openStep('violation-reported');
    await shop.page.getByRole('dialog').getByLabel(words.cases.field.violation).fill('吊牌没有厂名厂址');
    await expectAccessible(shop.page);
    await shop.confirmStep('violation-reported');
    await shop.page.getByText(words.cases.page.violation, { exact: true }).waitFor();
    await expectAccessible(shop.page);
    expect(await shop.page.getByText(words.cases.page.violationOpen).isVisible()).toBe(true);
  });
});
