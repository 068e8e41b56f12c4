import type { Instrument } from '../../../domain/case/index.ts';
import type { DocumentKind } from '../../../domain/document/kinds.ts';

/** The wording of printed agreements. Documents are Chinese whatever the language of the screen. */
export const labels = {
  titles: {
    'peoples-mediation': '人民调解协议书',
    'settlement-agreement': '消费纠纷和解协议书',
    'administrative-mediation': '行政调解书',
    'mediation-record': '消费争议调解笔录',
  } satisfies Record<Instrument | 'peoples-mediation', string>,
  /** How the parties came to it, before the terms. */
  preambles: {
    'peoples-mediation': '经人民调解委员会主持调解，甲乙双方在平等、自愿的基础上达成如下协议：',
    'settlement-agreement': '甲乙双方在平等、自愿的基础上协商，就上述纠纷达成和解，协议如下：',
    'administrative-mediation': '经调解，甲乙双方在平等、自愿的基础上就上述争议达成如下协议：',
    'mediation-record': '经调解，甲乙双方就上述争议达成一致，记录如下：',
  } satisfies Record<Instrument | 'peoples-mediation', string>,
  number: '编号：',
  parties: {
    consumer: '甲方\n（消费者）',
    merchant: '乙方\n（经营者）',
    mediation: '主持单位',
    personName: '姓名',
    tradeName: '名称',
    phone: '联系电话',
    address: '联系地址',
    agent: '委托代理人',
    contact: '负责人',
    creditCode: '信用代码',
    organisation: '单位名称',
    mediator: '调解员',
  },
  sections: {
    facts: '一、争议事实',
    claims: '二、消费者诉求',
    terms: '三、协议内容',
    performance: '四、履行方式和期限',
    effect: '五、效力和文本',
  },
  occurredOn: '发生时间：',
  place: '发生地点：',
  disputed: '争议金额：',
  semicolon: '；',
  stop: '。',
  listComma: '、',
  amount: (capital: string, figures: string): string =>
    `乙方向甲方支付（退还）人民币（大写）${capital}（小写：¥${figures}）。`,
  noAmount: '本协议不涉及金钱给付。',
  figures: (figures: string): string => `人民币${figures}元`,
  atOnce: '履行方式：双方签字时当场履行。',
  manner: (manner: string): string => `履行方式：${manner}`,
  /** The table of instalments: which, until when, how much. */
  instalments: {
    intro: '分期履行如下：',
    head: ['期次', '履行期限（含当日）', '金额（元）'],
    nth: (place: number): string => `第${place}期`,
    total: '合计',
    /** In one line, where there is no table. */
    line: (place: number, day: string, yuan: string): string => `第${place}期${day}前${yuan}元`,
  },
  dueOn: (day: string): string => `履行期限：${day}前履行完毕（含当日）。`,
  effect: {
    'peoples-mediation':
      '本协议自双方签名、盖章或者按指印，调解员签名并加盖人民调解委员会印章之日起生效，双方应当按照约定履行。双方认为有必要的，可以自本协议生效之日起三十日内共同向人民法院申请司法确认（《中华人民共和国人民调解法》第三十三条）。',
    'settlement-agreement': '本协议自双方签名或者盖章之日起生效，双方应当按照约定履行。',
    'administrative-mediation': '本协议自双方签名或者盖章之日起生效，双方应当按照约定履行。',
    'mediation-record': '以上记录经双方核对无误，由双方和调解员签名确认。',
  } satisfies Record<Instrument | 'peoples-mediation', string>,
  copies: '本文书一式三份，甲乙双方各执一份，主持单位存档一份。',
  signatures: {
    consumer: '甲方（消费者）签名：',
    merchant: '乙方（经营者）签名或者盖章：',
    mediator: '调解员签名：',
    seal: '主持单位（印章）：',
    date: '年　　月　　日',
    typed: '（键入姓名确认）',
  },
  caseNumber: '案件编号：',
  verification: '校验码：',
  /** What the QR code says, for who cannot see it. */
  qr: (number: string): string => `二维码：文书编号${number}和校验码`,
  page: (page: number, pages: number): string => `第 ${page} 页 / 共 ${pages} 页`,
  day: (day: string): string => {
    const [year, month, date] = day.split('-').map(Number);
    return `${year}年${month}月${date}日`;
  },
  /** A day that nobody has said yet, in a preview. */
  dayOrBlank: (day: string | undefined): string =>
    day === undefined ? `　　　　${labels.signatures.date}` : labels.day(day),
  /** Heading of who answers for what, in a people's mediation agreement. */
  responsibility: '三、争议焦点和责任',
  numerals: ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'],
  /** What each kind is called in a list of documents. */
  kinds: {
    receipt: '投诉材料收据',
    'identity-notice': '限期提供身份证明通知书',
    'acceptance-notice': '受理通知',
    'refusal-notice': '不予受理通知',
    'mediation-notice': '调解通知书',
    'mediation-record': '调解笔录',
    'termination-notice': '终止调解通知',
    'settlement-agreement': '和解协议书',
    'mediation-agreement': '调解协议书',
    'peoples-mediation-agreement': '人民调解协议书',
    dossier: '案件卷宗',
  } satisfies Record<DocumentKind, string>,
  history: { when: '时间', what: '事项和内容', who: '经办人、单位' },
  sealHere: '（印章）',
  draft: '预览件　不作正式文书',
  draftNumber: '（预览，尚未编号）',
  blank: '　',
  producer: 'Heshi 和事',
};
