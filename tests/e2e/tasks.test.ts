import { join } from 'node:path';
import { expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';

it('the board has what is to be done in records of every kind, and leads to each', async () => {
  const { process: workstation, prepared } = await stage.openWorkstation('商场', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: async (api) => {
      const { id: caseId } = await api.cases.register(caseInput());
      const { state } = await api.privacy.receive({
        privacyId: crypto.randomUUID(),
        what: 'access',
        requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
        identity: 'id-seen',
        records: [{ kind: 'case', id: caseId }],
        wish: '【虚构示例】想知道保存了什么',
      });
      return { id: state.id, number: state.number };
    },
  });
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
});
