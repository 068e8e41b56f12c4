import type { Page } from 'playwright-core';
import type { CallEntry, SanctionDetail } from '../../../src/contract/workstation/sanction.ts';
import english from '../../../src/renderer/sanction/locales/en.ts';
import chinese from '../../../src/renderer/sanction/locales/zh-CN.ts';
import type { Form } from './form.ts';

const SAID = { 'zh-CN': chinese, en: english };
const ID = 'r';
const HAND = { at: '2026-03-02T02:00:00.000Z', staffId: 'another', name: '虚构王', unitPath: '/HS' };
const duty = { dutyId: 'd', text: '缴纳罚款', done: null };

/** A record of which everything can be recorded: a duty is open, another is done, and it is not published yet. */
const DETAIL: SanctionDetail = {
  state: {
    id: ID,
    merchantId: 'm',
    merchantName: '海曙鞋行',
    unitPath: '/HS/C1/M01/S001',
    kind: 'penalty',
    class: 'ordinary',
    organ: '虚构局',
    number: '虚罚〔2026〕1号',
    determinedOn: '2026-03-01',
    publishedOn: null,
    channel: 'gsxt',
    simplified: false,
    measures: ['fine'],
    areas: [],
    restrictedUntil: null,
    text: '',
    duties: [
      duty,
      {
        dutyId: 'e',
        text: '改正',
        done: { on: '2026-03-02', proof: '照片', evidence: null, by: HAND },
      },
    ],
    ended: null,
    applied: null,
    windows: [],
    recorded: HAND,
    corrections: [],
    continues: null,
    countedAs: null,
    revision: 1,
  },
  eligibility: { verdict: 'to-be-looked-at', why: 'rule-unknown', rule: null },
  ends: null,
  regime: null,
  blocking: [],
  reminders: [],
  unitName: '虚构鞋行',
  timeline: [],
  today: '2026-03-02',
  canRecord: true,
};

/** A merchant that the window is to call. */
const CALL: CallEntry = {
  id: ID,
  merchantName: '海曙鞋行',
  unitName: '虚构鞋行',
  kind: 'penalty',
  organ: '虚构局',
  number: '虚罚〔2026〕1号',
  day: '2026-04-01',
  daysBefore: 30,
  dueAt: null,
  late: false,
  tries: 0,
  hasPhone: true,
  revision: 1,
};

const step = (button: (said: typeof english) => string): Form => ({
  source: 'sanction/dialogs.tsx',
  at: () => `sanctions/${ID}`,
  button: (language) => button(SAID[language]),
});

/** Every form of records about merchants. */
export const SANCTION_FORMS = {
  'sanction-recorded': { ...step((said) => said.record.title), at: () => 'sanctions' },
  'sanction-corrected': step((said) => said.correct.title),
  'duty-done': step((said) => said.duty.done),
  'duty-reopened': step((said) => said.duty.reopen),
  'sanction-published': step((said) => said.published.title),
  'sanction-ended': step((said) => said.end.title),
  'sanction-called': {
    source: 'sanction/calls-page.tsx',
    at: () => 'calls',
    button: (language) => SAID[language].calls.record,
  },
} satisfies Record<string, Form>;

/** The record is there, and somebody to call, whoever is signed in. */
export async function offerSanctions(page: Page): Promise<void> {
  const calls = { items: [CALL], total: 1, cursor: null };
  await page.route('**/rpc/sanctions/calls', (route) => route.fulfill({ json: { json: calls } }));
  await page.route('**/rpc/sanctions/get', (route) => route.fulfill({ json: { json: DETAIL } }));
}
