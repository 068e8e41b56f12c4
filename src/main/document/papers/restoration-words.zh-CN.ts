import type { ProofKind, RestorationState } from '../../../domain/restoration/index.ts';
import type { SanctionState } from '../../../domain/sanction/index.ts';
import { labels } from './labels.zh-CN.ts';

const CHANNEL: Readonly<Record<SanctionState['channel'], string>> = {
  creditchina: '信用中国网站',
  gsxt: '国家企业信用信息公示系统',
};
const CLASS: Readonly<Record<NonNullable<SanctionState['class']>, string>> = {
  minor: '轻微',
  ordinary: '一般',
  serious: '严重',
};
const PROOF: Readonly<Record<ProofKind, string>> = {
  performance: '履行义务证明',
  correction: '改正证明',
  grounds: '异议事实和理由',
  licence: '营业执照',
  identity: '身份证明',
  authority: '授权委托书',
  commitment: '承诺书签名',
  other: '其他材料',
};

/** What the papers of a credit repair say. Papers are Chinese whatever the language of the screen. */
export const restorationWords = {
  /** The layout of both forms; another one bears another number. */
  edition: '版式1',
  none: '—',
  onPaper: '签名见所附纸质件',
  channel: (channel: SanctionState['channel']): string => CHANNEL[channel],
  class: (of: SanctionState['class']): string => (of === null ? '未定' : CLASS[of]),
  digest: (sha256: string): string => sha256.slice(0, 12).toUpperCase(),
  application: {
    title: '信用修复申请表',
    foot: '信用修复申请表 ',
    sections: {
      applicant: '一、申请人',
      matters: '二、申请修复的事项',
      files: '三、所附材料',
      statement: '四、申请人声明',
    },
    applicantHead: ['项目', '内容'],
    fields: {
      merchant: '申请人名称',
      creditCode: '统一社会信用代码',
      representative: '法定代表人（经营者）',
      handler: '经办人',
      phone: '联系电话',
      authority: '授权依据',
      window: '受理窗口',
      channel: '申请方式',
      filedOn: '申请日期',
    },
    byRepresentative: '本人办理',
    channels: {
      online: '商户自行提交',
      desk: '消费维权点代为提交',
      window: '窗口现场提交',
    } satisfies Record<RestorationState['channel'], string>,
    matterHead: ['序号', '事项类型', '认定机关和文号', '认定日期', '公示渠道', '材料', '承诺书'],
    matterOf: (organ: string, number: string, of: string): string => `${organ}\n${number}\n类别：${of}`,
    fileHead: ['序号', '材料种类', '文件名', '文件摘要'],
    proof: (kind: ProofKind): string => PROOF[kind],
    digestNote: (own: string): string =>
      `文件摘要为文件内容SHA-256值的前12位，同一文件在各申请中摘要相同。本表内容摘要：${own}。`,
    statement:
      '以上内容和所附材料真实、完整，同意将信用修复承诺书向社会公布。凭本表编号和页脚校验码，可在公共查询页查询办理进度。',
    signHere: '申请人签名（盖章）',
    windowHere: '受理窗口（盖章）',
  },
  commitment: {
    title: '信用修复承诺书',
    foot: (number: string, version: number): string => `信用修复承诺书 ${number}　文本第${version}版`,
    number: (number: string, place: number): string => `${number}-${place}`,
    merchant: (name: string, creditCode: string | null): string =>
      creditCode === null ? name : `${name}（统一社会信用代码：${creditCode}）`,
    opening: (merchant: string, organ: string, number: string, on: string): string =>
      `${merchant}就${organ}${labels.day(on)}作出的${number}申请信用修复，现郑重承诺如下：`,
    appeal: (merchant: string, organ: string, number: string, on: string): string =>
      `${merchant}就${organ}${labels.day(on)}作出的${number}提出异议申诉，现郑重承诺如下：`,
    clause: (place: number, said: string): string => `${place}. ${said}`,
    representative: (name: string): string => `法定代表人（经营者）：${name}。`,
    application: (number: string): string => `所属申请：${number}。`,
    signHere: '承诺单位（盖章）及法定代表人（经营者）签名',
  },
};
