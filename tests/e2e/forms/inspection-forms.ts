import type { Page } from 'playwright-core';
import type {
  AttentionAction,
  AttentionView,
  Commendable,
  CommendationView,
  DrawAction,
  DrawDetail,
  GuidanceAction,
  GuidanceView,
} from '../../../src/contract/workstation/inspection.ts';
import type { LeniencyForm, LeniencyView } from '../../../src/contract/workstation/leniency.ts';
import type { RollupUnit, RollupView } from '../../../src/contract/centre/rollup.ts';
import type { CirclePublication } from '../../../src/contract/workstation/public.ts';
import english from '../../../src/renderer/inspection/locales/en.ts';
import chinese from '../../../src/renderer/inspection/locales/zh-CN.ts';
import leniencyEnglish from '../../../src/renderer/leniency/locales/en.ts';
import leniencyChinese from '../../../src/renderer/leniency/locales/zh-CN.ts';
import publicEnglish from '../../../src/renderer/public/locales/en.ts';
import publicChinese from '../../../src/renderer/public/locales/zh-CN.ts';
import type { Language } from '../pages/words.ts';
import type { Form } from './form.ts';

const SAID = { 'zh-CN': chinese, en: english };
const LENIENCY = { 'zh-CN': leniencyChinese, en: leniencyEnglish };
const PUBLIC = { 'zh-CN': publicChinese, en: publicEnglish };
const UNIT = '/HS/C1';
const BELOW = '/HS/C1/M01';
const AT = '2026-03-02T02:00:00.000Z';
const HAND = { at: AT, staffId: 'another', name: '虚构王' };
const MERCHANT = { merchantId: 'm', name: '海曙鞋行' };
const DRAW_ID = 'd';

/** A view of the page of what grades do, and the button there. */
const inspection = (
  view: string,
  source: string,
  button: (said: typeof english) => string,
  before?: Form['before'],
): Form => ({
  source: `inspection/${source}`,
  at: () => `inspections?view=${view}`,
  button: (language) => button(SAID[language]),
  ...(before ? { before } : {}),
});
const guidance = (step: GuidanceAction['step']): Form =>
  inspection('guidance', 'guidance-dialog.tsx', (said) => said.guidance.step[step]);
const attention = (step: AttentionAction['step']): Form =>
  inspection('attention', 'attention-table.tsx', (said) => said.attention.step[step]);
const draw = (button: 'witness' | 'abandon' | 'record'): Form => ({
  ...inspection('draws', 'draw-dialog.tsx', (said) => said.draw[button]),
  at: () => `inspections/draws/${DRAW_ID}`,
});

const chooseRepeat = async (page: Page, language: Language): Promise<void> => {
  const label = SAID[language].attention.chooseOne.replace('{{name}}', MERCHANT.name);
  await page.getByRole('checkbox', { name: label }).check();
};

const lenient = (button: (said: typeof leniencyEnglish) => string, source: string, at: Form['at']): Form => ({
  source: `leniency/${source}`,
  at,
  button: (language) => button(LENIENCY[language]),
});
const leniencyView = (): string => 'inspections?view=leniency';

const STEPS = {
  'guidance-slot-chosen': guidance('guidance-slot-chosen'),
  'guidance-held': guidance('guidance-held'),
  'guidance-rechecked': guidance('guidance-rechecked'),
  'guidance-cancelled': guidance('guidance-cancelled'),
  'attention-taken': attention('attention-taken'),
  'attention-acted': attention('attention-acted'),
  'attention-evaluated': attention('attention-evaluated'),
  'draw-made': draw('witness'),
  'draw-abandoned': draw('abandon'),
  'result-recorded': draw('record'),
} satisfies Record<(GuidanceAction | AttentionAction | DrawAction)['step'], Form>;

/** The forms by which it is drawn, advised, commended and looked after, and what the public sees is decided. */
export const INSPECTION_FORMS = {
  ...STEPS,
  'leniency-decided': lenient(
    (said) => said.decide,
    'decide-dialog.tsx',
    () => `inspections/draws/${DRAW_ID}`,
  ),
  'leniency-educated': lenient((said) => said.step['leniency-educated'], 'step-dialog.tsx', leniencyView),
  'leniency-withdrawn': lenient((said) => said.step['leniency-withdrawn'], 'step-dialog.tsx', leniencyView),
  'guidance-offered': inspection('guidance', 'offer-dialog.tsx', (said) => said.guidance.offer),
  'attention-pushed': inspection('attention', 'push-dialog.tsx', (said) => said.attention.push, chooseRepeat),
  'commendation-left-off': inspection(
    'commendation',
    'commendation-view.tsx',
    (said) => said.commendation.leaveOff,
  ),
  'commendation-withdrawn': inspection(
    'commendation',
    'commendation-lists.tsx',
    (said) => said.commendation.withdraw,
  ),
  'plan-published': inspection('plan', 'plan-view.tsx', (said) => said.plan.publish),
  'publication-set': {
    source: 'public/decide-form.tsx',
    at: () => 'credit',
    button: (language) => PUBLIC[language].show,
  },
} satisfies Record<string, Form>;

const SLOTS = ['2026-03-05T10:00:00+08:00', '2026-03-05T15:00:00+08:00'];
const GUIDANCE: GuidanceView = {
  id: 'g',
  ...MERCHANT,
  merchantName: MERCHANT.name,
  merchantPath: BELOW,
  subject: '明码标价',
  slots: SLOTS,
  drawId: null,
  status: 'offered',
  offered: { ...HAND, unitPath: UNIT },
  chosen: null,
  held: null,
  rechecked: null,
  cancelled: null,
  revision: 1,
  unitName: '第一商场',
  steps: ['guidance-slot-chosen', 'guidance-held', 'guidance-rechecked', 'guidance-cancelled'],
  lenient: false,
};
const ATTENTION: AttentionView = {
  id: 'a',
  ownerPath: BELOW,
  from: '2026-01-01',
  to: '2026-02-28',
  least: 3,
  merchants: [{ ...MERCHANT, count: 4 }],
  dueOn: '2026-12-31',
  text: '上门了解',
  status: 'pushed',
  pushed: { ...HAND, unitPath: UNIT },
  owner: null,
  actions: [],
  evaluated: null,
  revision: 1,
  ownerName: '第一商场',
  pushedFrom: '天一商圈',
  steps: ['attention-taken', 'attention-acted', 'attention-evaluated'],
};
const COMMENDATION: CommendationView = {
  id: 'c',
  unitPath: UNIT,
  month: '2026-02',
  months: 6,
  topGrade: 'A',
  merchants: [{ ...MERCHANT, merchantPath: BELOW, points: 900 }],
  leftOff: [],
  published: { at: AT, name: HAND.name, unitPath: UNIT },
  withdrawn: [],
  revision: 1,
  unitName: '天一商圈',
  canDecide: true,
};
const COMMENDABLE: Commendable = {
  topGrade: 'A',
  merchants: [{ ...MERCHANT, unitName: '第一商场', points: 900 }],
  others: {},
};
const CLASS = { class: 'C', perMille: 100, manner: 'random', candidates: 1, drawn: 1 } as const;
const RESULT = {
  resultId: 'r',
  merchantId: MERCHANT.merchantId,
  on: '2026-03-02',
  outcome: 'finding',
  text: '价签缺失',
  creditFactId: null,
  recorded: { ...HAND, unitPath: UNIT },
} as const;
const DRAW: DrawDetail = {
  summary: {
    id: DRAW_ID,
    unitPath: UNIT,
    unitName: '天一商圈',
    day: '2026-03-02',
    status: 'made',
    preparedBy: HAND.name,
    witness: null,
    candidates: 1,
    drawn: 1,
    done: 0,
  },
  revision: 1,
  planVersion: 1,
  candidatesHash: '0'.repeat(64),
  drawerSeed: '471100',
  witnessSeed: null,
  abandonedBecause: null,
  classes: [CLASS],
  drawn: [
    {
      ...MERCHANT,
      unitName: '第一商场',
      class: 'C',
      manner: 'random',
      result: RESULT,
      guidanceFirst: null,
      entries: [],
    },
  ],
  exceptions: [],
  can: { witness: true, abandon: true, record: true, lenient: true },
};
const DECISION: LeniencyView = {
  id: 'l',
  revision: 1,
  ...MERCHANT,
  merchantName: MERCHANT.name,
  unitName: '第一商场',
  item: 'price-unmarked',
  itemName: { zh: '未按规定明码标价', en: 'Prices not marked as required' },
  decisionId: 'd',
  source: { kind: 'inspection', id: DRAW_ID, part: 'r' },
  violatedOn: '2026-03-02',
  facts: '价签缺失',
  harm: 'slight',
  harmGround: '无投诉',
  correctBy: '2026-03-05',
  correctedOn: '2026-03-03',
  correctGround: '复查属实',
  lookedAt: [],
  verdict: 'may-be-unpunished',
  number: '虚市监不罚〔2026〕1号',
  conditions: {
    verdict: 'may-be-unpunished',
    first: { met: true, blocking: null },
    harm: { met: true },
    corrected: { met: true },
  },
  decided: { ...HAND, unitPath: UNIT },
  educated: null,
  withdrawn: null,
  missed: [],
  steps: ['leniency-educated', 'leniency-withdrawn'],
  canPrint: true,
};
const LENIENCY_FORM: LeniencyForm = {
  months: 24,
  items: [
    {
      code: DECISION.item,
      name: { zh: '未按规定明码标价', en: 'Prices not marked as required' },
      area: null,
      article: { zh: '虚构', en: 'invented' },
      tag: 'assumption',
    },
  ],
  penalties: [{ kind: 'sanction', id: 's', on: '2026-01-05', areas: [], text: '1' }],
};
const UNITS: RollupUnit[] = [{ path: BELOW, name: '第一商场', level: 3, party: 'operator' }];
const FIGURES = { view: { byMerchant: [{ ...MERCHANT, totals: { registered: 4 } }] } } as unknown as {
  view: RollupView;
};
const CIRCLE: CirclePublication = {
  path: UNIT,
  name: '天一商圈',
  grades: false,
  set: null,
  revision: 0,
  canDecide: true,
};

/** What the workstation says where everything has happened that a form of these could be about. */
const ANSWERS = {
  'inspections/guidances': [GUIDANCE],
  'inspections/attention': [ATTENTION],
  'inspections/commendations': [COMMENDATION],
  'inspections/commendable': COMMENDABLE,
  'inspections/draw': DRAW,
  'leniency/list': [DECISION],
  'leniency/form': LENIENCY_FORM,
  'rollup/units': UNITS,
  'rollup/get': FIGURES,
  'publication/circles': [CIRCLE],
};

/** Offers each of these forms: what is recorded by them is still judged by the workstation itself. */
export async function offerInspections(page: Page): Promise<void> {
  for (const [call, json] of Object.entries(ANSWERS))
    await page.route(`**/rpc/${call}`, (route) => route.fulfill({ json: { json } }));
}
