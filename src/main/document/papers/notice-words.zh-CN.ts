import type { DocumentKind } from '../../../domain/document/kinds.ts';
import type { Party } from '../../../domain/organisation/index.ts';
import type { Ground, Limit, Procedure } from '../../../domain/procedure/index.ts';

type NoticeKind = Extract<
  DocumentKind,
  | 'receipt'
  | 'identity-notice'
  | 'acceptance-notice'
  | 'refusal-notice'
  | 'mediation-notice'
  | 'mediation-record'
  | 'termination-notice'
  | 'dossier'
>;

/** A decision is the regulator's; what a merchant's or an operator's point says is a notice. */
export function titleOf(kind: NoticeKind, party: Party): string {
  const decision = party === 'regulator' ? '决定书' : '通知书';
  const titles: Record<NoticeKind, string> = {
    receipt: '投诉材料收据',
    'identity-notice': '限期提供身份证明通知书',
    'acceptance-notice': `受理${decision}`,
    'refusal-notice': `不予受理${decision}`,
    'mediation-notice': '调解通知书',
    'mediation-record': '消费争议调解笔录',
    'termination-notice': `终止调解${decision}`,
    dossier: '消费纠纷案件卷宗',
  };
  return titles[kind];
}

/** Other parties than the regulator act by the measure's example, not by its authority. */
const by = (party: Party): string => (party === 'regulator' ? '根据' : '参照');

/** A ground's article as the case's procedure has it: 《…》第十六条第（四）项. */
function cited({ measure }: Procedure, { article }: Pick<Ground, 'article'>): string {
  return `${measure.zh}${article.zh}`;
}

/** The article of the ground with that code, else the measure as a whole. */
function citedGround(
  procedure: Procedure,
  list: 'refusalGrounds' | 'terminationGrounds',
  code: string,
): string {
  const ground = procedure[list].find((one) => one.code === code);
  return ground ? cited(procedure, ground) : procedure.measure.zh;
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A number of days as notices write it below a hundred: 六十, 四十五, 十五; figures above. */
export function chineseDays(days: number): string {
  if (days >= 100) return String(days);
  const [tens, ones] = [Math.floor(days / 10), days % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[ones]}`;
}

/** The wording of notices, records and the dossier. */
export const words = {
  colon: '：',
  and: '、',
  complaint: (day: string, merchant: string, number: string): string =>
    `你于${day}就与${merchant}的消费者权益争议提出的投诉（登记编号：${number}）收悉。`,
  refusal: (procedure: Procedure, ground: Ground, party: Party): string =>
    `经审查，该投诉属于“${ground.text}”的情形。${by(party)}${cited(procedure, ground)}，本单位决定不予受理。`,
  termination: (procedure: Procedure, ground: Ground, party: Party): string =>
    `因“${ground.text}”，${by(party)}${cited(procedure, ground)}，本单位决定终止调解。`,
  explanation: (text: string): string => `具体情况：${text}`,
  otherWays:
    '你可以依法通过与经营者协商、向有关行政部门投诉、申请仲裁或者向人民法院提起诉讼等其他途径解决争议。',
  bothOtherWays: '双方仍可以依法通过协商、申请仲裁或者向人民法院提起诉讼等其他途径解决争议。',
  identity: (procedure: Procedure, day: string, party: Party): string =>
    `为核实投诉人身份，请你在${day}前（含当日）向本单位提供有效身份证明。逾期不提供或者不配合核实的，本单位将${by(party)}${citedGround(procedure, 'refusalGrounds', 'impersonation')}不予受理。`,
  identityCare: '身份证明仅用于核实身份，经核实后不向被投诉人提供。',
  accepted: (day: string): string => `经审查，该投诉符合受理条件，本单位决定自${day}起受理，并组织调解。`,
  acceptedLimit: (limit: Limit, party: Party): string =>
    party === 'regulator'
      ? `自受理之日起${chineseDays(limit.value)}日内不能达成调解协议的，将终止调解（${limit.article.zh}）。`
      : '在本单位未能解决的，你可以要求上报上一级消费纠纷解决单位处理，也可以直接向市场监督管理部门投诉。',
  acceptedKeep: '请保存好购物凭证、商品实物、付款记录等与争议有关的证据，并保持电话畅通。',
  mediation: (consumer: string, merchant: string, number: string): string =>
    `本单位已受理${consumer}与${merchant}的消费者权益争议（登记编号：${number}），现定于下列时间、地点组织调解，请准时参加：`,
  mediationTime: (day: string, time: string): string => `时间：${day} ${time}`,
  mediationPlace: (place: string): string => `地点：${place}`,
  mediator: (name: string): string => `调解员：${name}`,
  mediationBring:
    '请携带身份证明（经营者请携带营业执照复印件）及与争议有关的证据材料；委托他人参加的，应当提交授权委托书。认为调解员与争议有利害关系的，可以申请回避。',
  mediationAbsence: (procedure: Procedure, party: Party): string =>
    `无正当理由不参加调解的，本单位可以${by(party)}${citedGround(procedure, 'terminationGrounds', 'absence-or-refusal')}终止调解。`,
  receipt: (consumer: string, merchant: string): string =>
    `今收到${consumer}就与${merchant}的消费者权益争议提交的下列材料：`,
  receiptMaterials: '一、材料清单',
  receiptCase: '二、登记情况',
  receiptRegistered: (day: string, number: string): string => `登记日期：${day}；登记编号：${number}。`,
  receiptNoDecision: '本收据只证明收到上述材料，不是受理决定；是否受理另行告知。',
  receiptClosing: '三、确认',
  receiptConfirmed: '以上材料经双方当面核对。本收据一式两份，提交人执一份，收件单位存档一份。',
  receiptGiver: '提交人签名：',
  receiptTaker: '收件人签名：',
  delivery: '收件人签名：　　　　　　　　　　　　　　收件日期：　　　　年　　月　　日',
  seal: '单位（印章）：',
  committeeSeal: '人民调解委员会（印章）：',
  record: {
    dispute: '一、争议和诉求',
    session: (numeral: string, day: string): string => `${numeral}、${day}调解`,
    place: (place: string, attendance: string): string => `地点：${place}；到场：${attendance}。`,
    host: (name: string): string => `主持人：${name}。`,
    proposal: (yuan: string): string => `调解中提出的金额：人民币${yuan}元。`,
    result: (numeral: string): string => `${numeral}、调解结果`,
    settled: '双方达成一致：',
    none: '至本笔录制作之日，双方尚未达成一致。',
    effect: (numeral: string): string => `${numeral}、核对`,
  },
  performance: { kept: '已履行', broken: '未履行' },
  attendance: {
    both: '双方',
    'consumer-only': '消费者一方',
    'merchant-only': '经营者一方',
    neither: '双方均未到场',
  },
  dossier: {
    case: '一、案件基本情况',
    facts: '二、争议事实和诉求',
    documents: '三、已出具的文书',
    noDocuments: '尚未出具编号文书。',
    history: '四、办理经过（见下表）',
    registered: (day: string, unit: string): string => `登记：${day}，${unit}。`,
    handling: (unit: string): string => `承办单位：${unit}。`,
    handled: (units: string): string => `经办单位：${units}。`,
    status: (text: string): string => `目前状态：${text}。`,
    signed: { 'on-screen': '已在屏幕上签名', 'on-paper': '已在纸质文本上签名' },
    unsigned: '未登记签名',
    privacy: '本卷宗中的电话和证件号码已作遮盖处理。',
  },
} as const;

export const statusWords = {
  registered: '已登记',
  escalated: '已上报，待受理',
  'handed-down': '已退回或下派，待受理',
  transferred: '已移送，待受理',
  'taken-over': '已提级，待受理',
  accepted: '已受理',
  mediating: '调解中',
  settled: '已达成协议，待履行',
  performed: '已履行',
  broken: '未按约履行',
  failed: '调解未成',
  refused: '不予受理',
  withdrawn: '已撤回',
  terminated: '终止调解',
  closed: '已办结',
} as const;

/** What happened, in a dossier; a type that is not here is named by its code. */
export const eventWords: Readonly<Record<string, string>> = {
  'case-registered': '登记',
  'case-accepted': '受理',
  'case-refused': '不予受理',
  'session-recorded': '调解',
  'case-settled': '达成协议',
  'mediation-failed': '调解未成',
  'case-withdrawn': '撤回投诉',
  'mediation-terminated': '终止调解',
  'case-escalated': '上报上一级',
  'case-handed-down': '退回或下派',
  'case-transferred': '移送',
  'case-taken-over': '上级提级办理',
  'case-reopened': '重新受理',
  'clock-stopped': '中止计时',
  'clock-resumed': '恢复计时',
  'case-corrected': '更正登记内容',
  'agent-appointed': '代理人到案',
  'agent-ended': '代理终止',
  'mediator-challenged': '申请调解员回避',
  'challenge-decided': '回避决定',
  'testing-ordered': '委托检测鉴定',
  'testing-reported': '检测结果',
  'unit-joined': '邀请联合调解',
  'case-assigned': '指派经办人',
  'case-reviewed': '办结后抽查',
  'instalment-recorded': '分期履行',
  'satisfaction-recorded': '满意度回访',
  'satisfaction-answered': '消费者网上评价',
  'confirmation-applied': '申请司法确认',
  'violation-reported': '登记违法线索',
  'violation-answered': '答复违法线索',
  'evidence-added': '添加证据',
  'evidence-withdrawn': '撤回证据',
  'performance-recorded': '记录履行情况',
  'case-closed': '办结',
  'note-added': '备注',
  'document-issued': '出具文书',
  'document-signed': '文书签名',
};
