import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { readXlsx } from 'hucre/xlsx';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import { textOf } from '../support/poppler.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { WORDS, type Language } from './pages/words.ts';
import { languagesOf } from './support/languages.ts';
import { expectAccessible } from './support/accessible.ts';
import { launchBrowser, openWorkstationProcess, type WorkstationProcess } from './support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const DAY = 86_400_000;
const WANG = '王调解（虚构）';
const SUPERVISOR = '赵督导（虚构）';

let server: TestServer;
let centre: TestCentre;
let browser: Browser;
let folder: string;
let remove: () => Promise<void>;
const processes: WorkstationProcess[] = [];

beforeAll(async () => {
  server = await startTestServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
// A district of its own for each: what one finds in its queue is not another's.
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  centre = await startDistrictCentre(server.server);
  await centre.admin.admin.addStaff({
    staff: [
      { id: 'supervisor-mall', name: SUPERVISOR, role: 'supervisor', unitPath: MALL, passwordHash },
      { id: 'wang', name: WANG, role: 'mediator', unitPath: MALL, passwordHash },
    ],
  });
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.stop();
  await centre.stop();
  await remove();
});

type Filled = { late: string; up: string; closed: string[] };

/** A mall's workstation with cases overdue, gone up from the shop, in time, and closed; through the workstations' own commands. */
async function fillWorkstation(name: string): Promise<Filled> {
  let behind = 0;
  const open = async (workstation: string, unitPath: string, staffId: string) => {
    const dataFolder = join(folder, workstation);
    const running = await startWorkstation({
      dataFolder,
      host: createNodeHost(dataFolder),
      automaticSync: false,
      clock: () => new Date(Date.now() - behind),
    });
    const { api } = running.connect();
    await api.session.enrol({
      centreUrl: centre.url,
      code: await codeFor(centre, unitPath),
      deviceName: workstation,
    });
    await api.session.signIn({ staffId, password: PASSWORD });
    const act = async (id: string, ...actions: CaseAction[]): Promise<void> => {
      for (const action of actions) {
        const { state } = await api.cases.get({ id });
        await api.cases.act({ id, revision: state.revision, action });
      }
    };
    return { running, api, act };
  };
  const shop = await open(`${name}-shop`, `${MALL}/S001`, 'manager-shop');
  const { id: upId, number: up } = await shop.api.cases.register(
    caseInput({ merchant: { merchantId: null, name: '虚构数码店' }, amountFen: 599_900 }),
  );
  await shop.act(upId, { step: 'case-escalated', payload: { toPath: MALL, reason: '本店未能解决' } });
  await shop.api.sync.now();
  await shop.running.close();

  const mall = await open(name, MALL, 'supervisor-mall');
  behind = 40 * DAY;
  const input = () =>
    caseInput({ facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2026-03-01' } });
  const { number: late } = await mall.api.cases.register(input());
  // A week ago: the calls after closing are due today.
  behind = 7 * DAY;
  const closed: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const { id, number } = await mall.api.cases.register(input());
    await mall.act(
      id,
      { step: 'case-withdrawn', payload: { reason: '自行和解' } },
      { step: 'case-closed', payload: { satisfaction: 'unknown' } },
    );
    closed.push(number);
  }
  behind = 0;
  await mall.api.cases.register(input());
  await mall.api.sync.now();
  await mall.running.close();
  return { late, up, closed };
}

async function openWorkstation(name: string, language: Language, person: string): Promise<WorkstationPage> {
  const process = await openWorkstationProcess(browser, folder, name);
  processes.push(process);
  const { page } = process;
  const zh = workstationPage(page, WORDS['zh-CN']);
  await zh.choose(WORDS['zh-CN'].session.signIn.person, person);
  await zh.signIn(PASSWORD);
  if (language === 'en')
    await page.getByText(WORDS['zh-CN'].common.language.en, { exact: true }).first().click();
  return workstationPage(page, WORDS[language]);
}

/** What is downloaded when one of the export's formats is chosen. */
async function exported(page: Page, words: (typeof WORDS)[Language], format: 'xlsx' | 'pdf') {
  await page.getByRole('button', { name: words.supervision.export.label }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: words.supervision.export[format] }).click();
  const download = await downloading;
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { name, bytes: new Uint8Array(await readFile(path)) };
}

describe.each(languagesOf('supervision'))("the supervisor's desk, in %s", (language) => {
  const words = WORDS[language];
  const { queue, load, review, compare, views, holder, drill } = words.supervision;

  it('assigns, weighs the load, reviews a sample, compares, and exports what is on the screen', async () => {
    const name = `督导台-${language}`;
    const { late, up } = await fillWorkstation(name);
    const workstation = await openWorkstation(
      name,
      language,
      `${SUPERVISOR} · ${WORDS['zh-CN'].common.role.supervisor}`,
    );
    const { page } = workstation;
    const view = (which: keyof typeof views) =>
      page.getByRole('radiogroup', { name: views.label }).getByText(views[which], { exact: true }).click();

    // The queue: what is overdue first, then what came up; assigned without leaving it.
    await workstation.goTo('supervision');
    const table = page.getByRole('table', { name: queue.label });
    await table.getByRole('link', { name: late }).waitFor();
    expect(await table.getByRole('link').allTextContents()).toEqual([late, up]);
    await expectAccessible(page);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(holder.hint).waitFor();
    await workstation.choose(
      holder.choose,
      holder.option
        .replace('{{name}}', WANG)
        .replace('{{role}}', words.common.role.mediator)
        .replace('{{count}}', '0'),
    );
    await expectAccessible(page);
    await workstation.confirmStep('case-assigned');
    await table.getByText(WANG).waitFor();
    // One key opens the current one; the case says who has it.
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByText(words.cases.page.next, { exact: true }).waitFor();
    await page.getByText(WANG).first().waitFor();
    await expectAccessible(page);
    await page.goBack();

    // The load, and from a figure to its cases and back.
    await view('load');
    const weights = page.getByRole('table', { name: load.label });
    await weights.getByRole('row').filter({ hasText: WANG }).waitFor();
    await expectAccessible(page);
    await weights
      .getByRole('link', {
        name: load.openNamed
          .replace('{{name}}', WANG)
          .replace('{{what}}', load.overdue)
          .replace('{{total}}', '1'),
      })
      .click();
    await page.getByRole('heading', { name: words.cases.title, level: 1 }).waitFor();
    await page.getByRole('table').getByRole('link', { name: late }).waitFor();
    await expect.poll(() => page.getByRole('table').getByRole('link').count()).toBe(1);
    await expectAccessible(page);
    await page.goBack();
    await weights.waitFor();

    // A sample, drawn by lot; a review says what was found, and the case stays closed.
    await view('review');
    await page.getByLabel(review.count).fill('3');
    await page.getByLabel(review.seed, { exact: true }).fill('4711');
    await page.getByRole('button', { name: review.draw }).click();
    const sample = page.getByRole('table', { name: review.cases });
    await sample.getByRole('link').first().waitFor();
    await expect.poll(() => sample.getByRole('link').count()).toBe(3);
    await expectAccessible(page);
    const drawn = await sample.getByRole('link').allTextContents();
    await sample.getByRole('link').first().click();
    await workstation.choose(review.chooseResult, review.remarks);
    await page.getByRole('dialog').getByLabel(review.text).fill('未记录消费者陈述');
    await expectAccessible(page);
    await workstation.confirmStep('case-reviewed');
    await workstation.caseStatus('closed');
    await page.getByRole('list', { name: review.title }).getByText('未记录消费者陈述').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: review.back }).click();
    await sample.getByText('未记录消费者陈述').waitFor();
    await page
      .getByText(review.progress.replace('{{reviewed}}', '1').replace('{{drawn}}', '3'), { exact: true })
      .waitFor();
    // The same seed draws the same cases again.
    await page.getByLabel(review.count).fill('3');
    await page.getByLabel(review.seed, { exact: true }).fill('4711');
    await page.getByRole('button', { name: review.draw }).click();
    await page
      .getByText(review.progress.replace('{{reviewed}}', '0').replace('{{drawn}}', '3'), { exact: true })
      .waitFor();
    await expect.poll(() => sample.getByRole('link').allTextContents()).toEqual(drawn);

    // Units and periods; a figure opens what may be seen of it, with a word on the rest.
    await view('compare');
    const compared = page.getByRole('table', { name: compare.label });
    await compared.getByRole('row').nth(1).waitFor();
    await expectAccessible(page);
    await compared
      .getByRole('button', { name: new RegExp(compare.registered) })
      .first()
      .click();
    const opened = page.getByRole('dialog');
    await opened.getByRole('table').waitFor();
    const [counted = ''] = drill.all.split('{{counted}}');
    await expect.poll(() => opened.getByRole('status').first().textContent()).toContain(counted.trim());
    await expectAccessible(page);
    // A hint under the resting mouse does not take the Esc that was meant for the panel.
    await opened.locator('table time').first().hover();
    await page.getByRole('tooltip').filter({ visible: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'hidden' });

    // Both formats of the queue; what is on the screen is in them, and no name or phone in full.
    await view('queue');
    await table.getByText(WANG).waitFor();
    const spreadsheet = await exported(page, words, 'xlsx');
    expect(spreadsheet.name).toMatch(/\.xlsx$/);
    const workbook = await readXlsx(spreadsheet.bytes);
    const cells: unknown[] = (workbook.sheets[0]?.rows ?? []).flat();
    expect(cells).toEqual(expect.arrayContaining([late, up, WANG, 5999]));
    expect(cells).not.toContain('张三');
    const paper = await exported(page, words, 'pdf');
    expect(paper.name).toMatch(/\.pdf$/);
    const text = await textOf(paper.bytes);
    for (const word of [late, up, WANG, '张*']) expect(text).toContain(word);
    await expectAccessible(page);
  });

  it('is not there for a mediator, who may take a case themself', async () => {
    const name = `调解台-${language}`;
    const { late, closed } = await fillWorkstation(name);
    const workstation = await openWorkstation(
      name,
      language,
      `${WANG} · ${WORDS['zh-CN'].common.role.mediator}`,
    );
    const { page } = workstation;
    const menu = page.getByRole('navigation', { name: words.common.nav.label });
    await menu.getByRole('menuitem', { name: words.common.nav.cases }).waitFor();
    expect(await menu.getByRole('menuitem', { name: words.common.nav.supervision }).count()).toBe(0);
    await page.evaluate(() => {
      location.hash = '#/supervision';
    });
    await page.getByText(words.errors.codes.NOT_PERMITTED).waitFor();
    await workstation.openCase(late);
    await workstation.openStep('case-assigned');
    await workstation.confirmStep('case-assigned');
    await page.getByText(WANG).nth(1).waitFor();
    await workstation.goTo('today');
    const { today } = words.supervision;
    await page.getByText(today.mine.replace('{{total}}', '1'), { exact: true }).click();
    await page.getByRole('link', { name: late }).waitFor();
    await expectAccessible(page);

    // The calls after closing are on the board; one is made from there.
    await workstation.goTo('deadlines');
    const { followUp } = words.supervision;
    const calls = page.getByRole('region', { name: followUp.calls });
    const [number = ''] = closed;
    await calls.getByRole('link', { name: number }).waitFor();
    await expectAccessible(page);
    await calls.getByRole('button', { name: followUp.do.satisfaction.replace('{{number}}', number) }).click();
    await page
      .getByText(new RegExp(`^${followUp.satisfaction}`))
      .first()
      .waitFor();
    await workstation.choose(words.cases.field.satisfaction, words.cases.satisfaction.satisfied);
    await workstation.confirmStep('satisfaction-recorded');
    await workstation.goTo('deadlines');
    await calls.getByRole('link', { name: closed[1] }).waitFor();
    await calls.getByRole('link', { name: number }).waitFor({ state: 'hidden' });
  });
});
