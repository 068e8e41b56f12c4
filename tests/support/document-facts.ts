import type { CaseFacts } from '../../src/main/document/papers/case-facts.ts';
import type { DocumentFields, DocumentKind } from '../../src/domain/document/kinds.ts';
import type { Instrument } from '../../src/domain/case/codes.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import type { EventEnvelope } from '../../src/domain/kernel/event/event.ts';
import { actorAt, registration } from './facts.ts';
import { applyCase } from './shipped.ts';

const UNIT = '/HS';

type Step = { type: string; payload: unknown };

const settled = (instrument: Instrument): Step => ({
  type: 'case-settled',
  payload: {
    instrument,
    terms: '1. 甲方退回羊绒大衣，保持吊牌完整。\n2. 乙方退还货款并补偿往返交通费。',
    amountFen: 133_050,
    performance: { kind: 'by', dueOn: '2026-03-31', manner: '按原支付渠道退款' },
  },
});

const session: Step = {
  type: 'session-recorded',
  payload: {
    heldOn: '2026-03-09',
    place: '海曙区市场监督管理局三楼调解室',
    attendance: 'both',
    record: '消费者称大衣首次洗涤后即大面积掉色；经营者认为洗涤方式不当，愿意承担一半损失。',
    proposalFen: 64_000,
  },
};

const accepted: Step = { type: 'case-accepted', payload: {} };

const STEPS: Record<DocumentKind, Step[]> = {
  receipt: [],
  'identity-notice': [],
  'acceptance-notice': [accepted],
  'refusal-notice': [
    {
      type: 'case-refused',
      payload: { ground: 'over-three-years', text: '购物小票日期为2021年5月，已超过三年。' },
    },
  ],
  'mediation-notice': [accepted],
  'mediation-record': [accepted, session],
  'termination-notice': [
    accepted,
    session,
    {
      type: 'mediation-terminated',
      payload: { ground: 'no-agreement-possible', text: '经营者明确表示不同意退款。' },
    },
  ],
  'settlement-agreement': [accepted, settled('settlement-agreement')],
  'mediation-agreement': [accepted, session, settled('administrative-mediation')],
  'peoples-mediation-agreement': [accepted, session, settled('settlement-agreement')],
  dossier: [accepted, session, settled('administrative-mediation')],
};

const FIELDS: DocumentFields = {
  dueOn: '2026-03-17',
  heldOn: '2026-03-12',
  heldAt: '14:30',
  place: '海曙区市场监督管理局三楼调解室',
  materials: '购物小票复印件一份\n洗涤标签照片两张\n聊天记录截图五页',
  committee: '天一商圈人民调解委员会',
  responsibility: '争议焦点是掉色的原因。经营者未就洗涤方式作出说明，应当承担主要责任。',
};

/** All that a document of that kind is made from, for an invented case brought to where the kind fits. */
export function factsFor(
  kind: DocumentKind,
  over: { registration?: Record<string, unknown>; more?: Step[]; fields?: DocumentFields } = {},
): CaseFacts {
  const steps: Step[] = [
    {
      type: 'case-registered',
      payload: registration({
        number: 'HS-2026-1-0007',
        consumer: { name: '张三', phone: '10012345678', address: '宁波市海曙区药行街1号' },
        merchant: {
          merchantId: null,
          name: '宁波虚构服饰有限公司',
          contact: '李四',
          phone: '0574-80000000',
          address: '宁波市海曙区中山东路2号',
        },
        ...over.registration,
      }),
    },
    ...STEPS[kind],
    ...(over.more ?? []),
  ];
  let state: CaseState | undefined;
  const events = steps.map(({ type, payload }, index): EventEnvelope => {
    const event = {
      id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      stream: { kind: 'case', id: 'case-1' },
      type,
      version: 1,
      payload,
      actor: actorAt(UNIT),
      device: 'device-1',
      deviceSequence: index + 1,
      at: `2026-03-1${index % 10}T02:05:00.000Z`,
      unitPath: UNIT,
    } satisfies EventEnvelope;
    const ruling = applyCase(state, event);
    if (ruling.kind !== 'legal') throw new Error(`${type}: ${JSON.stringify(ruling)}`);
    state = ruling.state;
    return event;
  });
  if (!state) throw new Error('Registered above');
  return {
    state,
    procedure: defaultProcedure,
    merchant: undefined,
    events,
    organisation: { name: '宁波市海曙区市场监督管理局', party: 'regulator', level: 4 },
    issuer: '周明',
    today: '2026-03-10',
    number: '甬海市监调〔2026〕第0012号',
    documentId: '01900000-0000-7000-8000-00000000abcd',
    fields: over.fields ?? FIELDS,
    nameOf: () => '宁波市海曙区市场监督管理局',
  };
}
