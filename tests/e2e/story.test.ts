import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation } from '../../src/main/workstation.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { onRoster } from '../support/roster.ts';
import { PASSWORD } from '../support/workstation.ts';
import { workstationPage, type WorkstationPage } from './pages/workstation-page.ts';
import { WORDS } from './pages/words.ts';
import { launchBrowser, openWorkstationProcess, type WorkstationProcess } from './support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const words = WORDS['zh-CN'];
const MERCHANT = '虚构服饰店一号';

let server: TestServer;
let centre: TestCentre;
let browser: Browser;
let folder: string;
let remove: () => Promise<void>;
const processes: WorkstationProcess[] = [];

beforeAll(async () => {
  server = await startTestServer();
  centre = await startDistrictCentre(server.server);
  ({ folder, remove } = await temporaryFolder());
  browser = await launchBrowser();
  await registerMerchant();
});
afterAll(async () => {
  for (const one of processes) await one.stop();
  await browser.close();
  await centre.stop();
  await server.stop();
  await remove();
});

/** The mall put its tenant and the tenant's promise on the roster some time ago, at another of its workstations. */
async function registerMerchant(): Promise<void> {
  const dataFolder = join(folder, 'roster');
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
  });
  const { api } = workstation.connect();
  await api.session.enrol({
    centreUrl: centre.url,
    code: await codeFor(centre, '/HS/C1/M01'),
    deviceName: '商场二号台',
  });
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  await onRoster(api, { name: MERCHANT, unitName: 'S001（测试）', unitPath: '/HS/C1/M01', days: 7 });
  await api.sync.now();
  await workstation.close();
}

async function openWorkstation(
  name: string,
  unitPath: string,
): Promise<WorkstationPage & { process: WorkstationProcess }> {
  const process = await openWorkstationProcess(browser, folder, name, { killable: true });
  processes.push(process);
  const workstation = workstationPage(process.page, words);
  await workstation.enrol(centre.url, await codeFor(centre, unitPath), name);
  await workstation.signIn(PASSWORD);
  return { ...workstation, process };
}

describe('the whole story, as three people', () => {
  it('goes from a refused return at the shop to a settlement at the circle, and counts right everywhere', async () => {
    const shop = await openWorkstation('店铺台', '/HS/C1/M01/S001');
    const { page } = shop;

    // The centre is away for the first half.
    await centre.halt();

    // The shop manager logs a return of goods worn and bought three weeks ago, and refuses it.
    await shop.goTo('returns');
    await page.getByRole('button', { name: words.returns.new }).first().click();
    await shop.choose(words.returns.form.merchant, MERCHANT);
    await page.getByLabel(words.returns.form.goodsName).fill('羊绒大衣');
    await shop.choose(words.returns.form.goodsCategory, words.returns.goods.clothing);
    await page
      .getByLabel(words.returns.form.purchasedOn)
      .fill(shiftDay(businessDay(new Date().toISOString()), -21));
    await page.getByLabel(words.returns.form.amount, { exact: true }).fill('1.28千');
    await page.getByLabel(words.returns.form.amount, { exact: true }).fill('1280');
    await page.getByText(words.returns.condition.used, { exact: true }).click();
    await page.getByText(words.returns.proof.receipt, { exact: true }).click();
    await page.getByLabel(words.returns.form.consumerName).fill('王小明');
    await page.getByText(words.returns.verdict.ineligible).waitFor();

    // Power cut in the middle of typing: what was typed comes back.
    await page.waitForTimeout(900);
    await shop.process.kill();
    await shop.process.start();
    await shop.signIn(PASSWORD);
    await page.getByRole('navigation', { name: words.common.nav.label }).waitFor();
    await shop.goTo('returns');
    await page.getByRole('button', { name: words.returns.new }).first().click();
    await page.getByText(words.common.draft.restored).waitFor();
    expect(await page.getByLabel(words.returns.form.consumerName).inputValue()).toBe('王小明');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: words.returns.refuse.action }).click();
    const refuse = page.getByRole('dialog', { name: words.returns.refuse.title });
    await refuse.getByRole('button', { name: words.returns.refuse.save }).click();
    await refuse.waitFor({ state: 'hidden' });

    // The consumer does not accept that: one action opens the case.
    await page.getByRole('button', { name: words.returns.dispute.action }).click();
    const dispute = page.getByRole('dialog', { name: words.returns.dispute.title });
    await dispute.getByLabel(words.returns.dispute.phone).fill('138 0000 0000');
    await dispute.getByRole('button', { name: words.returns.dispute.save }).click();
    await page.getByText(words.cases.page.next, { exact: true }).waitFor();
    const number = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    expect(number).toBe(`S001-${businessDay(new Date().toISOString()).slice(0, 4)}-1-0001`);
    await shop.openStep('case-escalated');
    await page
      .getByRole('dialog')
      .getByLabel(words.cases.field.reason)
      .fill('店铺无法解决，消费者要求商场调解');
    await shop.confirmStep('case-escalated');
    await shop.caseStatus('escalated');
    // Nothing has left the shop, and the sign says so.
    await expect.poll(() => shop.sign().getAttribute('data-sign'), { timeout: 15_000 }).toBe('offline');
    await expect
      .poll(() => shop.sign().textContent())
      .toContain(words.common.sync.waiting.replace('{{count}}', '5'));

    await centre.resume();
    await shop.syncNow();
    await expect.poll(() => shop.sign().getAttribute('data-sign'), { timeout: 30_000 }).toBe('proved');

    // The mall's mediator, at another workstation, fails to settle it and sends it up; power cut in between.
    const mall = await openWorkstation('商场台', '/HS/C1/M01');
    await mall.openCase('wxm', '王小明');
    await mall.openStep('case-accepted');
    await mall.confirmStep('case-accepted');
    await mall.openStep('session-recorded');
    const session = mall.page.getByRole('dialog');
    await session.getByLabel(words.cases.field.place).fill('商场调解室');
    await session.getByLabel(words.cases.field.record).fill('双方到场，各执一词。');
    await mall.confirmStep('session-recorded');
    await mall.openStep('mediation-failed');
    await mall.page.getByRole('dialog').getByLabel(words.cases.field.reason).fill('差距过大');
    await mall.confirmStep('mediation-failed');
    await mall.process.kill();
    await mall.process.start();
    await mall.signIn(PASSWORD);
    await mall.openCase(number);
    await mall.caseStatus('failed');
    await mall.openStep('case-escalated');
    await mall.page.getByRole('dialog').getByLabel(words.cases.field.reason).fill('商场调解未成');
    await mall.confirmStep('case-escalated');
    await mall.syncNow();
    await expect.poll(() => mall.sign().getAttribute('data-sign'), { timeout: 30_000 }).toBe('proved');

    // The circle's supervisor settles it and prints the agreement.
    const circle = await openWorkstation('商圈台', '/HS/C1');
    await circle.openCase('王小明');
    await circle.openStep('case-accepted');
    await circle.confirmStep('case-accepted');
    await circle.openStep('case-settled');
    const settle = circle.page.getByRole('dialog');
    await settle.getByLabel(words.cases.field.terms).fill('商户退还货款八百元，双方再无争议。');
    await settle.getByLabel(words.cases.field.amount).fill('800');
    await circle.confirmStep('case-settled');
    await circle.caseStatus('performed');
    const download = circle.page.waitForEvent('download');
    await circle.page.getByRole('button', { name: words.cases.page.print }).click();
    const file = join(folder, 'agreement.pdf');
    await (await download).saveAs(file);
    const { stdout } = await promisify(execFile)('pdftotext', ['-layout', file, '-']);
    expect(stdout).toContain(number);
    expect(stdout).toContain('王小明');
    expect(stdout.replaceAll(/\s/g, '')).toContain('商户退还货款八百元');
    expect(stdout).toContain('捌佰元整');
    await circle.syncNow();
    await expect.poll(() => circle.sign().getAttribute('data-sign'), { timeout: 30_000 }).toBe('proved');

    // The district's roll-up counts it right at every level.
    const year = businessDay(new Date().toISOString()).slice(0, 4);
    const at = (path: string) =>
      centre.admin.admin.rollup({ path, from: `${year}-01-01`, to: `${year}-12-31` });
    const shopView = await at('/HS/C1/M01/S001');
    expect(shopView.all.totals).toMatchObject({
      'returns-requested': 1,
      'returns-refused': 1,
      'returns-disputed': 1,
      registered: 1,
      'escalated-out': 1,
      settled: 0,
    });
    expect((await at('/HS/C1/M01')).own).toMatchObject({
      'escalated-in': 1,
      accepted: 1,
      'mediation-failed': 1,
      'escalated-out': 1,
      registered: 0,
    });
    expect((await at('/HS/C1')).own).toMatchObject({
      'escalated-in': 1,
      accepted: 1,
      settled: 1,
      performed: 1,
      'recovered-fen': 80_000,
    });
    const district = await at('/HS');
    expect(district.all.totals).toMatchObject({
      registered: 1,
      accepted: 2,
      settled: 1,
      concluded: 1,
      'settled-at-source': 0,
      'escalated-in': 2,
      'reached-regulator': 0,
      'recovered-fen': 80_000,
      'returns-refused': 1,
    });
    expect(district.own.registered).toBe(0);
    expect(district.all.rates.settlementRate).toBe(1);
    const { invariants } = await centre.admin.admin.verify();
    expect(invariants.filter((one) => one.broken > 0)).toEqual([]);
  });
});
