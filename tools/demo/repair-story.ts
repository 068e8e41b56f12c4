import { uuidv7 } from 'uuidv7';
import type { RestorationAction } from '../../src/contract/workstation/restoration.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { sanctionIdOf } from '../../src/domain/credit/index.ts';
import type { SanctionContent } from '../../src/domain/sanction/index.ts';
import type { PlannedMerchant } from '../world/plan.ts';
import type { WorkstationHandle } from '../world/workstation.ts';
import type { World } from '../world/world.ts';
import { castOf } from './exemplary-shop.ts';
import type { Offices } from './departments.ts';

const ORGAN = '海曙区市场监督管理局（虚构）';
const RECEIPT = Buffer.from('%PDF-1.7\n%【虚构示例】罚款缴款凭证\n').toString('base64');
const REPRESENTATIVE = '王虚构';

/** A record as the district enters it: `ago` days after it was determined. */
type Entered = { number: string; ago: number; over?: Partial<SanctionContent> };

/** What the merchants beside the exemplary shop have on record, so that every verdict is seen. */
const BESIDE: readonly Entered[] = [
  { number: '虚市监处罚〔2026〕103号', ago: 20 },
  {
    number: '虚市监处罚〔2026〕104号',
    ago: 200,
    over: { duties: [{ dutyId: 'd-1', text: '【虚构示例】补办登记' }] },
  },
  {
    number: '虚市监处罚〔2026〕105号',
    ago: 40,
    over: { class: 'serious', measures: ['fine', 'revocation'] },
  },
  {
    number: '虚市监列异〔2026〕106号',
    ago: 60,
    over: { kind: 'abnormal-listing', class: null, measures: [] },
  },
];

async function enter(
  { api }: WorkstationHandle,
  merchant: PlannedMerchant,
  { number, ago, over = {} }: Entered,
  today: string,
): Promise<string> {
  await api.sanctions.record({
    eventId: uuidv7(),
    merchantId: merchant.id,
    content: {
      kind: 'penalty',
      class: 'ordinary',
      organ: ORGAN,
      number,
      determinedOn: shiftDay(today, -ago),
      publishedOn: null,
      channel: 'creditchina',
      simplified: false,
      measures: ['fine'],
      areas: [],
      restrictedUntil: null,
      text: '【虚构示例】未按规定明码标价',
      duties: [],
      ...over,
    },
    continues: null,
  });
  return sanctionIdOf(merchant.id, { organ: ORGAN, number });
}

async function file(
  { api }: WorkstationHandle,
  merchant: PlannedMerchant,
  sanctionId: string,
  windowPath: string,
  today: string,
): Promise<string> {
  const proof = await api.restorations.keepFile({ name: '缴款凭证.pdf', base64: RECEIPT });
  const restorationId = crypto.randomUUID();
  await api.restorations.file({
    restorationId,
    merchantId: merchant.id,
    windowPath,
    channel: 'online',
    representative: { name: REPRESENTATIVE },
    handler: { name: REPRESENTATIVE, phone: merchant.phone, authority: '' },
    publication: true,
    matters: [{ matterId: 'k-1', type: 'penalty', sanctionId, proofs: [proof.sha256], commitmentId: 'p-1' }],
    attachments: [{ ...proof, kind: 'performance', name: '缴款凭证.pdf' }],
    commitments: [
      {
        commitmentId: 'p-1',
        version: 1,
        signedBy: REPRESENTATIVE,
        signedOn: today,
        how: 'screen',
        signature: proof.sha256,
      },
    ],
  });
  return restorationId;
}

async function act({ api }: WorkstationHandle, id: string, action: RestorationAction): Promise<void> {
  const { state } = await api.restorations.get({ id });
  await api.restorations.act({ id, revision: state.revision, eventId: uuidv7(), action });
}

async function sync(...all: WorkstationHandle[]): Promise<void> {
  for (const { running } of all) {
    await running.parts.sync.run();
    await running.parts.uploads.run();
  }
}

/**
 * Penalties of today's demonstration, and what becomes of them: one is repaired within the day, one waits for a department's answer, one for the
 * window, others are
 * not due yet, lack a duty, or have to be looked at; and a merchant lets a bank read its grade. All of it is invented.
 */
export async function repairStory(
  { plan, workstations }: World,
  offices: Offices,
  seats: { window: WorkstationHandle; department: WorkstationHandle },
): Promise<void> {
  const { shop, sister, mall, district } = castOf(plan);
  const at = (path: string): WorkstationHandle => {
    const found = workstations.get(path);
    if (!found) throw new Error(`No workstation at ${path}`);
    return found;
  };
  const now = (): string => new Date().toISOString();
  const today = businessDay(now());
  const [regulator, desk, own] = [at(district), at(mall), at(shop.unitPath)];
  const { window, department } = seats;
  const third = plan.merchants.find((one) => one !== shop && one !== sister && one.workstationPath === mall);
  const others = plan.merchants.filter((one) => one !== shop && one !== sister && one !== third);
  const waiting = await enter(regulator, shop, { number: '虚市监处罚〔2026〕101号', ago: 100 }, today);
  const repaired = await enter(regulator, sister, { number: '虚市监处罚〔2026〕102号', ago: 120 }, today);
  const asked =
    third && (await enter(regulator, third, { number: '虚市监处罚〔2026〕107号', ago: 150 }, today));
  for (const [index, one] of BESIDE.entries()) {
    const merchant = others[index];
    if (merchant) await enter(regulator, merchant, one, today);
  }
  await sync(regulator, own, desk);

  const windowPath = offices.window.unit.path;
  const departmentPath = offices.department.unit.path;
  const applications = [
    await file(own, shop, waiting, windowPath, today),
    await file(desk, sister, repaired, windowPath, today),
  ];
  await sync(own, desk, window);
  // What came after, and waits for the window.
  if (third && asked !== undefined) await file(desk, third, asked, windowPath, today);
  for (const id of applications)
    await act(window, id, {
      step: 'restoration-accepted',
      payload: { asks: [{ departmentPath, matterIds: ['k-1'] }] },
    });
  await sync(window, department);
  const done = applications[1] ?? '';
  await act(department, done, {
    step: 'opinion-given',
    payload: { departmentPath, attempt: 0, answers: [{ matterId: 'k-1', verdict: 'agree' }] },
  });
  await sync(department, window);
  await act(window, done, {
    step: 'restoration-submitted',
    payload: { submissions: [{ platform: 'creditchina', receipt: 'DEMO-2026-0001', on: today }] },
  });
  await act(window, done, {
    step: 'restoration-concluded',
    payload: {
      outcomes: [{ matterId: 'k-1', outcome: 'repaired', effectiveAt: now(), number: 'DEMO-XF-0001' }],
    },
  });

  await own.api.finance.grant({
    id: shop.id,
    eventId: uuidv7(),
    recipient: { unitPath: offices.bank.unit.path, name: offices.bank.unit.name, contact: '0574-00000000' },
    items: ['grade', 'qualification'],
    purpose: '【虚构示例】申请贷款',
    manner: 'asked-of-centre',
    from: today,
    until: shiftDay(today, 180),
    signer: {
      name: REPRESENTATIVE,
      position: '法定代表人',
      idTail: '123X',
      capacity: 'legal-representative',
      authority: null,
    },
    signature: { manner: 'on-paper', signedOn: today },
  });
  await sync(window, own, desk, regulator, department, window);
}
