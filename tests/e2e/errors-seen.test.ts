import fc from 'fast-check';
import type { BrowserContext, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseAction } from '../../src/contract/workstation/case.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { FULL } from '../support/full.ts';
import { openNodeHost, type OpenHost } from '../support/node-host.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { WORDS, type Language } from './pages/words.ts';
import { languagesOf } from './support/languages.ts';
import { fillAnything, outcomeOf, typed } from './support/seen-errors.ts';
import { launchBrowser } from './support/workstation.ts';

// Whatever is typed into a form, the fact is recorded or a message is on the screen that names what to change: its section
// open, its field focused, in both languages. One workstation and one page for the whole file.

const STEPS = CaseAction.options.map((one) => one.shape.step.value);
/** How often a form is tried in a language, and how many of the forms: all of them in the full run. */
const TRIES = FULL ? 4 : 1;
const TRIED = FULL ? STEPS.length : 5;

/** The calls that are answered with a case. */
const DETAIL = /\/rpc\/cases\/(get|act)$/;

let open: OpenHost;
let context: BrowserContext;
let page: Page;
let api: WorkstationClient;
/** A case that every step is tried on. */
let caseId: string;

async function acceptedCase(): Promise<string> {
  const { id } = await api.cases.register(caseInput());
  await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  return id;
}

/** Every step is offered, whatever the case has become: what does not fit is then refused in words. */
async function offerAllSteps(route: Route): Promise<void> {
  const answer = await route.fetch();
  const body = (await answer.json()) as { json: Record<string, unknown> };
  if (!answer.ok()) return route.fulfill({ response: answer });
  await route.fulfill({ response: answer, json: { ...body, json: { ...body.json, steps: STEPS } } });
}

beforeAll(async () => {
  open = await openNodeHost();
  const { host, staffId } = open;
  ({ api } = host.workstation.connect());
  await api.session.signIn({ staffId, password: PASSWORD });
  caseId = await acceptedCase();
  await api.merchants.register({
    merchantId: crypto.randomUUID(),
    name: '海曙鞋行',
    creditCode: null,
    category: 'enterprise',
    unitPath: '/HS/C1/M01/S001',
    address: null,
    contactName: null,
    phone: null,
  });
  const browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(host.link());
}, 60_000);
afterAll(async () => {
  await context.close();
  await open.stop();
});

async function speak(language: Language): Promise<void> {
  await api.settings.set({ language });
  await page.goto(`${open.origin}/#/today`);
  await page.reload();
  await page.getByRole('navigation', { name: WORDS[language].common.nav.label }).waitFor();
}

async function openStep(step: string, of = caseId): Promise<Locator> {
  await page.goto(`${open.origin}/#/today`);
  await page.goto(`${open.origin}/#/cases/${of}?step=${step}`);
  const dialog = page.getByRole('dialog');
  await dialog.locator('form').waitFor();
  return dialog;
}

describe.each(languagesOf('every step'))('an error, in %s', (language) => {
  beforeAll(async () => {
    await page.route(DETAIL, offerAllSteps);
    await speak(language);
  });
  afterAll(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

  it('is seen at every step, whatever is typed', async () => {
    const [some = STEPS] = fc.sample(fc.shuffledSubarray(STEPS, { minLength: TRIED, maxLength: TRIED }), 1);
    for (const step of some) {
      const dialog = await openStep(step);
      for (const texts of fc.sample(fc.array(typed, { minLength: 1, maxLength: 6 }), TRIES)) {
        await fillAnything(dialog, texts);
        await dialog.locator('.ant-drawer-footer button.ant-btn-primary').click();
        const came = await outcomeOf(page, dialog).catch((error: unknown) => {
          throw new Error(`${step} said nothing of ${JSON.stringify(texts)}`, { cause: error });
        });
        if (came === 'recorded') break;
      }
    }
  }, 900_000);
});

describe.each(languagesOf('folded section'))('an error in a folded section, in %s', (language) => {
  beforeAll(async () => {
    await page.route(DETAIL, offerAllSteps);
    await speak(language);
  });
  afterAll(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

  it('opens it: an hour that is none, a proposal without its author', async () => {
    const { session } = WORDS[language].cases;
    const dialog = await openStep('session-recorded', await acceptedCase());
    const fold = dialog.getByRole('button', { name: session.more });
    await dialog.getByLabel(WORDS[language].cases.field.place).fill('柜台');
    await dialog.getByLabel(WORDS[language].cases.field.record, { exact: true }).fill('谈过');
    await fold.click();
    await dialog.getByLabel(session.startedAt).fill('25:99');
    await fold.click();
    const record = dialog.locator('.ant-drawer-footer button.ant-btn-primary');
    await record.click();
    await dialog.getByText(WORDS[language].rules['time-unreadable']).waitFor();
    await expect
      .poll(() => dialog.getByLabel(session.startedAt).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await dialog.getByLabel(session.startedAt).fill('14:30');
    await dialog.getByRole('button', { name: session.addProposal }).click();
    await fold.click();
    await record.click();
    await expect
      .poll(() =>
        dialog
          .getByRole('combobox', { name: session.by })
          .evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
  });
});

describe.each(languagesOf('page that fails'))('a page that fails, in %s', (language) => {
  it('says so in the words of the product, and leads on', async () => {
    await speak(language);
    await page.route('**/rpc/cases/get', (route) => route.fulfill({ json: { json: { state: null } } }));
    await page.goto(`${open.origin}/#/cases/${caseId}`);
    const { boundary } = WORDS[language].errors;
    await page.getByText(boundary.title).waitFor();
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/TypeError|undefined|null|\bat \S+ \(|\.tsx?\b|Unexpected Application Error/);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: boundary.today }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
});

describe('what is typed', () => {
  const words = WORDS['zh-CN'];
  const facts = (at: Page): Locator => at.getByLabel(words.cases.form.factsText);
  const begin = async (at: Page): Promise<void> => {
    await at.goto(`${open.origin}/#/today`);
    await at.goto(`${open.origin}/#/cases/new`);
    await facts(at).waitFor();
  };

  it('in two windows is two drafts, each brought back to one of them', async () => {
    await speak('zh-CN');
    await begin(page);
    await facts(page).fill('左边的窗口');
    const other = await context.newPage();
    await begin(other);
    expect(await facts(other).inputValue()).toBe('');
    await facts(other).fill('右边的窗口');
    // Within the wait for a pause in typing: the page that goes keeps it all the same.
    await Promise.all([page.reload(), other.reload()]);
    const both = [await facts(page).inputValue(), await facts(other).inputValue()];
    await expect
      .poll(async () => [await facts(page).inputValue(), await facts(other).inputValue()].toSorted())
      .toEqual(['右边的窗口', '左边的窗口']);
    expect(both).toHaveLength(2);
    await other.close();
  });

  it('is said not to be kept while the service is away, stays, and is kept when it is back', async () => {
    await begin(page);
    await page.route('**/rpc/**', (route) => route.abort());
    await facts(page).fill('服务不在的时候写的');
    await page.getByText(words.common.draft.unkept).waitFor();
    expect(await facts(page).inputValue()).toBe('服务不在的时候写的');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByText(words.common.draft.unkept).waitFor({ state: 'detached' });
    const kept = await open.host.workstation.parts.store.read.selectFrom('draft').select('fields').execute();
    expect(kept.map(({ fields }) => fields).join()).toContain('服务不在的时候写的');
  });
});

describe('what looks wrong', () => {
  const words = WORDS['zh-CN'];

  it('is asked about once, and then recorded', async () => {
    await speak('zh-CN');
    const dialog = await openStep('case-settled', await acceptedCase());
    await dialog.getByLabel(words.cases.field.terms).fill('退一赔三');
    await dialog.getByLabel(words.cases.field.amount).fill('999999');
    await dialog.locator('.ant-drawer-footer button.ant-btn-primary').click();
    await dialog.getByText(words.common.caution.title).waitFor();
    await dialog.getByRole('button', { name: words.cases.caution.record }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page
      .getByText(/999,999/)
      .first()
      .waitFor();
  });

  it('is a name in pinyin, too, where the roster has that merchant', async () => {
    const { caseId: id, ...values } = caseInput({ merchant: { merchantId: null, name: 'haishu' } });
    await api.drafts.save({ key: `case-new#${id}`, title: words.cases.form.title, values });
    // A window that was filling in nothing is given the draft kept last.
    const fresh = await context.newPage();
    await fresh.goto(`${open.origin}/#/cases/new`);
    await fresh.getByText(words.common.draft.restored).waitFor();
    await fresh.getByRole('button', { name: words.common.action.save }).click();
    await fresh.getByText(/海曙鞋行/).waitFor();
    expect(await api.cases.get({ id }).catch(() => null)).toBeNull();
    await fresh.getByRole('button', { name: words.cases.caution.record }).click();
    await fresh.getByText(words.cases.page.next, { exact: true }).waitFor();
    // The form's id is the draft's, and so is the case's.
    expect((await api.cases.get({ id })).state.merchant.name).toBe('haishu');
    await fresh.close();
  });
});
