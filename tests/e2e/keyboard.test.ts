import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import { entriesOf } from '../../src/domain/procedure/procedure.ts';
import { WORDS } from './pages/words.ts';
import { useStage } from './support/stage.ts';

/** What the README says, and the goal: a case is registered with at most so many keys beyond typing text. */
const REGISTRATION_KEYS = 17;
const GOAL = 25;
/** From registration to the agreement issued, registration included. */
const AGREEMENT_KEYS = 30;

const stage = useStage();
const words = WORDS['zh-CN'];
const { cases, documents } = words;

/** A code in the words of the shipped procedure, as the screens show it. */
const word = (list: 'object' | 'problem', code: string): string =>
  entriesOf(defaultProcedure, list).find((entry) => entry.code === code)?.name.zh ?? '';

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

/** The field, or the item of a menu, that has the focus, by its label or name; '' where something else has it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element?.matches('[role="menuitem"]')) return element.textContent;
    const label = element?.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : null;
    return label ?? element?.getAttribute('aria-label') ?? '';
  });

it('a dispute goes from registration to its agreement by the keyboard alone', async () => {
  const { workstation } = await stage.openWorkstation('台', {
    unitPath: '/HS/C1/M01',
    staffId: 'mediator-mall',
    // Nobody who types waits for a panel to have slid in.
    moving: true,
    prepare: async (api) => {
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
      // The second round brings the leased document numbers.
      await api.sync.now();
      await api.sync.now();
    },
  });
  const { page } = workstation;
  const keys = keyboardOf(page);
  const expectFocus = async (label: string): Promise<void> => {
    await expect.poll(() => focused(page)).toContain(label);
  };
  const option = (name: string | RegExp): Promise<void> =>
    page.getByRole('option', { name }).first().waitFor({ state: 'attached' });

  await keys.press('Alt+n');
  await expectFocus(cases.form.consumerName);
  await keys.type('张三');
  await keys.press('Tab');
  await keys.type('13812345678');
  await keys.press('Tab', 3);
  await expectFocus(cases.form.merchantName);
  await keys.type('虚构鞋店');
  await option(/虚构鞋店/);
  await keys.press('ArrowDown');
  // Tab takes along what the arrow has marked, and what the roster knows fills itself.
  await keys.press('Tab');
  await expectFocus(cases.form.merchantContact);
  await expect.poll(() => page.getByLabel(cases.form.merchantContact).inputValue()).toBe('李经理');
  await keys.press('Tab', 3);
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
  await keys.type(word('object', 'clothing'));
  await option(word('object', 'clothing'));
  // Tab takes along what the text has found.
  await keys.press('Tab');
  await expectFocus(cases.form.problem);
  await keys.type(word('problem', 'quality'));
  await option(word('problem', 'quality'));
  await keys.press('Control+Enter');
  await page.getByText(cases.page.next, { exact: true }).waitFor();
  expect(keys.count()).toBeLessThanOrEqual(GOAL);
  expect(keys.count()).toBe(REGISTRATION_KEYS);
  await page.getByText('李经理').waitFor();
  await workstation.caseStatus('registered');

  // The next step opens with the key that saved, its first field with the focus in it.
  await keys.press('Control+Enter');
  await expectFocus(cases.field.note);
  await keys.press('Control+Enter');
  await workstation.caseStatus('accepted');

  await keys.press('Control+Enter');
  await expectFocus(cases.field.heldOn);
  await keys.press('Tab');
  await expectFocus(cases.field.place);
  await keys.type('商场调解室');
  await keys.press('Tab', 2);
  await expectFocus(cases.field.record);
  await keys.type('双方到场，商户同意退款。');
  await keys.press('Control+Enter');
  await workstation.caseStatus('mediating');

  await keys.press('Control+Enter');
  await expectFocus(cases.field.instrument);
  await keys.press('Tab');
  await expectFocus(cases.field.terms);
  await keys.type('消费者退回皮鞋，商户退还货款。');
  await keys.press('Control+Enter');
  await workstation.caseStatus('performed');

  // The agreement, numbered and opened for printing.
  await keys.press('Alt+p');
  const kind = documents.kind['settlement-agreement'];
  await page.getByRole('menuitem', { name: kind, exact: true }).waitFor();
  // What the settlement calls for comes first, and has the focus.
  await expectFocus(kind);
  const printed = page.context().waitForEvent('page');
  await keys.press('Enter');
  // The page beside it and what it lacks are seen before it has a number.
  await page.getByRole('dialog').getByText(documents.checks.title).waitFor();
  await expectFocus(documents.field.copies);
  await keys.press('Control+Enter');
  await (await printed).close();
  await page
    .getByRole('list', { name: documents.list })
    .getByText(/第\d{4}号/)
    .waitFor();
  expect(keys.count()).toBe(AGREEMENT_KEYS);
});

it('the READMEs say these figures', async () => {
  const more = AGREEMENT_KEYS - REGISTRATION_KEYS;
  const english = (await readFile('README.md', 'utf8')).replaceAll(/\s+/g, ' ');
  expect(english).toContain(`registering a case takes **${REGISTRATION_KEYS} keys**`);
  expect(english).toContain(`${more} more; a browser test counts both`);
  const chinese = await readFile('README.zh-CN.md', 'utf8');
  expect(chinese).toContain(`登记一件纠纷按键 **${REGISTRATION_KEYS} 次**`);
  expect(chinese).toContain(`再按 ${more} 次`);
});
