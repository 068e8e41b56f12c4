import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eraseRecord } from '../../src/central/erasure/index.ts';
import en from '../../src/renderer/kernel/locales/en/common.ts';
import zh from '../../src/renderer/kernel/locales/zh-CN/common.ts';
import { ingestPartsOf } from '../support/ingest-parts.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';
const LATER = 30 * 86_400_000;
/** The sentence without its date, which stands where the sentence says. */
const said = (text: string): RegExp => new RegExp(text.replace('{{at}}', '.+'));

it('a record of which what is personal was erased says so, and offers nothing that cannot be done', async () => {
  const { process: workstation, prepared: id } = await stage.openWorkstation('商场', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: async (api) => {
      await api.sync.now();
      const { id: own } = await api.cases.register(caseInput());
      for (const action of [
        { step: 'note-added' as const, payload: { text: '消费者张三来电' } },
        { step: 'case-withdrawn' as const, payload: { reason: '双方自行和解' } },
        { step: 'case-closed' as const, payload: { satisfaction: 'satisfied' as const } },
      ]) {
        const { state } = await api.cases.get({ id: own });
        await api.cases.act({ id: own, revision: state.revision, action });
      }
      await api.sync.now();
      const parts = await ingestPartsOf(stage.centre);
      const then = new Date(Date.now() + LATER);
      expect(await eraseRecord(parts, { kind: 'case', id: own }, 'request', 'one', then)).toBe(true);
      await api.sync.now();
      return own;
    },
  });
  const { page } = workstation;
  /** Pictures for whoever wants to look at them. */
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['HESHI_PICTURES'];
    if (folder === undefined) return;
    for (const width of [1024, 1366, 1920]) {
      await page.setViewportSize({ width, height: 768 });
      await page.screenshot({ path: join(folder, `${name}.${width}.png`) });
    }
  };
  await page.evaluate(`location.hash = '#/cases/${id}'`);
  await page.getByText(said(zh.erased.request)).waitFor();
  await page.getByText(WORDS['zh-CN'].cases.event['personal-data-erased']).waitFor();
  expect(await page.getByText('张三').count()).toBe(0);
  const { page: words } = WORDS['zh-CN'].cases;
  for (const name of [words.note, words.reveal, zh.action.more])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  await expectAccessible(page);
  await picture('erased.zh');
  await page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
  await page.getByText(said(en.erased.request)).waitFor();
  await expectAccessible(page);
  await picture('erased.en');
});
