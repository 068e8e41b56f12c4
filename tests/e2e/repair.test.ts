import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startNodeHost, type NodeHost } from '../../src/main/hosts/node-server.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import enRepair from '../../src/renderer/repair/locales/en.ts';
import zhRepair from '../../src/renderer/repair/locales/zh-CN.ts';
import { DAMAGES, type Damage } from '../repair/damages.ts';
import { makeTemplates, type Templates } from '../repair/folders.ts';
import { FULL } from '../support/full.ts';
import { codeFor } from '../support/postgres.ts';
import { PASSWORD } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { workstationPage } from './pages/workstation-page.ts';
import { expectAccessible } from './support/accessible.ts';
import { languagesOf } from './support/languages.ts';
import { useStage } from './support/stage.ts';

const REPAIR = { 'zh-CN': zhRepair, en: enRepair };
/** In each run; all of them in `npm run test:full`. */
const FEW = ['page of the facts overwritten'];
const stage = useStage();
let templates: Templates;

beforeAll(async () => {
  const dataFolder = join(stage.folder, 'one');
  const running = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    unattended: true,
    automaticSync: false,
    undoMs: 0,
  });
  const { api } = running.connect();
  const code = await codeFor(stage.centre, '/HS/C1/M01');
  await api.session.enrol({ centreUrl: stage.centre.url, code, deviceName: '服务台' });
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  templates = await makeTemplates(running, api, stage.folder);
});

/** A picture for whoever wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HESHI_PICTURES'];
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
}

async function damagedHost({ name, make }: Damage): Promise<NodeHost> {
  const folder = join(stage.folder, 'damaged');
  await rm(folder, { recursive: true, force: true });
  const template = name.includes('write-ahead') ? templates.killed : templates.closed;
  await cp(template, folder, { recursive: true });
  await make(folder);
  return startNodeHost({
    dataFolder: folder,
    open: false,
    unattended: true,
    automaticSync: false,
    undoMs: 0,
  });
}

async function speak(page: Page, language: Language): Promise<void> {
  await page.getByText(WORDS['zh-CN'].common.language[language], { exact: true }).first().click();
}

/** The start screen in each language that is told, then in the last of them the first way that it offers, to the workstation. */
async function tellsAndRepairs(page: Page, { name, ends }: Damage): Promise<void> {
  if (ends.at !== 'start-screen') throw new Error('No start screen');
  let words = REPAIR['zh-CN'];
  for (const language of languagesOf(`repair ${name}`)) {
    words = REPAIR[language];
    await speak(page, language);
    await page.getByRole('heading', { name: words.fault[ends.fault].title, level: 1 }).waitFor();
    const offered = await page.locator('.heshi-repair-ways h3').allInnerTexts();
    expect(offered.map((text) => text.replace(words.ways.best, '').trim())).toEqual(
      ends.ways.map((way) => words.ways[way].title),
    );
    await expectAccessible(page);
    await picture(page, `${name}.${language}`);
  }
  const [first] = ends.ways;
  if (first === undefined) return;
  await page.getByRole('button', { name: words.ways[first].do, exact: true }).click();
  if (first === 'anew')
    await page.getByRole('tooltip').getByRole('button', { name: words.ways.anew.do }).click();
  const title = first === 'anew' ? words.result.readyAnew : words.result.title;
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  await picture(page, `${name}.result`);
  await speak(page, 'zh-CN');
  await picture(page, `${name}.result.zh-CN`);
  await page.getByRole('button', { name: zhRepair.result.open, exact: true }).click();
  if (first === 'anew') await page.getByLabel(WORDS['zh-CN'].session.enrol.code).waitFor();
  else await workstationPage(page, WORDS['zh-CN']).signIn(PASSWORD);
}

/** A workstation that opens, and says in each language that is told what was found where the sign of its records is; or has nothing to say. */
async function tellsAtWork(page: Page, { name, ends }: Damage): Promise<void> {
  if (ends.at !== 'workstation') throw new Error('A start screen');
  await workstationPage(page, WORDS['zh-CN']).signIn(PASSWORD);
  for (const language of languagesOf(`repair ${name}`)) {
    await speak(page, language);
    const { title, now, damage } = WORDS[language].common.sync;
    await workstationPage(page, WORDS[language]).sign().click();
    const drawer = page.getByRole('dialog', { name: title });
    await drawer.getByRole('button', { name: now }).waitFor();
    if (ends.damage !== null) await drawer.getByText(damage.title).waitFor();
    expect(await drawer.getByText(damage.title).count()).toBe(ends.damage === null ? 0 : 1);
    await picture(page, `${name}.${language}`);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  }
}

describe('a damaged folder', () => {
  const tried = DAMAGES.filter(({ name }) => FULL || FEW.includes(name));
  it.each(tried)('$name: its screen says what happened and what can be done', async (damage) => {
    const host = await damagedHost(damage);
    const context = await stage.browser.newContext({
      viewport: { width: FULL ? 1024 : 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    try {
      await page.goto(host.url);
      if (damage.ends.at === 'start-screen') await tellsAndRepairs(page, damage);
      else await tellsAtWork(page, damage);
    } finally {
      await context.close();
      await host.close();
    }
  });

  it('can be looked at without recording anything, and repaired afterwards', async () => {
    const damage = DAMAGES.find(({ name }) => name === FEW[0]);
    if (damage === undefined) throw new Error('No such damage');
    const host = await damagedHost(damage);
    const page = await stage.browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    page.setDefaultTimeout(20_000);
    try {
      await page.goto(host.url);
      await page.getByRole('button', { name: zhRepair.ways['read-only'].do }).click();
      await workstationPage(page, WORDS['zh-CN']).signIn(PASSWORD);
      await page.getByText(zhRepair.reading.banner).waitFor();
      await expectAccessible(page);
      await picture(page, 'read-only.zh-CN');
      await page.getByRole('button', { name: zhRepair.reading.back }).click();
      await page.getByRole('heading', { name: zhRepair.fault.corrupt.title }).waitFor();
      await page.getByRole('button', { name: zhRepair.ways.facts.do }).click();
      await page.getByRole('heading', { name: zhRepair.result.title, exact: true }).waitFor();
      await page.getByRole('button', { name: zhRepair.result.open }).click();
      // Whoever was signed in at this window still is.
      await workstationPage(page, WORDS['zh-CN']).goTo('settings');
      await page.getByRole('button', { name: zhRepair.copies.now }).click();
      await page.getByLabel(zhRepair.copies.folder).fill(stage.folder);
      await page.getByRole('button', { name: zhRepair.copies.save }).click();
      await page.getByText(stage.folder, { exact: false }).first().waitFor();
      await expectAccessible(page);
      await picture(page, 'copies.zh-CN');
    } finally {
      await page.close();
      await host.close();
    }
  });
});
