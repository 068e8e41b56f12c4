import { join } from 'node:path';
import { expect, it } from 'vitest';
import en from '../../src/renderer/access/locales/en.ts';
import zh from '../../src/renderer/access/locales/zh-CN.ts';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';
const CIRCLE = '/HS/C1';
const REASON = '电话通知调解时间';

it('a supervisor sees who looked at whose data, at the unit and right below it, and narrows it', async () => {
  const number = await stage.prepare('商场', {
    unitPath: MALL,
    staffId: 'mediator-mall',
    prepare: async (api) => {
      const registered = await api.cases.register(caseInput());
      await api.cases.reveal({ id: registered.id, reason: REASON });
      await api.sync.now();
      return registered.number;
    },
  });
  const { process: workstation, prepared: own } = await stage.openWorkstation('商圈', {
    unitPath: CIRCLE,
    staffId: 'supervisor-circle',
    prepare: async (api) => {
      await api.sync.now();
      const registered = await api.cases.register(caseInput({ source: 'phone' }));
      await api.cases.reveal({ id: registered.id, reason: '核对送达地址' });
      await api.accesses.export({ format: 'xlsx', filter: {} });
      return registered.number;
    },
  });
  const { page } = workstation;
  /** Pictures for whoever wants to look at them. */
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['HESHI_PICTURES'];
    if (folder === undefined) return;
    for (const [width, height] of [
      [1366, 768],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(folder, `${name}.${width}.png`) });
    }
  };
  await page.getByRole('menuitem', { name: zh.nav }).click();
  const row = page.getByRole('row', { name: new RegExp(REASON) });
  await row.waitFor();
  expect(await row.textContent()).toContain(zh.actions.reveal);
  // The mall's case is not in the circle's sight: its number stands there, and leads nowhere.
  expect(await row.textContent()).toContain(number);
  expect(await row.getByRole('link').count()).toBe(0);
  await page.getByRole('link', { name: own }).waitFor();
  await page.getByText(zh.total.replace('{{total}}', '3')).waitFor();
  await expectAccessible(page);
  await picture('access.zh');

  // What is about people bears who looks at it; a canvas made it, so that only that it is there can be asked.
  await page.getByRole('link', { name: own }).click();
  await page.getByRole('heading', { name: new RegExp(own) }).waitFor();
  const marked = `[...document.querySelectorAll('main div')].some((one) => getComputedStyle(one).backgroundImage.startsWith('url("data:image/png'))`;
  await expect.poll(() => page.evaluate(marked)).toBe(true);
  await expectAccessible(page);
  await picture('watermark.zh');

  await page.evaluate('location.hash = "#/accesses?to=2020-01-01"');
  await page.getByText(zh.noneFound).waitFor();
  await expectAccessible(page);
  await picture('access.zh.none');
  await page.getByRole('button', { name: zh.clear }).click();
  await row.waitFor();

  await page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
  await page.getByRole('heading', { name: en.title }).waitFor();
  await picture('access.en');
});
