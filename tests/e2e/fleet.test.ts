import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseInput } from '../support/workstation.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const CIRCLE = '/HS/C1';
const MALL = '/HS/C1/M01';

/** A picture for whoever wants to look at it. */
const picture = (name: string): string | null => {
  const folder = process.env['HESHI_PICTURES'];
  return folder === undefined ? null : join(folder, `${name}.png`);
};

describe('the fleet', () => {
  it('shows a supervisor each workstation, and has one compare with a reason that is kept', async () => {
    const words = WORDS['zh-CN'].fleet;
    await stage.prepare('服务台', {
      unitPath: MALL,
      staffId: 'mediator-mall',
      prepare: async (api) => {
        await api.cases.register(caseInput());
        await api.sync.now();
      },
    });
    const { process: workstation } = await stage.openWorkstation('商圈', {
      unitPath: CIRCLE,
      staffId: 'supervisor-circle',
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = workstation;
    await page.getByRole('menuitem', { name: WORDS['zh-CN'].common.nav.fleet }).click();
    const row = page.getByRole('row', { name: /服务台/ });
    await row.waitFor();
    await expect.poll(() => row.textContent()).toContain(words.state.proved);
    await expect.poll(() => row.textContent()).toContain(words.clockRight);
    await page.getByRole('status').getByText('2 / 2').waitFor();
    await expectAccessible(page);
    const shot = picture('fleet.zh');
    if (shot !== null) await page.screenshot({ path: shot });

    await row.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words.resync.submit }).click();
    await dialog.getByText(words.resync.reasonMissing).waitFor();
    await expectAccessible(page);
    await dialog.getByLabel(words.resync.reason).fill('数字与现场不符');
    await dialog.getByRole('button', { name: words.resync.submit }).click();
    await expect.poll(() => row.textContent()).toContain('数字与现场不符');
    const { stations } = await stage.centre.admin.admin.fleet({ under: MALL });
    expect(stations[0]?.resync).toMatchObject({
      reason: '数字与现场不符',
      askedBy: '测试员',
      result: null,
    });
  });

  it('says in English when nothing is to be looked at, and what it cannot show without a line', async () => {
    const words = WORDS.en.fleet;
    const { process: workstation } = await stage.openWorkstation('quiet', {
      unitPath: '/HS',
      staffId: 'supervisor-district',
      language: 'en',
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = workstation;
    await page.getByRole('menuitem', { name: WORDS.en.common.nav.fleet }).click();
    await page.getByRole('row', { name: /quiet/ }).waitFor();
    await page.getByText(words.trouble.replace('{{total}}', '0')).click();
    await page.getByText(words.noTrouble).waitFor();
    await expectAccessible(page);
    const shot = picture('fleet.en');
    if (shot !== null) await page.screenshot({ path: shot });
    await stage.centre.halt();
    await page.getByRole('button', { name: words.refresh }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await stage.centre.resume();
    await page.getByRole('button', { name: words.refresh }).first().click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});
