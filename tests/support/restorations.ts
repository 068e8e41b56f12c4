import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';
import type {
  FileRestoration,
  RestorationAction,
  RestorationDetail,
} from '../../src/contract/workstation/restoration.ts';
import { sanctionIdOf } from '../../src/domain/credit/index.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { command, noContext } from '../../src/main/kernel/command.ts';
import { SHOP } from '../central/setting.ts';
import type { LiveWorkstation, Workstations } from './live-workstations.ts';

export const WINDOW = '/HS/D01/D01W1';
export const DECISION = { organ: '虚构市场监督管理局', number: '虚市监处罚〔2026〕12号' };
export const PDF = Buffer.from('%PDF-1.7\n%虚构的缴款凭证\n').toString('base64');

/** Departments with a reviewer each, the window with its clerk, and the district's credit officer. */
export async function createOffices(given: Workstations, departments: readonly string[]): Promise<void> {
  const { admin } = given.centre.admin;
  const { passwordHash } = given;
  await admin.createUnits({
    units: [
      ...departments.map((path) => ({
        path,
        body: 'department' as const,
        name: `${path}局（虚构）`,
        disputePoint: false,
      })),
      { path: WINDOW, body: 'window', name: '海信服专窗（虚构）', disputePoint: false },
    ],
  });
  const person = (
    id: string,
    role: 'repair-clerk' | 'department-reviewer' | 'credit-officer',
    unitPath: string,
  ) => ({
    id,
    role,
    unitPath,
    name: '测试员',
    passwordHash,
  });
  await admin.addStaff({
    staff: [
      person('clerk', 'repair-clerk', WINDOW),
      person('credit-officer', 'credit-officer', '/HS'),
      ...departments.map((path) => person(`reviewer-${path.slice(4)}`, 'department-reviewer', path)),
    ],
  });
}

/** Enters what is published of the merchant, as a public body does. */
const enter = command({
  context: noContext,
  decide: ({ merchantId, number, ago }: { merchantId: string; number: string; ago: number }) => ({
    facts: [
      {
        stream: { kind: 'sanction', id: sanctionIdOf(merchantId, { ...DECISION, number }) },
        type: 'sanction-recorded',
        version: 1,
        payload: {
          entryId: uuidv7(),
          merchantId,
          merchantName: '虚构服饰店',
          merchantPath: SHOP,
          kind: 'penalty',
          class: 'ordinary',
          ...DECISION,
          number,
          determinedOn: shiftDay(businessDay(new Date().toISOString()), -ago),
          publishedOn: null,
          channel: 'creditchina',
          simplified: false,
          measures: ['fine'],
          areas: [],
          restrictedUntil: null,
          text: '【虚构示例】未明码标价',
          duties: [],
          continues: null,
          again: 0,
        },
      },
    ],
    result: undefined,
  }),
});

/** Merchants of the shop with an ordinary penalty of a hundred days ago, known at all workstations that see it. */
export async function penalise(
  district: LiveWorkstation,
  merchantId: string,
  number = DECISION.number,
): Promise<string> {
  await enter(district.context, { merchantId, number, ago: 100 });
  return sanctionIdOf(merchantId, { ...DECISION, number });
}

export async function sync(...all: LiveWorkstation[]): Promise<void> {
  for (const { api, running } of all) {
    await api.sync.now();
    // Files go once their facts are there.
    await running.parts.uploads.run();
    expect((await api.sync.now()).sign).toBe('proved');
  }
}

export const act = (detail: RestorationDetail, action: RestorationAction) => ({
  id: detail.state.id,
  revision: detail.state.revision,
  eventId: uuidv7(),
  action,
});

export const agree = (departmentPath: string): RestorationAction => ({
  step: 'opinion-given',
  payload: { departmentPath, attempt: 0, answers: [{ matterId: 'k-1', verdict: 'agree' }] },
});

export async function registerMerchant({ api }: LiveWorkstation): Promise<string> {
  const merchantId = crypto.randomUUID();
  await api.merchants.register({
    merchantId,
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    address: null,
    contactName: null,
    phone: null,
    unitPath: SHOP,
  });
  return merchantId;
}

export async function formFor(
  shop: LiveWorkstation,
  merchantId: string,
  sanctionId: string,
): Promise<FileRestoration> {
  const proof = await shop.api.restorations.keepFile({ name: '缴款凭证.pdf', base64: PDF });
  return {
    restorationId: crypto.randomUUID(),
    merchantId,
    windowPath: WINDOW,
    channel: 'online',
    representative: { name: '张三' },
    handler: { name: '李四', phone: '10012345678', authority: '授权委托书' },
    publication: true,
    matters: [{ matterId: 'k-1', type: 'penalty', sanctionId, proofs: [proof.sha256], commitmentId: 'p-1' }],
    attachments: [{ ...proof, kind: 'performance', name: '缴款凭证.pdf' }],
    commitments: [
      {
        commitmentId: 'p-1',
        version: 1,
        signedBy: '张三',
        signedOn: businessDay(new Date().toISOString()),
        how: 'screen',
        signature: proof.sha256,
      },
    ],
  };
}
