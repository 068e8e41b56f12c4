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

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';

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

/** Registers a case at the shop five days ago, so that its first contact is long overdue. */
async function registerAtShop(name: string): Promise<string> {
  const dataFolder = join(folder, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
    clock: () => new Date(Date.now() - 5 * 86_400_000),
  });
  const { api } = workstation.connect();
  await api.session.enrol({ centreUrl: centre.url, code: await codeFor(centre, SHOP), deviceName: name });
  await api.session.signIn({ staffId: 'manager-shop', password: PASSWORD });
  const { number } = await api.cases.register(caseInput());
  await workstation.close();
  return number;
}

async function openDesk(name: string, language: Language, unitPath?: string): Promise<DeskPage> {
  const process = await openDeskProcess(browser, folder, name);
  processes.push(process);
  const desk = deskPage(process.page, WORDS[language]);
  if (unitPath !== undefined) {
    await deskPage(process.page, WORDS['zh-CN']).enrol(centre.url, await codeFor(centre, unitPath), name);
  }
  await deskPage(process.page, WORDS['zh-CN']).signIn(PASSWORD);
  if (language === 'en')
    await process.page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
  return desk;
}

describe.each<Language>(['zh-CN', 'en'])('moving a case, in %s', (language) => {
  const words = WORDS[language];

  it('goes up from the board, comes back for its materials, stands still, and reports a violation', async () => {
    const number = await registerAtShop(`店铺台-${language}`);
    const shop = await openDesk(`店铺台-${language}`, language);
    const mall = await openDesk(`商场台-${language}`, language, MALL);

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
