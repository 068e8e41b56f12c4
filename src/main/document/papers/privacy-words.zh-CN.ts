import type { CaseOutcome, CorrectableField } from '../../../domain/case/index.ts';
import type { Party } from '../../../domain/organisation/index.ts';
import type {
  PrivacyGround,
  PrivacyIdentity,
  PrivacyRecordKind,
  PrivacyWhat,
} from '../../../domain/privacy/index.ts';
import type { ReturnStatus } from '../../../domain/return/index.ts';
import * as access from '../../../words/access/zh-CN.ts';

const LAW = '《中华人民共和国个人信息保护法》';

type Named = Readonly<Record<string, string>>;
/** The name that a table of words has; a code of a later release stands as it is. */
const named = (words: Named, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;

const ROLES = {
  mediator: '调解员',
  'shop-manager': '店长',
  supervisor: '督导',
  administrator: '管理员',
  'repair-clerk': '专窗经办员',
  'department-reviewer': '部门审查员',
  'credit-officer': '信用专员',
  'finance-officer': '金融专员',
};
const ID_TYPES = { 'resident-id': '居民身份证', passport: '护照', other: '其他证件' };
const SOURCES = {
  'walk-in': '现场',
  phone: '电话',
  online: '网络',
  return: '退货转入',
  'handed-over': '移送',
};
const EVIDENCE = {
  photo: '照片',
  receipt: '小票凭证',
  audio: '录音',
  document: '文书',
  performance: '履行凭证',
  other: '其他',
};
const SATISFACTION = { satisfied: '满意', dissatisfied: '不满意', unknown: '未填写' };

/** What the answer to a consumer's request says. Papers are Chinese whatever the language of the screen. */
export const privacyWords = {
  titles: {
    access: '个人信息查阅复制答复书',
    correction: '个人信息更正答复书',
    deletion: '个人信息删除答复书',
  } satisfies Record<PrivacyWhat, string>,
  colon: '：',
  requests: {
    access: '查阅、复制个人信息',
    correction: '更正、补充个人信息',
    deletion: '删除个人信息',
  } satisfies Record<PrivacyWhat, string>,
  articles: {
    access: '第四十五条',
    correction: '第四十六条',
    deletion: '第四十七条',
  } satisfies Record<PrivacyWhat, string>,
  identities: {
    'id-seen': '查验身份证件',
    'phone-called-back': '回拨登记的电话号码',
    'known-from-case': '办理人员此前已核实',
  } satisfies Record<PrivacyIdentity, string>,
  asked: (day: string, what: PrivacyWhat): string => `您于${day}提出${privacyWords.requests[what]}的请求。`,
  agent: (authority: string): string => `您作为代理人提出请求，代理权限：${authority}。`,
  wish: (text: string): string => `您的说明：${text}`,
  checked: (identity: PrivacyIdentity): string =>
    `本单位已核实您的身份（方式：${privacyWords.identities[identity]}）。`,
  answered: (what: PrivacyWhat): string => `现依照${LAW}${privacyWords.articles[what]}答复如下：`,
  kinds: { case: '纠纷案件', return: '退货' } satisfies Record<PrivacyRecordKind, string>,
  record: (kind: PrivacyRecordKind, number: string): string => `${privacyWords.kinds[kind]}${number}`,
  /** Numbered as they come. */
  sections: {
    outcome: '处理结果',
    held: '本单位持有的您的个人信息',
    purpose: '处理目的和共享范围',
    looked: '查看记录',
    kept: '保存期限',
    changes: '更正内容',
    redress: '异议和救济',
    left: '删除后的记录',
  },
  outcomeHead: ['记录', '结果', '说明'],
  granted: {
    access: '同意',
    correction: '已更正',
    deletion: '同意',
  } satisfies Record<PrivacyWhat, string>,
  provided: '内容见第二部分',
  /** Of a record that has left the workstation: who answers asks the centre for it. */
  archived: '该记录已归档，内容另行提供',
  changed: '更正内容见第二部分',
  refused: '不予同意',
  erased: (day: string): string => `个人信息已于${day}删除`,
  notErased: '删除正在进行，尚未完成',
  grounds: {
    'retention-period': `法律、行政法规规定的保存期限未届满（${LAW}第四十七条第二款）；期限届满前，除存储和采取必要的安全保护措施外，停止处理`,
    'case-open': `案件尚未办结，处理目的尚未实现（${LAW}第四十七条第一款第一项）`,
    'duty-running': `协议履行、司法确认、退款结算或者违法线索核查尚在进行，处理目的尚未实现（${LAW}第四十七条第一款第一项）`,
    'not-theirs': '该记录所载的不是您的个人信息',
    'identity-unproved': '未能核实您的身份或者代理权限',
    other: '其他原因',
  } satisfies Record<PrivacyGround, string>,
  left: '删除后，记录仅保留编号、日期、商户、类别、金额、结果以及经办单位和人员，用于核对和统计，不再含有您的个人信息；您陈述的内容、文书和证据材料一并删除。',
  noneErased: '本次没有删除的记录。',
  heldHead: ['项目', '内容'],
  entries: {
    name: '姓名',
    phone: '联系电话',
    id: '证件',
    address: '住址',
    agents: '代理人',
    registered: '登记',
    handled: '办理单位',
    merchant: '涉及商户',
    occurred: '发生日期和地点',
    facts: '您陈述的事实',
    amount: '争议金额',
    claims: '诉求',
    consents: '同意事项',
    sessions: '调解次数',
    settlement: '协议内容',
    status: '状态',
    satisfaction: '满意程度',
    violation: '反映的违法线索',
    documents: '文书',
    evidence: '证据材料',
    asked: '申请退货',
    goods: '商品',
    purchased: '购买日期',
    paid: '金额',
    proof: '凭证号',
    verdict: '处理',
    case: '转入的纠纷案件',
  },
  none: '无',
  yuan: (figures: string): string => `人民币${figures}元`,
  id: (type: string | undefined, number: string): string =>
    [type === undefined ? '' : named(ID_TYPES, type), number].filter((part) => part !== '').join('，'),
  registered: (day: string, unit: string, source: string): string =>
    `${day}，${unit}（${named(SOURCES, source)}）`,
  agentsOf: (name: string, phone: string | undefined): string =>
    phone === undefined ? name : `${name}（${phone}）`,
  consents: (publication: boolean, delegated: boolean): string =>
    `${publication ? '同意' : '不同意'}公示投诉信息；${delegated ? '同意' : '不同意'}委托调解`,
  sessions: (count: number): string => `${count}次`,
  satisfaction: (code: string): string => named(SATISFACTION, code),
  scored: (score: number, text: string): string => `${score}分（满分5分）${text === '' ? '' : `：${text}`}`,
  outcomes: {
    settled: '达成协议',
    failed: '调解未成',
    withdrawn: '撤回',
    terminated: '终止调解',
    refused: '不予受理',
    transferred: '移送其他机关',
  } satisfies Record<CaseOutcome, string>,
  document: (number: string, kind: string, day: string): string => `${number}，${kind}，${day}`,
  evidence: (name: string, kind: string, day: string): string =>
    `${name}（${named(EVIDENCE, kind)}，${day}）`,
  returnStatuses: {
    requested: '待决定',
    granted: '已同意退货',
    refused: '未同意退货',
  } satisfies Record<ReturnStatus, string>,
  refunded: (figures: string, day: string): string => `退款人民币${figures}元（${day}）`,
  purpose: '处理目的：受理、调解您提出的消费纠纷和退货，督促履行，并按规定统计。',
  purposeOfCopy: '以下内容同时是提供给您的复制件。',
  shared: (kind: PrivacyRecordKind, number: string, units: readonly string[]): string =>
    `${privacyWords.record(kind, number)}的知悉单位：${units.join('、')}。`,
  parties: { merchant: '商户', operator: '主办方', regulator: '监管部门' } satisfies Record<Party, string>,
  unit: (name: string, party: Party): string => `${name}（${privacyWords.parties[party]}）`,
  centre: '记录同时存储于区级中心，由其受托存储和汇总；被投诉的商户仅获知办理所必需的内容。',
  lookedUntil: (day: string): string =>
    `以下为截至${day}本单位及直接下级单位工作站的查看、打印和导出记录；汇总统计不在其列。`,
  lookedHead: ['时间', '单位', '人员', '操作', '记录'],
  notLooked: '没有查看、打印或者导出记录。',
  role: (role: string): string => named(ROLES, role),
  action: (action: string): string => named(access.action, action),
  keptUntil: (kind: PrivacyRecordKind, number: string, day: string, erased: number): string =>
    `${privacyWords.record(kind, number)}：在各工作站保存至${day}，此后归档于区级中心；办结（或者最后一次记录）满${erased}日后，删除其中的个人信息。`,
  keptAfter: (kind: PrivacyRecordKind, number: string, days: number, erased: number): string =>
    `${privacyWords.record(kind, number)}：尚未办结；办结后在各工作站保存${days}日，此后归档于区级中心；办结（或者最后一次记录）满${erased}日后，删除其中的个人信息。`,
  keptReturn: (number: string, erased: number): string =>
    `${privacyWords.record('return', number)}：作出决定（或者最后一次记录）满${erased}日后，删除其中的个人信息；您也可以依法要求提前删除。`,
  fields: {
    consumerName: '姓名',
    consumerPhone: '联系电话',
    consumerIdType: '证件种类',
    consumerIdNumber: '证件号码',
    consumerAddress: '住址',
    merchantId: '商户编号',
    merchantName: '商户名称',
    merchantContact: '商户联系人',
    merchantPhone: '商户电话',
    merchantAddress: '商户地址',
    factsText: '事实',
    occurredOn: '发生日期',
    place: '发生地点',
    object: '消费类别',
    problem: '问题类别',
    amountFen: '争议金额',
    claims: '诉求',
    claimText: '诉求说明',
    publication: '同意公示',
    delegatedMediation: '同意委托调解',
    source: '来源',
  } satisfies Record<CorrectableField, string>,
  changesHead: ['项目', '更正前', '更正后'],
  corrected: (kind: PrivacyRecordKind, number: string, day: string): string =>
    `${privacyWords.record(kind, number)}，${day}更正：`,
  inWords: (kind: PrivacyRecordKind, number: string, text: string): string =>
    `${privacyWords.record(kind, number)}：${text}`,
  yes: '是',
  no: '否',
  redress: `您对本答复有异议的，可以要求本单位说明，也可以向履行个人信息保护职责的部门投诉、举报（${LAW}第六十五条）；本单位拒绝您的请求的，您可以依法向人民法院提起诉讼（第五十条第二款）。`,
  delivery: '收件人签名：　　　　　　　　　　　　　　收件日期：　　　　年　　月　　日',
  idTypes: ID_TYPES as Named,
  sources: SOURCES as Named,
  foot: '答复编号：',
};
