import { describe, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible, motionOver } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const MALL = '/HS/C1/M01';

const stage = useStage();

async function acceptedCase(api: WorkstationClient): Promise<string> {
  const { id, number } = await api.cases.register(caseInput());
  await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  return number;
}

describe.each(languagesOf('mediation'))('mediating, in %s', (language) => {
  const words = WORDS[language];
  const { cases } = words;
  const nth = (text: string, place: number): string => text.replace('{{place}}', String(place));

  it('knows agents, challenges, tests and proposals, and follows an agreement by instalments to its end', async () => {
    const { workstation, prepared: number } = await stage.openWorkstation(`台-${language}`, {
      unitPath: MALL,
      staffId: 'mediator-mall',
      language,
      prepare: acceptedCase,
    });
    const { page } = workstation;
    await workstation.openCase(number);
    const dialog = page.getByRole('dialog');

    await workstation.openStep('agent-appointed');
    await workstation.choose(cases.agent.side, cases.session.side.consumer);
    await dialog.getByLabel(cases.agent.name).fill('李律师');
    await workstation.choose(cases.agent.authority, cases.agent.special);
    await expectAccessible(page);
    await workstation.confirmStep('agent-appointed');
    await page.getByText('李律师').first().waitFor();

    // While the mediator is challenged, the case waits for the decision and for nothing else.
    await workstation.openStep('mediator-challenged');
    await workstation.choose(cases.challenge.by, cases.session.side.merchant);
    await dialog.getByLabel(cases.challenge.mediator).fill('测试员');
    await dialog.getByLabel(cases.field.reason).fill('与消费者相识');
    await workstation.confirmStep('mediator-challenged');
    await page.getByText(cases.challenge.open.replace('{{mediator}}', '测试员')).waitFor();
    await page.getByRole('button', { name: cases.step['challenge-decided'], exact: true }).waitFor();
    await workstation.openStep('challenge-decided');
    await dialog.getByLabel(cases.field.reason).fill('理由不成立');
    await expectAccessible(page);
    await workstation.confirmStep('challenge-decided');

    // A test stops the clock, its report starts it again.
    await workstation.openStep('testing-ordered');
    await dialog.getByLabel(cases.testing.subject).fill('面料色牢度');
    await dialog.getByLabel(cases.testing.institution).fill('质检院');
    await workstation.choose(cases.testing.fees, cases.testing.pays.shared);
    await workstation.confirmStep('testing-ordered');
    await page.getByText(cases.page.clock, { exact: true }).waitFor();
    await workstation.openStep('testing-reported');
    await dialog.getByLabel(cases.testing.finding).fill('色牢度不合格');
    await workstation.confirmStep('testing-reported');
    await page.getByText(cases.page.clock, { exact: true }).waitFor({ state: 'detached' });

    // A session with what each side proposed.
    await workstation.openStep('session-recorded');
    await dialog.getByLabel(cases.field.place).fill('调解室');
    await dialog.getByLabel(cases.field.record, { exact: true }).fill('双方到场陈述');
    await dialog.getByText(cases.session.more).click();
    await motionOver(page);
    await dialog.getByRole('button', { name: cases.session.addProposal }).click();
    await workstation.choose(cases.session.by, cases.session.side.merchant);
    await dialog.getByLabel(cases.session.amount).fill('900');
    await expectAccessible(page);
    await workstation.confirmStep('session-recorded');
    await workstation.caseStatus('mediating');

    // Settled by two instalments; a sum that does not fit is refused at its field, and nothing typed is lost.
    await workstation.openStep('case-settled');
    await dialog.getByLabel(cases.field.terms).fill('分两期退款');
    await dialog.getByLabel(cases.field.amount).fill('900');
    await workstation.choose(cases.field.performance, cases.performanceKind.by);
    await dialog.getByLabel(cases.field.dueOn, { exact: true }).fill('2027-02-01');
    await dialog.getByLabel(cases.field.manner).fill('转账');
    await dialog.getByRole('button', { name: cases.instalment.add }).click();
    await dialog.getByLabel(nth(cases.instalment.dueOn, 1)).fill('2027-01-04');
    await dialog.getByLabel(nth(cases.instalment.amount, 1)).fill('400');
    await dialog.getByLabel(nth(cases.instalment.dueOn, 2)).fill('2027-02-01');
    await dialog.getByLabel(nth(cases.instalment.amount, 2)).fill('400');
    await dialog.getByRole('button', { name: cases.step['case-settled'], exact: true }).click();
    await dialog.getByRole('alert').first().waitFor();
    await dialog.getByLabel(nth(cases.instalment.amount, 2)).fill('500');
    await expectAccessible(page);
    await workstation.confirmStep('case-settled');
    await workstation.caseStatus('settled');
    const table = page.getByRole('table').filter({ hasText: cases.instalment.standing });
    await table.getByRole('row').filter({ hasText: '2027-01-04' }).filter({ hasText: '¥400' }).waitFor();
    await table.getByRole('row').filter({ hasText: '2027-02-01' }).filter({ hasText: '¥500' }).waitFor();

    for (const place of [1, 2]) {
      await workstation.openStep('instalment-recorded');
      await dialog.getByText(nth(cases.instalment.nth, place)).waitFor();
      await workstation.choose(cases.field.result, cases.performanceResult.kept);
      await workstation.confirmStep('instalment-recorded');
    }
    await workstation.caseStatus('performed');
    await workstation.openStep('case-closed');
    await workstation.choose(cases.field.satisfaction, cases.satisfaction.unknown);
    await workstation.confirmStep('case-closed');
    await workstation.openStep('satisfaction-recorded');
    await workstation.choose(cases.field.satisfaction, cases.satisfaction.satisfied);
    await workstation.confirmStep('satisfaction-recorded');
    await page.getByText(cases.event['satisfaction-recorded']).first().waitFor();
    await expectAccessible(page);
  });
});
