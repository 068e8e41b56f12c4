import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
import { PASSWORD, temporaryFolder } from '../support/workstation.ts';
import { deskPage } from './pages/desk-page.ts';
import { WORDS } from './pages/words.ts';
import { motionOver } from './support/accessible.ts';
import { launchBrowser, openDeskProcess, type DeskProcess } from './support/desk.ts';

/** What the README says, and the goal: at most so many keys beyond typing text. */
const REGISTRATION_KEYS = 20;

const words = WORDS['zh-CN'];
const { cases, documents } = words;
let server: TestServer;
let centre: TestCentre;
let browser: Browser;
let desk: DeskProcess;
let remove: () => Promise<void>;

beforeAll(async () => {
  const temporary = await temporaryFolder();
  ({ remove } = temporary);
  server = await startTestServer();
  centre = await startTestCentre(server.server);
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const dataFolder = join(temporary.folder, '台');
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
  });
  const { api } = workstation.connect();
  await api.session.enrol({
    centreUrl: centre.url,
    code: await codeFor(centre, '/HS/C1/M01'),
    deviceName: '台',
  });
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  await api.merchants.register({
    merchantId: crypto.randomUUID(),
    name: '虚构鞋店',
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01',
    address: '中山东路一号',
    contactName: '李经理',
    phone: '10011112222',
  });
  await api.sync.now();
  await api.sync.now();
  await workstation.close();
  browser = await launchBrowser();
  desk = await openDeskProcess(browser, temporary.folder, '台');
  await deskPage(desk.page, words).signIn(PASSWORD);
});
afterAll(async () => {
  await desk.stop();
  await browser.close();
  await centre.stop();
  await server.stop();
  await remove();
});

/** Keys pressed, without those that type text: a Tab, an Enter, a shortcut each count as one interaction. */
function keyboardOf(page: Page) {
  let count = 0;
  return {
    count: () => count,
    press: async (key: string, times = 1): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        count += 1;
        await page.keyboard.press(key);
      }
    },
    type: (text: string): Promise<void> => page.keyboard.insertText(text),
  };
}

/** The field that has the focus, by its label or name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = element?.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : null;
    return label ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

it('a dispute goes from registration to its agreement by the keyboard alone', async () => {
  const { page } = desk;
  const keys = keyboardOf(page);
  const expectFocus = (label: string): Promise<void> => expect.poll(() => focused(page)).toContain(label);

  await keys.press('Alt+n');
  await expectFocus(cases.form.consumerName);
  await keys.type('张三');
  await keys.press('Tab');
  await keys.type('13812345678');
  await keys.press('Tab', 3);
  await expectFocus(cases.form.merchantName);
  await keys.type('虚构鞋店');
  await page
    .getByRole('option', { name: /虚构鞋店/ })
    .first()
    .waitFor({ state: 'attached' });
  await motionOver(page);
  await keys.press('ArrowDown');
  await keys.press('Enter');
  // What the roster knows has filled itself.
  await expect.poll(() => page.getByLabel(cases.form.merchantContact).inputValue()).toBe('李经理');
  await keys.press('Tab', 4);
  await expectFocus(cases.form.factsText);
  await keys.type('购买的皮鞋三天后开胶，商户不同意退货。');
  await keys.press('Tab');
  // Claim 6 is the refund, as its figure says.
  await keys.press('6');
  await keys.press('Tab');
  await expectFocus(cases.form.occurredOn);
  await keys.type('昨天');
  await keys.press('Tab');
  await keys.type('680');
  await keys.press('Tab');
  await expectFocus(cases.form.object);
  await keys.type(cases.object.clothing);
  await keys.press('Enter');
  await keys.press('Tab');
  await keys.type(cases.problem.quality);
  await keys.press('Enter');
  await keys.press('Control+Enter');
  await page.getByText(cases.page.next, { exact: true }).waitFor();
  expect(keys.count()).toBeLessThanOrEqual(25);
  expect(keys.count()).toBe(REGISTRATION_KEYS);
  await page.getByText('李经理').waitFor();

  /** Opens the page's one primary action, which the focus reaches by Tab. */
  const primary = async (name: string): Promise<void> => {
    const button = page.getByRole('button', { name, exact: true });
    await button.waitFor();
    for (let tries = 0; tries < 40 && !(await button.evaluate((one) => one === document.activeElement));) {
      tries += 1;
      await keys.press('Tab');
    }
    await keys.press('Enter');
  };
  await primary(cases.step['case-accepted']);
  await page.getByRole('dialog').waitFor();
  await keys.press('Control+Enter');
  await page.getByText(cases.status.accepted, { exact: true }).first().waitFor();

  await primary(cases.step['session-recorded']);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(cases.field.place).waitFor();
  const reach = async (label: string): Promise<void> => {
    for (let tries = 0; tries < 40; tries += 1) {
      if ((await focused(page)).includes(label)) return;
      await keys.press('Tab');
    }
    throw new Error(`${label} cannot be reached by the keyboard`);
  };
  await reach(cases.field.place);
  await keys.type('商场调解室');
  await reach(cases.field.record);
  await keys.type('双方到场，商户同意退款。');
  await keys.press('Control+Enter');
  await page.getByText(cases.status.mediating, { exact: true }).first().waitFor();

  await primary(cases.step['case-settled']);
  await dialog.getByLabel(cases.field.terms).waitFor();
  await reach(cases.field.terms);
  await keys.type('消费者退回皮鞋，商户退还货款。');
  await keys.press('Control+Enter');
  await page.getByText(cases.status.performed, { exact: true }).first().waitFor();

  // The agreement, numbered and opened for printing.
  await primary(documents.issue);
  const item = page.getByRole('menuitem', { name: documents.kind['settlement-agreement'], exact: true });
  await item.waitFor();
  for (let tries = 0; tries < 12; tries += 1) {
    if (await item.evaluate((one) => one === document.activeElement || one.matches('[class*="active"]')))
      break;
    await keys.press('ArrowDown');
  }
  const printed = page.context().waitForEvent('page');
  await keys.press('Enter');
  await dialog.getByText(documents.numberHint).waitFor();
  await keys.press('Control+Enter');
  await (await printed).close();
  await page
    .getByRole('list', { name: documents.list })
    .getByText(/第\d{4}号/)
    .waitFor();
});
