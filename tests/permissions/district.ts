import { uuidv7 } from 'uuidv7';
import { idOfMerchant } from '../../src/domain/finance/index.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Role } from '../../src/domain/kernel/event/event.ts';
import { lastUnit } from '../../src/domain/kernel/event/unit-path.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { CIRCLE, DISTRICT, MALL, SECOND_MALL, SHOP } from '../central/setting.ts';
import type { LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';
import { id, today } from './input-values.ts';

/** The units of the tests' district, the mall's first: the inputs' records are its. */
export const UNITS = [MALL, SHOP, SECOND_MALL, CIRCLE, DISTRICT] as const;

/** Units beside them, outside the hierarchy, which see nobody's records. */
export const OUTSIDE = {
  '/HS/D01': 'department',
  '/HS/D01/D01W1': 'window',
  '/HS/B01': 'bank',
} as const;
export const BANK = '/HS/B01';
/** Another bank, which nobody sits at. */
const OTHER_BANK = '/HS/B02';
export const OUTSIDE_PATHS = Object.keys(OUTSIDE);

const ROLES_OF = {
  department: ['department-reviewer'],
  window: ['repair-clerk'],
  bank: ['finance-officer'],
} as const;
const HIERARCHY: readonly Role[] = ['mediator', 'shop-manager', 'supervisor', 'administrator'];

/** The roles that can be held at a unit. */
export function rolesAt(unitPath: string): readonly Role[] {
  const body = Object.entries(OUTSIDE).find(([path]) => path === unitPath)?.[1];
  if (body !== undefined) return ROLES_OF[body];
  return unitPath === DISTRICT ? [...HIERARCHY, 'credit-officer'] : HIERARCHY;
}

/** Whose records a unit sees: its own, and a mall those of its shops. */
export const seenBy = (unitPath: string): string[] => (unitPath === MALL ? [MALL, SHOP] : [unitPath]);

export const staffAt = (unitPath: string, role: Role): string => `${role}-of-${lastUnit(unitPath)}`;

/** What only one record of one unit holds, so that an answer in which it stands gives it away. */
export type Marks = {
  /** Told to nobody who has not asked for it. */
  whole: readonly string[];
  /** Told to those who may ask for the rest. */
  names: readonly string[];
  /** Told to whoever sees the record. */
  shown: readonly string[];
  caseId: string;
  returnId: string;
};

const place = (unitPath: string): number => UNITS.findIndex((one) => one === unitPath);

/** The marks of a unit's case and return. Those of the mall have the ids that the inputs have. */
export function marksOf(unitPath: string) {
  const nth = place(unitPath);
  const phone = (kind: number): string => `1391${kind}00${nth}7${kind}5${nth}`;
  const letter = '甲乙丙丁戊'[nth] ?? '';
  return {
    consumer: {
      name: `申屠${letter}一`,
      phone: phone(1),
      idType: 'resident-id' as const,
      idNumber: `33020319900101${nth}118`,
      address: `海曙区虚构路${nth}号四零一室`,
    },
    corrected: {
      consumerName: `申屠${letter}二`,
      consumerPhone: phone(2),
      consumerIdNumber: `33020319900101${nth}229`,
      consumerAddress: `鄞州区杜撰街${nth}号五零二室`,
    },
    agent: { name: `皇甫${letter}三`, phone: phone(3) },
    buyer: { name: `慕容${letter}四`, phone: phone(4) },
    goods: `大衣记号${letter}`,
    facts: `【虚构示例】记号${letter}，要求退款。`,
    ids: nth === 0 ? { caseId: id, returnId: id } : { caseId: uuidOf(nth, 1), returnId: uuidOf(nth, 2) },
  };
}

const uuidOf = (nth: number, kind: number): string =>
  `0199000${nth}-0000-7000-8000-00000000000${kind}`.replace('0000-7000', `000${kind}-7000`);

/** The same sorted by who may be told. */
export function sortedMarks(unitPath: string): Marks {
  const { consumer, corrected, agent, buyer, goods, facts, ids } = marksOf(unitPath);
  return {
    whole: [
      consumer.phone,
      consumer.idNumber,
      consumer.address,
      corrected.consumerPhone,
      corrected.consumerIdNumber,
      corrected.consumerAddress,
      agent.phone,
      buyer.phone,
    ],
    names: [consumer.name, corrected.consumerName, agent.name, buyer.name],
    shown: [goods, facts],
    ...ids,
  };
}

const MERCHANT = { creditCode: null, category: 'enterprise' as const };

/** What of a unit's merchant no bank and no office is told, and its name, which a bank knows that it has consented to. */
export function merchantMarks(unitPath: string) {
  const nth = place(unitPath);
  const letter = '甲乙丙丁戊'[nth] ?? '';
  return {
    name: `虚构服饰店记号${letter}`,
    kept: { address: `江北区店铺路${nth}号六零三室`, contactName: `公孙${letter}五` },
  };
}

/** The consents that there are, by what they are to the bank. */
export type Consents = { inForce: string; revoked: string; toAnother: string };
/** Who has consented to the bank, now or before; what it may be told is the grade alone. */
export const CONSENTING = [MALL, SECOND_MALL];

/** The mall's merchant consents to the bank, and to another one; the second mall's did, and has taken it back. */
export async function consent(apiOf: (unitPath: string) => WorkstationClient): Promise<Consents> {
  const day = businessDay(new Date().toISOString());
  const give = async (unitPath: string, bank: string): Promise<string> => {
    const merchantId = merchantIdAt(unitPath);
    const eventId = uuidv7();
    await apiOf(unitPath).finance.grant({
      id: merchantId,
      eventId,
      recipient: { unitPath: bank, name: '虚构银行', contact: '0574' },
      items: ['grade'],
      purpose: '申请海信贷',
      manner: 'asked-of-centre',
      from: day,
      until: day,
      signer: {
        name: '王虚构',
        position: '法定代表人',
        idTail: '123X',
        capacity: 'legal-representative',
        authority: null,
      },
      signature: { manner: 'on-paper', signedOn: day },
    });
    return idOfMerchant(merchantId, eventId);
  };
  const inForce = await give(MALL, BANK);
  const toAnother = await give(MALL, OTHER_BANK);
  const revoked = await give(SECOND_MALL, BANK);
  await apiOf(SECOND_MALL).finance.revoke({
    consentId: revoked,
    eventId: uuidv7(),
    revoker: { name: '王虚构', capacity: 'legal-representative' },
    note: '',
  });
  return { inForce, revoked, toAnother };
}

const merchantIdAt = (unitPath: string): string => (unitPath === MALL ? id : uuidOf(place(unitPath), 3));

/** A merchant, a case that was corrected, has an agent and is settled, and a return: through the workstation's own calls. */
export async function record({ api }: Pick<LiveWorkstation, 'api'>, unitPath: string): Promise<void> {
  const { consumer, corrected, agent, buyer, goods, facts, ids } = marksOf(unitPath);
  const merchantId = merchantIdAt(unitPath);
  const { name, kept } = merchantMarks(unitPath);
  await api.merchants.register({ merchantId, ...MERCHANT, ...kept, name, phone: null, unitPath });
  const { caseId, returnId } = ids;
  await api.cases.register(caseInput({ caseId, consumer, facts: { text: facts, occurredOn: '2026-03-01' } }));
  await step(api, caseId, { step: 'agent-appointed', payload: { ...AGENT, ...agent } });
  await step(api, caseId, { step: 'case-corrected', payload: { reason: '写错', ...corrected } });
  await step(api, caseId, { step: 'case-accepted', payload: {} });
  await step(api, caseId, { step: 'case-settled', payload: SETTLEMENT });
  const request = { ...REQUEST, goodsName: goods };
  await api.returns.request({ returnId, merchantId, consumer: buyer, request });
}

const AGENT = { agentId: 'agent', side: 'consumer' as const, authority: 'general' as const };
const SETTLEMENT = {
  instrument: 'settlement-agreement' as const,
  terms: '退款',
  amountFen: 100,
  performance: { kind: 'at-once' as const },
};
const REQUEST = {
  goodsCategory: 'clothing' as const,
  purchasedOn: today,
  amountFen: 100,
  condition: 'intact' as const,
  proofType: 'receipt' as const,
  proofNumber: null,
  gift: 'none' as const,
  giftPriceFen: null,
  confirmedUnsuitable: false,
};

type Action = Parameters<WorkstationClient['cases']['act']>[0]['action'];

async function step(api: WorkstationClient, caseId: string, action: Action): Promise<void> {
  const { state } = await api.cases.get({ id: caseId });
  await api.cases.act({ id: caseId, revision: state.revision, action });
}
