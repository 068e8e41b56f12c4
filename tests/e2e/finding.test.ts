import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import {
  codeFor,
  createTestDistrict,
  startTestCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { caseInput, PASSWORD, temporaryFolder } from '../support/workstation.ts';
import { deskPage, type DeskPage } from './pages/desk-page.ts';
import { WORDS, type Language } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { launchBrowser, openDeskProcess, type DeskProcess } from './support/desk.ts';

const MALL = '/HS/C1/M01';
const PHONE = '13812349876';

let server: TestServer;
let centre: TestCentre;
let browser: Browser;
let folder: string;
let remove: () => Promise<void>;
const processes: DeskProcess[] = [];

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  server = await startTestServer();
  centre = await startTestCentre(server.server);
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  browser = await launchBrowser();
});
afterAll(async () => {
  for (const one of processes) await one.stop();
  await browser.close();
  await centre.stop();
  await server.stop();
  await remove();
});

async function openDesk(name: string, language: Language): Promise<{ desk: DeskPage; number: string }> {
  const dataFolder = join(folder, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
  });
  const { api } = workstation.connect();
  await api.session.enrol({ centreUrl: centre.url, code: await codeFor(centre, MALL), deviceName: name });
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  const { number } = await api.cases.register(caseInput({ consumer: { name: '欧阳娜娜', phone: PHONE } }));
  await api.cases.register(caseInput({ merchant: { merchantId: null, name: '百货' }, amountFen: 99_900 }));
  await workstation.close();
  const process = await openDeskProcess(browser, folder, name);
  processes.push(process);
  await deskPage(process.page, WORDS['zh-CN']).signIn(PASSWORD);
  if (language === 'en')
    await process.page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
  return { desk: deskPage(process.page, WORDS[language]), number };
}

describe.each<Language>(['zh-CN', 'en'])('finding, in %s', (language) => {
  const words = WORDS[language];
  const { list, saved, repeats, undo } = words.cases;

  it('finds by what is remembered, keeps a filter, shows repeats while registering, and corrects what was misheard', async () => {
    const { desk, number } = await openDesk(`台-${language}`, language);
    const { page } = desk;
    await desk.goTo('cases');
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
    await desk.choose(saved.label, '本单位');
    await expect.poll(isMine).toBe(true);
    await page.getByRole('button', { name: saved.remove }).click();
    await page.getByText(saved.removed.replace('{{name}}', '本单位')).waitFor();
    await page.getByRole('button', { name: undo.undo }).click();
    await page.getByRole('button', { name: saved.rename }).waitFor();
    await expectAccessible(page);

    // The same consumer again: what there was is said before anything is saved.
    await page.getByRole('button', { name: words.common.action.newCase }).click();
    await page.getByLabel(words.cases.form.consumerPhone, { exact: true }).fill('138 1234 9876');
    const panel = page.getByRole('region', { name: repeats.title });
    await panel.getByRole('link', { name: number }).waitFor();
    await panel.getByText(repeats.scope).waitFor();
    await expectAccessible(page);
    await panel.getByRole('link', { name: number }).click();

    await page.getByText(words.cases.page.next, { exact: true }).waitFor();

    // What was registered wrongly is corrected, with its reason.
    await desk.openStep('case-corrected');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.cases.field.reason).fill('姓名听错');
    await dialog.getByLabel(words.cases.form.consumerName).fill('司马光');
    await expectAccessible(page);
    await desk.confirmStep('case-corrected');
    await page.getByText('司马光').first().waitFor();
    await page.getByText('姓名听错').first().waitFor();
  });
});
