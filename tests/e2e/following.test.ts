import { expect, it } from 'vitest';
import { PAGE_KEY_HEADER } from '../../src/contract/workstation/page-key.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { pngOf } from '../support/samples.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { workstationPage } from './pages/workstation-page.ts';
import { evidencePage } from './pages/evidence-page.ts';
import { WORDS } from './pages/words.ts';
import { expectAccessible } from './support/accessible.ts';
import { useStage } from './support/stage.ts';

const MALL = { unitPath: '/HS/C1/M01', staffId: 'mediator-mall' };
const DISTRICT = { unitPath: '/HS', staffId: 'supervisor-district' };
const SHOP = { unitPath: '/HS/C1/M01/S001', staffId: 'manager-shop' };

const stage = useStage();
/** What the page shows with each call besides its cookie, and where it keeps that. */
const PAGE_KEY = { header: PAGE_KEY_HEADER, kept: 'heshi-page-key' };

const filled = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name] ?? ''));

it('an agreement is followed: the court’s countdown, a promise broken with proof, reopened; what is typed outlives a kill', async () => {
  const words = WORDS['zh-CN'];
  const { cases } = words;
  const today = businessDay(new Date().toISOString());
  const { workstation, process, prepared } = await stage.openWorkstation('商场台', {
    ...MALL,
    killable: true,
    prepare: async (api) => {
      const { id, number } = await api.cases.register(caseInput());
      await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
      const performance = { kind: 'by' as const, dueOn: shiftDay(today, 20), manner: '转账' };
      const settlement = {
        instrument: 'settlement-agreement' as const,
        terms: '退还货款',
        amountFen: 128_000,
      };
      await api.cases.act({
        id,
        revision: 2,
        action: { step: 'case-settled', payload: { ...settlement, performance } },
      });
      // The second round brings the leased document numbers.
      await api.sync.now();
      await api.sync.now();
      const documentId = crypto.randomUUID();
      await api.documents.issue({
        caseId: id,
        documentId,
        kind: 'peoples-mediation-agreement',
        fields: { committee: '天一商圈人民调解委员会', responsibility: '商户承担质量责任' },
      });
      const signers = ['consumer', 'merchant', 'mediator'] as const;
      await api.documents.sign({
        manner: 'on-paper',
        caseId: id,
        documentId,
        signers: [...signers],
        signedOn: today,
      });
      return number;
    },
  });
  const { page } = workstation;
  const dialog = page.getByRole('dialog');
  await workstation.openCase(prepared);
  // Thirty days from the signature, or the next working day after them (decided by the calendar's own tests).
  const until = page.getByText(
    new RegExp(`^${filled(cases.confirmation.until, { day: '@' }).replace(/@.*$/, '')}`),
  );
  await until.waitFor();
  const [, day = ''] = /(\d{4}-\d\d-\d\d)/.exec((await until.textContent()) ?? '') ?? [];
  expect(day >= shiftDay(today, 30) && day <= shiftDay(today, 42)).toBe(true);
  await workstation.openStep('confirmation-applied');
  await dialog.getByLabel(cases.confirmation.court).fill('海曙区人民法院');
  await expectAccessible(page);
  await workstation.confirmStep('confirmation-applied');
  await page.getByText(filled(cases.confirmation.applied, { day: today })).waitFor();

  // The promise is broken, and there is proof of it.
  const evidence = evidencePage(page, words);
  await evidence.choose({ name: '银行流水.png', mimeType: 'image/png', buffer: pngOf(90) });
  await evidence.item('银行流水.png').waitFor();
  await workstation.openStep('performance-recorded');
  await workstation.choose(cases.field.result, cases.performanceResult.broken);
  await dialog.getByLabel(cases.field.note).fill('到期未付款');
  await expectAccessible(page);
  await workstation.confirmStep('performance-recorded');
  await workstation.caseStatus('broken');
  await workstation.openStep('case-reopened');
  await workstation.choose(cases.field.cause, cases.reopenCause['agreement-broken']);
  await dialog.getByLabel(cases.field.reason).fill('商户未按期退款');
  await workstation.confirmStep('case-reopened');
  await workstation.caseStatus('accepted');
  await evidence.item('银行流水.png').waitFor();

  // A power cut in the middle of a record.
  await workstation.openStep('session-recorded');
  await dialog.getByLabel(cases.field.place).fill('商场调解室');
  await dialog.getByLabel(cases.field.record, { exact: true }).fill('商户称资金周转困难');
  await expect
    .poll(() =>
      page.evaluate(async ({ header, kept }) => {
        const headers = { [header]: localStorage.getItem(kept) ?? '' };
        const answer = await fetch('/rpc/drafts/list', { method: 'POST', headers, body: '{}' });
        return answer.text();
      }, PAGE_KEY),
    )
    .toContain('资金周转困难');
  await process.kill();
  await process.start();
  await workstationPage(page, words).signIn(PASSWORD);
  await workstation.openCase(prepared);
  await workstation.openStep('session-recorded');
  await dialog.getByText(words.common.draft.restored).waitFor();
  expect(await dialog.getByLabel(cases.field.record, { exact: true }).inputValue()).toBe(
    '商户称资金周转困难',
  );
  expect(await dialog.getByLabel(cases.field.place).inputValue()).toBe('商场调解室');
});

it('the board says what is overdue, due today and this week; a unit sits in, a case goes sideways, a late one is taken over', async () => {
  const words = WORDS.en;
  const { cases, deadlines } = words;
  // The Tuesday and the ten working days before it that tests/store/deadlines.test.ts counts by hand.
  const now = new Date('2026-03-10T02:00:00Z');
  let clock = now;
  const at = (day: string): void => {
    clock = new Date(`${day}T02:00:00Z`);
  };
  const input = (): ReturnType<typeof caseInput> =>
    caseInput({ facts: { text: '大衣掉色，要求退款。', occurredOn: '2026-02-01' } });
  const options = { clock: () => clock, now, language: 'en' as const };
  at('2026-03-08');
  const shops = await stage.prepare('店铺二号台', {
    ...SHOP,
    ...options,
    prepare: async (api) => {
      const { number } = await api.cases.register(input());
      await api.sync.now();
      return number;
    },
  });
  const { workstation, prepared } = await stage.openWorkstation('商场二号台', {
    ...MALL,
    ...options,
    prepare: async (api) => {
      const numbers: string[] = [];
      for (const day of ['2026-02-10', '2026-02-25', '2026-02-26']) {
        at(day);
        numbers.push((await api.cases.register(input())).number);
      }
      at('2026-03-10');
      await api.sync.now();
      return numbers;
    },
  });
  const [overdue = '', today = '', week = ''] = prepared;
  const { page } = workstation;
  const dialog = page.getByRole('dialog');
  await workstation.goTo('deadlines');
  const column = (name: string) => page.getByRole('region', { name, exact: true });
  await column(deadlines.overdue).getByRole('link', { name: overdue }).waitFor();
  await column(deadlines.today).getByRole('link', { name: today }).waitFor();
  await column(filled(deadlines.week, { day: '2026-03-15' }))
    .getByRole('link', { name: week })
    .waitFor();
  await column(deadlines.overdue)
    .getByRole('button', { name: filled(deadlines.escalate, { number: overdue }) })
    .waitFor();
  await expectAccessible(page);

  // Another mall sits in; then the case goes there altogether.
  await column(deadlines.today).getByRole('link', { name: today }).click();
  await workstation.openStep('case-accepted');
  await workstation.confirmStep('case-accepted');
  await workstation.openStep('unit-joined');
  await workstation.choose(cases.joint.unit, 'M02（测试）');
  await dialog.getByLabel(cases.field.reason).fill('同一品牌在两家商场都有门店');
  await workstation.confirmStep('unit-joined');
  await page.getByText(cases.joint.title, { exact: true }).waitFor();
  await workstation.openStep('case-transferred');
  await workstation.choose(cases.field.target, 'M02（测试）');
  await dialog.getByLabel(cases.field.reason).fill('消费行为发生在该商场');
  await expectAccessible(page);
  await workstation.confirmStep('case-transferred');
  await workstation.caseStatus('transferred');

  // The shop has let its first contact pass: whoever stands above takes the case.
  await workstation.goTo('deadlines');
  await page.getByText(deadlines.scope.sight, { exact: true }).click();
  await column(deadlines.overdue)
    .getByRole('button', { name: filled(deadlines.takeOver, { number: shops }) })
    .click();
  await dialog.getByLabel(cases.field.reason).fill('店铺逾期未联系消费者');
  await expectAccessible(page);
  await workstation.confirmStep('case-taken-over');
  await workstation.caseStatus('taken-over');
});

it('the regulator’s board asks for the notice that is owed, its document is one press away, and then it is asked no more', async () => {
  const words = WORDS['zh-CN'];
  const { supervision, documents } = words;
  const { workstation, prepared } = await stage.openWorkstation('区局台', {
    ...DISTRICT,
    prepare: async (api) => {
      // A happening of four years ago, told only now.
      const { id, number } = await api.cases.register(
        caseInput({ facts: { text: '预付卡余额不退。', occurredOn: '2022-01-05' } }),
      );
      await api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
      await api.sync.now();
      return number;
    },
  });
  const { page } = workstation;
  await workstation.goTo('deadlines');
  const owed = page.getByRole('region', { name: supervision.followUp.notices, exact: true });
  await owed.getByText(new RegExp(`^${supervision.followUp.notice['acceptance-notice']}`)).waitFor();
  await expectAccessible(page);
  await owed
    .getByRole('button', { name: filled(supervision.followUp.do.notice, { number: prepared }) })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(documents.numberHint).waitFor();
  await dialog.getByRole('button', { name: documents.issueAndPrint, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('note').getByText('2025-01-05', { exact: false }).waitFor();
  // Loaded again under the same address, the page does not ask for a second notice.
  await page.reload();
  await page.getByRole('list', { name: documents.list }).getByRole('listitem').first().waitFor();
  expect(await dialog.count()).toBe(0);
  await workstation.goTo('deadlines');
  await owed.getByText(supervision.followUp.noNotices, { exact: true }).waitFor();
});
