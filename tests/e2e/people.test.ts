import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { workstationPage } from './pages/workstation-page.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const stage = useStage();
const MALL = '/HS/C1/M01';
const COLLEAGUE = 'mediator-colleague';
const PIN = '4827';
const zh = WORDS['zh-CN'].session;

/** A picture for whoever wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `people.${name}.png`) });
}

const lockTitled = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

async function setPin(page: Page, language: Language): Promise<void> {
  const { account } = WORDS[language].session;
  await page.evaluate(() => (location.hash = '#/account'));
  await page.getByLabel(account.current).fill(PASSWORD);
  await page.getByLabel(account.newPin).fill(PIN);
  await page.getByRole('button', { name: account.setPin }).click();
  await page.getByText(account.pinSet).waitFor();
}

describe('people at one window', () => {
  it('lock it, come back by PIN to what they typed, and change the shift', async () => {
    await stage.centre.admin.admin.addStaff({
      staff: [{ id: COLLEAGUE, name: '李接班', role: 'mediator', unitPath: MALL, password: PASSWORD }],
    });
    await stage.prepare('服务台', {
      unitPath: MALL,
      staffId: 'mediator-mall',
      prepare: async (api) => {
        await api.sync.now();
      },
    });
    const { page } = await stage.reopen('服务台');
    const desk = workstationPage(page, WORDS['zh-CN']);
    await desk.choose(zh.signIn.person, '测试员 · 调解员');
    await desk.signIn(PASSWORD);

    await setPin(page, 'zh-CN');
    await expectAccessible(page);
    await picture(page, 'account.zh');
    await page.evaluate(() => (location.hash = '#/cases/new'));
    const name = page.getByLabel(WORDS['zh-CN'].cases.form.consumerName);
    await name.fill('王小明');

    await page.keyboard.press('Control+l');
    const lock = lockTitled(page, zh.lock.title);
    await lock.waitFor();
    expect(await name.isVisible()).toBe(false);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Alt+n');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await expectAccessible(page);
    await picture(page, 'lock.zh');
    // However long it takes to ask anew who has a PIN: what is typed under the message stays.
    await page.route(/people/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    // The field has the focus: figures and Enter are all it takes.
    await page.keyboard.type('9090');
    await page.keyboard.press('Enter');
    await lock.getByRole('alert').getByText('4').waitFor();
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await lock.waitFor({ state: 'hidden' });
    expect(await name.inputValue()).toBe('王小明');

    await page.keyboard.press('Control+Shift+l');
    const shift = lockTitled(page, zh.lock.shift);
    await shift.waitFor();
    await picture(page, 'shift.zh');
    await desk.choose(zh.signIn.person, '李接班 · 调解员');
    await shift.getByLabel(zh.signIn.password).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await shift.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /李接班/ }).waitFor();
    await page.evaluate(() => (location.hash = '#/cases/new'));
    await name.waitFor();
    expect(await name.inputValue()).toBe('');

    await page.keyboard.press('Control+Shift+l');
    await shift.waitFor();
    await desk.choose(zh.signIn.person, '测试员 · 调解员');
    await shift.getByLabel(zh.signIn.pin).fill(PIN);
    await page.keyboard.press('Enter');
    await shift.waitFor({ state: 'hidden' });
    await page.evaluate(() => (location.hash = '#/cases/new'));
    await page.getByText(WORDS['zh-CN'].common.draft.restored).waitFor();
    expect(await name.inputValue()).toBe('王小明');

    // Dismissed at the centre: the open window says so, and what was kept.
    await stage.centre.admin.admin.deactivateStaff({ staffId: 'mediator-mall' });
    const ended = page.getByRole('alert').getByText(zh.ended.dismissed);
    await ended.waitFor();
    await page.getByText(zh.ended.drafts.replace('{{count}}', '1')).waitFor();
    await expectAccessible(page);
    await picture(page, 'ended.zh');
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).click();
    await page.getByText(WORDS.en.session.ended.dismissed).waitFor();
    await picture(page, 'ended.en');
  });

  it('read what a revoked workstation has, and take along what it had not sent', async () => {
    const { process: desk } = await stage.openWorkstation('停用', {
      unitPath: MALL,
      staffId: COLLEAGUE,
      language: 'en',
      undoMs: 600_000,
      prepare: async (api) => {
        await api.sync.now();
        await api.cases.register(caseInput());
        const { enrolment } = await api.session.state();
        const deviceId = enrolment?.deviceId ?? '';
        await stage.centre.admin.admin.revoke({ deviceId, reason: '【虚构】被盗' });
      },
    });
    const { page } = desk;
    const { revoked } = WORDS.en.session;
    await page.getByText(revoked.title).waitFor();
    await page.setViewportSize({ width: 1024, height: 768 });
    await expectAccessible(page);
    await picture(page, 'revoked.en');
    await page.getByRole('button', { name: revoked.export }).click();
    const dialog = page.getByRole('dialog', { name: revoked.export });
    await dialog.getByLabel(revoked.passphrase).fill('twelve characters and more');
    await dialog.getByLabel(revoked.repeat).fill('twelve characters and more');
    await expectAccessible(page);
    await picture(page, 'carry.en');
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: revoked.save }).click();
    expect((await download).suggestedFilename()).toMatch(/\.carried\.json$/);
  });
});
