import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import enRules from '../../src/renderer/kernel/locales/en/rules.ts';
import zhRules from '../../src/renderer/kernel/locales/zh-CN/rules.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { collect, pdfOf, pngOf, wavOf } from '../support/samples.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { evidencePage } from './pages/evidence-page.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { launchBrowser, openWorkstationProcess, type WorkstationProcess } from './support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let server: TestServer;
let centre: TestCentre;
let browser: Browser;
let folder: string;
let remove: () => Promise<void>;
const processes: WorkstationProcess[] = [];
const words = WORDS['zh-CN'];

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  server = await startTestServer();
  centre = await startDistrictCentre(server.server, { evidenceFolder: join(folder, 'centre') });
  browser = await launchBrowser();
});
afterAll(async () => {
  for (const one of processes) await one.stop();
  await browser.close();
  await centre.stop();
  await server.stop();
  await remove();
});

async function openWorkstation(name: string, unitPath: string, enrol = true): Promise<WorkstationPage> {
  const process = await openWorkstationProcess(browser, folder, name);
  processes.push(process);
  const workstation = workstationPage(process.page, words);
  if (enrol) await workstation.enrol(centre.url, await codeFor(centre, unitPath), name);
  await workstation.signIn(PASSWORD);
  return workstation;
}

/** A case of the shop's, registered at its workstation before the screen is opened. */
async function registerCase(name: string, unitPath: string, staffId: string): Promise<void> {
  const dataFolder = join(folder, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
  });
  const { api } = workstation.connect();
  await api.session.enrol({
    centreUrl: centre.url,
    code: await codeFor(centre, unitPath),
    deviceName: name,
  });
  await api.session.signIn({ staffId, password: PASSWORD });
  await api.cases.register(caseInput());
  await workstation.close();
}

describe('evidence on the case page', () => {
  it('is added by picker, drop and paste, refused by content, seen elsewhere after sync, withdrawn', async () => {
    await registerCase('店铺台', '/HS/C1/M01/S001', 'manager-shop');
    const shop = await openWorkstation('店铺台', '/HS/C1/M01/S001', false);
    const { page } = shop;
    await shop.openCase('张三');
    const evidence = evidencePage(page, words);
    await page.getByText(words.evidence.empty).waitFor();

    // A receipt by the picker, reached and opened by the keyboard alone.
    // Waiting begins first: the browser has to be told before the window would open.
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: words.evidence.add }).focus();
    await page.keyboard.press('Enter');
    await (
      await chooser
    ).setFiles([
      { name: '破损照片.png', mimeType: 'image/png', buffer: pngOf(140, 240) },
      { name: '销售合同.pdf', mimeType: 'application/pdf', buffer: pdfOf('contract') },
    ]);
    await evidence.item('破损照片.png').waitFor();
    await evidence.item('销售合同.pdf').waitFor();

    // A text that calls itself a photo.
    await evidence.choose({
      name: '假照片.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('这不是照片'.repeat(99)),
    });
    const refusal = page.getByRole('alert').filter({ hasText: '假照片.jpg' });
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain(zhRules['evidence-type'].replace('{{name}}', '假照片.jpg'));
    await expectAccessible(page);
    await refusal.getByRole('button').click();

    // The same photo again, under another name, by dropping it.
    await evidence.drop('又一张.png', 'image/png', pngOf(140, 240));
    await page.getByText(zhRules['evidence-repeated'].replace('{{name}}', '破损照片.png')).waitFor();
    await evidence.drop('现场录音.wav', 'audio/wav', await collect(wavOf(40_000)));
    await evidence.item('现场录音.wav').waitFor();
    await evidence.paste('image.png', 'image/png', pngOf(60));
    await evidence.item(/^粘贴/).waitFor();

    await page.getByRole('button', { name: words.evidence.camera }).click();
    const camera = page.getByRole('dialog', { name: words.evidence.cameraTitle });
    await expectAccessible(page);
    await camera.getByRole('button', { name: words.evidence.shoot }).click();
    await camera.waitFor({ state: 'hidden' });
    await evidence.item(/^拍照 .*\.jpg$/).waitFor();

    // The thumbnail is the picture itself.
    const image = evidence.item('破损照片.png').locator('img');
    await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(240);

    await evidence.withdraw(/^粘贴/, '与本案无关');
    await page
      .getByText(/撤回：与本案无关/)
      .first()
      .waitFor();
    await shop.syncNow();
    await expect.poll(() => shop.sign().getAttribute('data-sign'), { timeout: 30_000 }).toBe('proved');

    // The mall, which supervises the shop, sees it after its own sync.
    const mall = await openWorkstation('商场台', '/HS/C1/M01');
    await mall.syncNow();
    await mall.openCase('张三');
    const there = evidencePage(mall.page, words);
    await there.item('破损照片.png').getByText(words.evidence.atCentre).waitFor();
    const photo = await there.open('破损照片.png');
    const shown = photo.getByRole('img', { name: '破损照片.png' });
    await expect.poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(240);
    await expectAccessible(mall.page);
    await mall.page.keyboard.press('Escape');
    await photo.waitFor({ state: 'hidden' });
    const recording = await there.open('现场录音.wav');
    const audio = recording.locator('audio');
    await expect.poll(() => audio.evaluate((one: HTMLAudioElement) => one.duration)).toBeGreaterThan(4);
    await mall.page.keyboard.press('Escape');
    await recording.waitFor({ state: 'hidden' });
    const contract = await there.open('销售合同.pdf');
    await contract.getByTitle('销售合同.pdf').waitFor();
    await mall.page.keyboard.press('Escape');
    await contract.waitFor({ state: 'hidden' });
    await there.item('破损照片.png').getByText(words.evidence.atCentre).waitFor({ state: 'hidden' });
    // It may add, and not withdraw what the handling unit brought.
    await mall.page.getByRole('button', { name: words.evidence.add }).waitFor();
    expect(await there.withdrawButton('破损照片.png').count()).toBe(0);

    // In the other language too; and once the case is settled, the evidence stays as it is.
    const english = WORDS.en;
    await page.getByRole('banner').getByText(english.common.language.en, { exact: true }).click();
    const inEnglish = evidencePage(page, english);
    await page.getByRole('button', { name: english.evidence.add }).waitFor();
    await inEnglish.choose({
      name: 'page.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('<html></html>'),
    });
    await page.getByText(enRules['evidence-type'].replace('{{name}}', 'page.pdf')).waitFor();
    await expectAccessible(page);
    const workstation = workstationPage(page, english);
    await workstation.openStep('case-accepted');
    await workstation.confirmStep('case-accepted');
    await workstation.openStep('case-settled');
    const settle = page.getByRole('dialog');
    await settle.getByLabel(english.cases.field.terms).fill('退还货款');
    await settle.getByLabel(english.cases.field.amount).fill('800');
    await workstation.confirmStep('case-settled');
    await page.getByText(english.evidence.frozen).waitFor();
    // Only proof of performance may still come in.
    await page.getByText(english.evidence.kind.performance, { exact: true }).waitFor();
    expect(await inEnglish.withdrawButton('破损照片.png').count()).toBe(0);
  });
});
