import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';
/** Years away from the machine's own clock, so that nothing below can come from there. */
const MORNING = new Date('2031-03-10T09:05:00+08:00');
const MINUTE_MS = 60_000;

it('the board has what is to be done in records of every kind, and leads to each', async () => {
  stage.centre.setNow(MORNING);
  const options = {
    unitPath: MALL,
    staffId: 'mediator-mall',
    clock: () => MORNING,
    now: MORNING,
    prepare: async (api: WorkstationClient) => {
      const { id: caseId } = await api.cases.register({
        ...caseInput(),
        facts: { ...caseInput().facts, occurredOn: '2031-03-01' },
      });
      const { state } = await api.privacy.receive({
        privacyId: crypto.randomUUID(),
        what: 'access',
        requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
        identity: 'id-seen',
        records: [{ kind: 'case', id: caseId }],
        wish: '【虚构示例】想知道保存了什么',
      });
      const { others } = await api.deadlines.board({ scope: 'unit' });
      const dueAt = Date.parse(others.cases[0]?.dueAt ?? '');
      // The person sits down shortly before its end.
      options.now = new Date(dueAt - 4 * MINUTE_MS);
      return { id: state.id, number: state.number, dueAt };
    },
  };
  const { process: workstation, prepared } = await stage.openWorkstation('商场', options);
  const { page } = workstation;
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['HESHI_PICTURES'];
    if (folder === undefined) return;
    for (const width of [1024, 1366, 1920]) {
      await page.setViewportSize({ width, height: 768 });
      await page.screenshot({ path: join(folder, `${name}.${width}.png`), fullPage: true });
    }
  };
  for (const language of ['zh-CN', 'en'] as const) {
    const { deadlines, common } = WORDS[language];
    if (language === 'en') await page.getByText(common.language.en, { exact: true }).first().click();
    await page.evaluate(`location.hash = '#/deadlines'`);
    const others = page.getByRole('region', { name: deadlines.others.name });
    await others.getByText(deadlines.others.privacy.answer).waitFor();
    await expectAccessible(page);
    await picture(`board.${language}`);
    await others.getByRole('link', { name: prepared.number }).click();
    await page.waitForURL(`**/#/privacy/${prepared.id}`);
    expect(await page.getByText(prepared.number).first().isVisible()).toBe(true);
  }

  // It runs out while there is no line and the screen is left open: that is said all the same, by this workstation's clock.
  const others = page.getByRole('region', { name: WORDS.en.deadlines.others.name });
  const late = WORDS.en.common.deadline.overdue.replace('{{count}}', '1');
  await page.evaluate(`location.hash = '#/deadlines'`);
  await others.getByText(WORDS.en.deadlines.others.privacy.answer).waitFor();
  expect(await others.getByText(late).count()).toBe(0);
  await stage.centre.halt();
  workstation.setClock(new Date(prepared.dueAt + 2 * MINUTE_MS));
  await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
  await others.getByText(late).waitFor();
});
