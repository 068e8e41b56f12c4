import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { BrowserContext, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type { CreditDetail, CreditFact } from '../../src/contract/workstation/credit.ts';
import type { AdvanceStep, FundAction, PolicyAction } from '../../src/contract/workstation/fund.ts';
import type { GradeOnRecord } from '../../src/domain/credit/state.ts';
import type { Committed, PromiseTerms } from '../../src/domain/merchant/commitments.ts';
import { CAPABILITIES } from '../../src/domain/organisation/index.ts';
import english from '../../src/renderer/credit/locales/en.ts';
import chinese from '../../src/renderer/credit/locales/zh-CN.ts';
import privacyEnglish from '../../src/renderer/privacy/locales/en.ts';
import privacyChinese from '../../src/renderer/privacy/locales/zh-CN.ts';
import { FULL } from '../support/full.ts';
import { openNodeHost, type OpenHost } from '../support/node-host.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { BENEFIT_FORMS, offerBenefits } from './forms/benefit-forms.ts';
import type { Form } from './forms/form.ts';
import { financeForms, financeWith } from './forms/finance-forms.ts';
import { INSPECTION_FORMS, offerInspections } from './forms/inspection-forms.ts';
import { offerRestorations, RESTORATION_FORMS } from './forms/restoration-forms.ts';
import { offerSanctions, SANCTION_FORMS } from './forms/sanction-forms.ts';
import { offerStreets, STREET_FORMS } from './forms/street-forms.ts';
import { WORDS, type Language } from './pages/words.ts';
import { languagesOf } from './support/languages.ts';
import { fillAnything, outcomeOf, typed } from './support/seen-errors.ts';
import { launchBrowser } from './support/workstation.ts';

// Whatever is typed into any form beside a case's steps (`errors-seen.test.ts`), the fact is recorded or a message is on the
// screen that names what to change. Every form is offered, whatever the record has become and whoever is signed in: what does
// not fit is then refused in words.

const TRIES = FULL ? 4 : 1;
/** How many of the forms are tried in a run; all of them in the full one. */
const TRIED = FULL ? Infinity : 4;

const CREDIT = { 'zh-CN': chinese, en: english };
const PRIVACY = { 'zh-CN': privacyChinese, en: privacyEnglish };
const AT = '2026-03-02T02:00:00.000Z';
const HAND = { at: AT, staffId: 'another', name: '虚构王', unitPath: '/HS' };

const ids = { merchant: '', proposing: '', requested: '', granted: '', fund: '', policy: '', privacy: '' };
const merchantAt = (): string => `merchants/${ids.merchant}`;
const fundAt = (): string => `funds/${ids.fund}`;
const requestedAt = (): string => `returns/${ids.requested}`;
const privacyAt = (): string => `privacy/${ids.privacy}`;
const grantedAt = (): string => `returns/${ids.granted}`;

const credit = (type: CreditFact['type']): Form => ({
  source: 'credit/fact-form.tsx',
  at: merchantAt,
  button: (language) => CREDIT[language].action[type],
});
const CREDIT_FORMS = {
  'notice-given': credit('notice-given'),
  'reply-given': credit('reply-given'),
  'objection-made': credit('objection-made'),
  'objection-extended': credit('objection-extended'),
  'objection-decided': credit('objection-decided'),
  're-rating-requested': credit('re-rating-requested'),
  'award-recorded': credit('award-recorded'),
  'price-patrol-recorded': credit('price-patrol-recorded'),
  'penalty-recorded': credit('penalty-recorded'),
  'penalty-ended': credit('penalty-ended'),
  'listing-recorded': credit('listing-recorded'),
  'listing-ended': credit('listing-ended'),
  'override-proposed': credit('override-proposed'),
  'override-confirmed': credit('override-confirmed'),
} satisfies Record<CreditFact['type'], Form>;

const fund = (step: FundAction['step'] | PolicyAction['step'], at: () => string): Form => ({
  source: step.startsWith('claim') ? 'fund/policy-page.tsx' : 'fund/fund-dialog.tsx',
  at,
  button: (language) => WORDS[language].funds.step[step],
});
const policyAt = (): string => `policies/${ids.policy}`;
const FUND_FORMS = {
  'fund-floor-set': fund('fund-floor-set', fundAt),
  'fund-deposited': fund('fund-deposited', fundAt),
  'fund-deposit-undone': fund('fund-deposit-undone', fundAt),
  'advance-requested': fund('advance-requested', fundAt),
  'advance-approved': fund('advance-approved', fundAt),
  'advance-refused': fund('advance-refused', fundAt),
  'advance-paid': fund('advance-paid', fundAt),
  'advance-recovered': fund('advance-recovered', fundAt),
  'write-off-proposed': fund('write-off-proposed', fundAt),
  'write-off-approved': fund('write-off-approved', fundAt),
  'claim-filed': fund('claim-filed', policyAt),
  'claim-undone': fund('claim-undone', policyAt),
} satisfies Record<FundAction['step'] | PolicyAction['step'], Form>;

const OTHER_FORMS = {
  'case-new': { source: 'case/new-case-page.tsx', at: () => 'cases/new', button: null },
  'return-new': {
    source: 'return/new-return-page.tsx',
    at: () => `returns/new?merchant=${ids.merchant}`,
    button: null,
  },
  'return-granted': {
    source: 'return/decision-forms.tsx',
    at: requestedAt,
    button: (language) => WORDS[language].returns.grant.action,
  },
  'return-refused': {
    source: 'return/decision-forms.tsx',
    at: requestedAt,
    button: (language) => WORDS[language].returns.refuse.action,
  },
  'return-disputed': {
    source: 'return/dispute-form.tsx',
    at: requestedAt,
    button: (language) => WORDS[language].returns.dispute.action,
  },
  'return-noted': {
    source: 'return/loop-forms.tsx',
    at: grantedAt,
    button: (language) => WORDS[language].returns.note.action,
  },
  'return-resolved': {
    source: 'return/loop-forms.tsx',
    at: grantedAt,
    button: (language) => WORDS[language].returns.resolve.action,
  },
  'return-settled': {
    source: 'return/settlement.tsx',
    at: grantedAt,
    button: (language) => WORDS[language].returns.settle.action,
  },
  'return-settlement-undone': {
    source: 'return/settlement.tsx',
    at: grantedAt,
    button: (language) => WORDS[language].returns.unsettle.action,
  },
  'merchant-registered': {
    source: 'merchant/merchant-form.tsx',
    at: () => 'merchants',
    button: (language) => WORDS[language].merchants.new,
  },
  'merchant-updated': {
    source: 'merchant/merchant-form.tsx',
    at: merchantAt,
    button: (language) => WORDS[language].merchants.page.edit,
  },
  'merchant-moved': {
    source: 'merchant/register/move-form.tsx',
    at: merchantAt,
    button: (language) => WORDS[language].register.move.title,
  },
  'commitment-proposed': {
    source: 'merchant/proposal-form.tsx',
    at: merchantAt,
    button: (language) => WORDS[language].merchants.page.newCommitment,
  },
  'commitment-confirmed': {
    source: 'merchant/decide-proposal.tsx',
    at: () => `merchants/${ids.proposing}`,
    button: (language) => WORDS[language].merchants.confirm.action,
  },
  'commitment-refused': {
    source: 'merchant/decide-proposal.tsx',
    at: () => `merchants/${ids.proposing}`,
    button: (language) => WORDS[language].merchants.refuseProposal.action,
  },
  'commitment-ended': {
    source: 'merchant/end-form.tsx',
    at: merchantAt,
    button: (language) => WORDS[language].merchants.page.end,
  },
  'fund-opened': {
    source: 'fund/open-dialogs.tsx',
    at: () => 'funds',
    button: (language) => WORDS[language].funds.openFund,
  },
  'policy-taken': {
    source: 'fund/open-dialogs.tsx',
    at: () => 'funds',
    button: (language) => WORDS[language].funds.takePolicy,
  },
  'privacy-requested': { source: 'privacy/receive-page.tsx', at: () => 'privacy/new', button: null },
  'privacy-decided': {
    source: 'privacy/decide-form.tsx',
    at: privacyAt,
    before: (shown, language) =>
      shown.getByRole('button', { name: PRIVACY[language].decide.action, exact: true }).click(),
    button: null,
  },
  'privacy-answered': {
    source: 'privacy/step-dialogs.tsx',
    at: privacyAt,
    button: (language) => PRIVACY[language].answer.title,
  },
  'privacy-withdrawn': {
    source: 'privacy/step-dialogs.tsx',
    at: privacyAt,
    button: (language) => PRIVACY[language].withdraw.title,
  },
} satisfies Record<string, Form>;

const FORMS: Record<string, Form> = {
  ...CREDIT_FORMS,
  ...FUND_FORMS,
  ...INSPECTION_FORMS,
  ...SANCTION_FORMS,
  ...STREET_FORMS,
  ...financeForms(() => ids.merchant),
  ...RESTORATION_FORMS,
  ...BENEFIT_FORMS,
  ...OTHER_FORMS,
};

/** Forms of which no fact comes, and those that have tests of their own kind. */
const APART = new Set([
  // The dialog itself, of which each that shows it has a row.
  'kernel/kit/dialog.tsx',
  // Every step of a case.
  'case/step-panel.tsx',
  // Nothing is recorded: a question, or a code or a fingerprint by which the workstation is opened.
  'app/centre-key.tsx',
  'app/enrol-again.tsx',
  'archive/archive-page.tsx',
  // A reason that is logged with a look at a telephone number.
  'restoration/sections/applicant.tsx',
  // A folder to copy to, which the workstation itself refuses in words: `repair/copies.test.ts`.
  'repair/copies-card.tsx',
  'document/verify/verify-page.tsx',
  // Never sent as it is: checked at every key, and what is wrong named, in `credit.test.ts`.
  'credit/policy/policy-page.tsx',
  // What a paper lacks, and signatures: `documents.test.ts`.
  'document/issue-panel.tsx',
  'document/sign-panel.tsx',
]);

let open: OpenHost;
let context: BrowserContext;
let page: Page;

const merchant = {
  creditCode: null,
  category: 'enterprise',
  unitPath: '/HS/C1/M01/S001',
  address: '中山东路 1 号',
  contactName: null,
  phone: null,
} as const;
const PROMISE: PromiseTerms = {
  windowDays: 7,
  startRule: 'day-after',
  goods: null,
  excludedGoods: [],
  conditions: null,
  giftRule: 'charged',
  freightRule: 'consumer',
  group: null,
  effectiveFrom: '2026-03-01',
  note: null,
};
const request = {
  goodsCategory: 'clothing',
  goodsName: '大衣',
  purchasedOn: '2026-03-01',
  amountFen: 12_800,
  condition: 'intact',
  proofType: 'receipt',
  proofNumber: null,
  gift: 'none',
  giftPriceFen: null,
  confirmedUnsuitable: false,
} as const;

beforeAll(async () => {
  open = await openNodeHost(undefined, { unitPath: '/HS/C1', role: 'supervisor' });
  const { host, staffId } = open;
  const { api } = host.workstation.connect();
  await api.session.signIn({ staffId, password: PASSWORD });
  const register = async (name: string): Promise<string> => {
    const merchantId = crypto.randomUUID();
    await api.merchants.register({ merchantId, name, ...merchant });
    return merchantId;
  };
  ids.merchant = await register('海曙鞋行');
  ids.proposing = await register('海曙帽行');
  for (const id of [ids.merchant, ids.proposing])
    await api.merchants.propose({
      id,
      revision: 1,
      commitment: PROMISE,
    });
  const returnOf = async (): Promise<string> => {
    const returnId = crypto.randomUUID();
    await api.returns.request({
      returnId,
      merchantId: ids.merchant,
      consumer: { name: '赵六', phone: null },
      request,
    });
    return returnId;
  };
  [ids.requested, ids.granted] = [await returnOf(), await returnOf()];
  await api.returns.decide({
    id: ids.granted,
    revision: 1,
    decision: {
      decision: 'grant',
      payload: { refundFen: 12_800, route: 'original', refundedOn: '2026-03-02' },
    },
  });
  [ids.fund, ids.policy] = [crypto.randomUUID(), crypto.randomUUID()];
  await api.funds.open({ fundId: ids.fund, name: '先行赔付', unitPath: '/HS/C1', floorFen: 10_000 });
  await api.funds.act({
    id: ids.fund,
    revision: 1,
    eventId: uuidv7(),
    action: { step: 'fund-deposited', payload: { fen: 100_000, payer: '虚构百货', on: '2026-03-01' } },
  });
  const { id: caseId } = await api.cases.register(caseInput());
  ids.privacy = crypto.randomUUID();
  await api.privacy.receive({
    privacyId: ids.privacy,
    what: 'access',
    requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
    identity: 'id-seen',
    records: [{ kind: 'case', id: caseId }],
    wish: '',
  });
  await api.funds.act({
    id: ids.fund,
    revision: 2,
    eventId: uuidv7(),
    action: { step: 'advance-requested', payload: { caseId, fen: 20_000, finding: '拒绝退款' } },
  });
  await api.funds.takePolicy({
    policyId: ids.policy,
    number: 'NB-2026-0001',
    insurer: '虚构财产保险',
    unitPath: '/HS/C1',
    from: '2026-01-01',
    to: '2026-12-31',
    sumFen: 20_000_000,
    premiumFen: 600_000,
    ratePerMille: 100,
    perCaseFen: 50_000,
    merchantIds: null,
    goods: null,
  });
  await api.funds.claim({
    id: ids.policy,
    revision: 1,
    eventId: uuidv7(),
    action: { step: 'claim-filed', payload: { returnId: ids.granted, on: '2026-03-02' } },
  });
  const browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
  await offerAllRights();
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(host.link());
}, 60_000);
afterAll(async () => {
  await context.close();
  await open.stop();
});

const ADVANCE_STEPS: readonly AdvanceStep[] = [
  'advance-approved',
  'advance-refused',
  'advance-paid',
  'advance-recovered',
  'write-off-proposed',
  'write-off-approved',
];

type Body = { json: Record<string, unknown> };

/** Hands an answer on with what `change` makes of it. */
const changed =
  (change: (answer: Record<string, unknown>) => Record<string, unknown>) =>
  async (route: Route): Promise<void> => {
    const response = await route.fetch();
    const body = (await response.json()) as Body;
    await route.fulfill({
      response,
      ...(response.ok() ? { json: { ...body, json: { ...change(body.json), ...allowed(body.json) } } } : {}),
    });
  };

/** Everything that may be done, however that answer names it. */
function allowed(answer: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([key, value]) =>
      key.startsWith('can') && typeof value === 'boolean' ? [[key, true]] : [],
    ),
  );
}

const GRADE: GradeOnRecord = {
  merchantPath: merchant.unitPath,
  month: '2026-02',
  policyVersion: 1,
  category: 'enterprise',
  outcome: 'graded',
  base: 800,
  points: 800,
  grade: 'B',
  gradeOfPoints: 'B',
  lines: [],
  interval: { low: 780, high: 820, worst: 'B', best: 'B' },
  matters: 5,
  reasons: [],
  recordedBy: [],
  limits: { file: 5, fileApproved: 20, decide: 20, decideApproved: 40, overrideDays: 90 },
  cause: 'monthly',
  at: AT,
  noticeOn: null,
};
const entry = {
  merchantPath: merchant.unitPath,
  number: '1',
  organ: '虚构局',
  on: '2026-03-01',
  recorded: HAND,
  ended: null,
};
const OPEN = {
  objectionId: 'o',
  month: '2026-02',
  facts: [],
  text: '不服',
  lateBecause: null,
  made: HAND,
  extended: null,
  decided: null,
};
/** The credit of a merchant to whom everything has happened. */
const creditWith = (type: string): Partial<CreditDetail> => ({
  disputed: false,
  can: { answer: true, record: true, decide: true },
  state: {
    id: ids.merchant,
    unitPath: merchant.unitPath,
    grade: GRADE,
    past: [],
    reply: null,
    objections: [OPEN],
    reRating: null,
    correction: false,
    awards: [],
    penalties: [{ ...entry, entryId: 'p', class: 'minor', text: '虚构' }],
    listings: [{ ...entry, entryId: 'l', listing: 'abnormal', ground: '虚构' }],
    patrols: [],
    overrides:
      type === 'override-confirmed'
        ? [
            {
              overrideId: 'v',
              grade: 'A',
              reason: '虚构',
              until: '2026-12-01',
              proposed: HAND,
              confirmed: null,
            },
          ]
        : [],
    revision: 0,
  },
});

/** Whoever is signed in may do everything, everywhere and always: the page is never without this. */
async function offerAllRights(): Promise<void> {
  await context.route('**/rpc/session/*', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({
      response,
      body: text
        .replaceAll(/"capabilities":\[[^\]]*\]/g, `"capabilities":${JSON.stringify(CAPABILITIES)}`)
        .replaceAll(/"party":"[^"]*"/g, '"party":"regulator"'),
    });
  });
}

async function offerEverything(form: string): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route(
    '**/rpc/merchants/get',
    changed(({ state, ...answer }) => {
      const { commitments, proposals = [], ...others } = state as Committed;
      const [promise] = [...proposals, ...commitments];
      if (promise === undefined) return { ...answer, state };
      const terms = { ...PROMISE, windowStartsNextDay: true, ...promise };
      const offered: Committed = {
        proposals: [{ ...terms, proposed: HAND, standing: 'open' }],
        commitments: [{ ...terms, version: 1, effectiveTo: null }],
      };
      return { ...answer, state: { ...others, ...offered } };
    }),
  );
  await page.route(
    '**/rpc/returns/get',
    changed((answer) => ({
      ...answer,
      linkedCase: {
        id: 'c',
        number: 'HS-1',
        status: 'closed',
        handlingName: '第一商场',
        end: { outcome: 'agreed', agreedFen: null, at: AT },
      },
    })),
  );
  await page.route(
    '**/rpc/funds/get',
    changed((answer) => ({
      ...answer,
      advances: (answer['advances'] as object[]).map((one) => ({ ...one, steps: ADVANCE_STEPS })),
    })),
  );
  // One that was printed is recorded as given.
  await page.route(
    '**/rpc/privacy/get',
    changed((answer) => ({ ...answer, printedAt: AT })),
  );
  for (const call of ['funds/policy', 'inspections/plan'])
    await page.route(
      `**/rpc/${call}`,
      changed((answer) => answer),
    );
  await page.route('**/rpc/finance/get', changed(financeWith));
  await offerInspections(page);
  await offerSanctions(page);
  await offerStreets(page);
  await offerBenefits(page);
  await offerRestorations(page);
  if (form in CREDIT_FORMS)
    await page.route(
      '**/rpc/credits/get',
      changed((answer) => ({ ...answer, ...creditWith(form) })),
    );
}

/** A name that begins so; no button's words have signs of their own in a pattern. */
const startingWith = (text: string): RegExp => {
  if (/[\\^$.*+?()[\]{}|]/.test(text)) throw new Error(`Not to be looked for: ${text}`);
  return new RegExp(`^${text}`);
};

async function openForm({ at, before, button }: Form, language: Language): Promise<Locator> {
  await page.goto(`${open.origin}/#/today`);
  await page.goto(`${open.origin}/#/${at()}`);
  const forms = page.locator('form');
  await before?.(page, language);
  if (button === null) {
    await forms.and(page.locator(':visible')).first().waitFor();
    return page.getByRole('main');
  }
  // A row's button is named with its row.
  await page
    .getByRole('button', { name: startingWith(button(language)) })
    .first()
    .click();
  const dialog = page.getByRole('dialog').filter({ has: forms });
  await dialog.waitFor();
  return dialog;
}

it('is asked of every form there is', async () => {
  const folder = join(import.meta.dirname, '../../src/renderer');
  const sources = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tsx'));
  const texts = await Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
  const withForms = sources.filter((_, index) => /<form\b|<Dialog\b/.test(texts[index] ?? ''));
  expect(new Set(withForms)).toEqual(
    new Set([...APART, ...Object.values(FORMS).map(({ source }) => source)]),
  );
});

describe.each(languagesOf('every form'))('an error, in %s', (language) => {
  beforeAll(async () => {
    await open.host.workstation.connect().api.settings.set({ language });
    // Who somebody is, is asked when the page is loaded.
    await offerEverything('');
    await page.reload();
    await page.getByRole('navigation', { name: WORDS[language].common.nav.label }).waitFor();
  });
  afterAll(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

  it('is seen in every form, whatever is typed', async () => {
    const names = Object.keys(FORMS);
    const count = Math.min(TRIED, names.length);
    const [some = names] = fc.sample(fc.shuffledSubarray(names, { minLength: count, maxLength: count }), 1);
    for (const name of some) {
      const form = FORMS[name];
      if (form === undefined) throw new Error(`No form ${name}`);
      await offerEverything(name);
      const saying = (texts: readonly string[]) => (error: unknown) => {
        throw new Error(`${name} said nothing of ${JSON.stringify(texts)}`, { cause: error });
      };
      const panel = await openForm(form, language).catch(saying(['(opened)']));
      for (const texts of fc.sample(fc.array(typed, { minLength: 1, maxLength: 6 }), TRIES)) {
        await fillAnything(panel, texts);
        await page.keyboard.press('Control+Enter');
        if ((await outcomeOf(page, panel).catch(saying(texts))) === 'recorded') break;
      }
    }
  }, 900_000);
});
