import type { Page } from 'playwright-core';
import {
  RESTORATION_NEEDS,
  type RestorationDetail,
  type RestorationStep,
} from '../../../src/contract/workstation/restoration.ts';
import { settingsOn } from '../../../src/domain/restoration/index.ts';
import english from '../../../src/renderer/restoration/locales/en.ts';
import chinese from '../../../src/renderer/restoration/locales/zh-CN.ts';
import type { Form } from './form.ts';

const SAID = { 'zh-CN': chinese, en: english };
const ID = 'x';
const AT = '2026-03-02T02:00:00.000Z';
const HAND = { at: AT, staffId: 'another', name: '虚构王', unitPath: '/HS' };
const ASK = { departmentPath: '/HS/C1', matterIds: ['k-1'], since: AT, opinion: null, earlier: [] };
const HASH = 'a'.repeat(64);

/** An application with which everything can be done. */
const DETAIL: RestorationDetail = {
  state: {
    id: ID,
    number: 'S001-X2026-1-0001',
    status: 'accepted',
    merchantId: 'm',
    merchantName: '海曙鞋行',
    unitPath: '/HS/C1/M01/S001',
    creditCode: null,
    windowPath: '/HS/D01/D01W1',
    channel: 'online',
    representative: { name: '张三' },
    handler: { name: '李四', phone: '100****5678', authority: '授权委托书' },
    publication: true,
    matters: [
      {
        matterId: 'k-1',
        type: 'penalty',
        sanctionId: 's',
        organ: '虚构局',
        number: '虚罚〔2026〕1号',
        determinedOn: '2026-01-01',
        class: 'ordinary',
        channel: 'creditchina',
        proofs: [HASH],
        commitmentId: 'p-1',
      },
    ],
    attachments: [
      { sha256: HASH, size: 10, mediaType: 'application/pdf', kind: 'performance', name: '凭证.pdf' },
    ],
    commitments: [],
    filed: HAND,
    replySince: AT,
    accepted: HAND,
    asks: [ASK],
    returns: [],
    submitted: null,
    outcomes: [],
    withdrawn: null,
    objections: [{ objectionId: 'o', text: '办理有误', by: HAND, answer: null }],
    revision: 1,
  },
  summary: {
    id: ID,
    number: 'S001-X2026-1-0001',
    status: 'accepted',
    merchantName: '海曙鞋行',
    matters: 1,
    asked: 1,
    answered: 0,
    filedAt: AT,
    unitName: '海曙鞋行',
    windowName: '海信服专窗（虚构）',
    toDo: [],
    waiting: 0,
  },
  timeline: [],
  settings: settingsOn('2026-03-02'),
  unitNames: { '/HS/C1': '虚构局' },
  agreed: ['k-1'],
  ask: ASK,
  departments: [{ path: '/HS/D02', name: '另一个局（虚构）' }],
  canReveal: true,
  inquiry: { code: '0A1B-2C3D-4E5F', address: null },
  // Of the very list of steps.
  can: Object.fromEntries(
    Object.keys(RESTORATION_NEEDS).map((step) => [step, true]),
  ) as RestorationDetail['can'],
};

const step = (name: RestorationStep): Form => ({
  source: 'restoration/inline-form.tsx',
  at: () => `restorations/${ID}`,
  before: (page, language) =>
    page.getByRole('button', { name: SAID[language].step[name], exact: true }).first().click(),
  button: null,
});

/** Every form of applications for credit repair. */
export const RESTORATION_FORMS = {
  'restoration-new': { source: 'restoration/file-page.tsx', at: () => 'restorations/new', button: null },
  'restoration-accepted': step('restoration-accepted'),
  'departments-asked': step('departments-asked'),
  'opinion-given': step('opinion-given'),
  'restoration-returned': step('restoration-returned'),
  'restoration-completed': step('restoration-completed'),
  'restoration-submitted': step('restoration-submitted'),
  'restoration-concluded': step('restoration-concluded'),
  'restoration-withdrawn': step('restoration-withdrawn'),
  'restoration-objected': step('restoration-objected'),
  'objection-answered': step('objection-answered'),
} satisfies Record<RestorationStep | 'restoration-new', Form>;

/** The application is there, whoever is signed in. */
export async function offerRestorations(page: Page): Promise<void> {
  await page.route('**/rpc/restorations/get', (route) => route.fulfill({ json: { json: DETAIL } }));
}
