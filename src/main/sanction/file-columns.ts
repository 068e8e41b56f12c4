import type {
  SanctionArea,
  SanctionChannel,
  SanctionClass,
  SanctionKind,
  SanctionMeasure,
} from '../../domain/sanction/index.ts';

/** What a file of decisions may say of each. */
export type FileField =
  | 'merchant'
  | 'creditCode'
  | 'kind'
  | 'class'
  | 'organ'
  | 'number'
  | 'determinedOn'
  | 'publishedOn'
  | 'channel'
  | 'measures'
  | 'areas'
  | 'simplified'
  | 'text'
  | 'duties';

/** Headers as registers of penalties and lists have them, in the order in which they are looked for. */
export const HEADERS: Readonly<Record<FileField, readonly string[]>> = {
  creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', 'credit code'],
  merchant: [
    '行政相对人名称',
    '商户名称',
    '企业名称',
    '当事人名称',
    '当事人',
    '主体名称',
    '名称',
    'merchant',
  ],
  kind: ['信息类型', '信息种类', '记录类型', '类型', 'kind'],
  class: ['失信程度', '失信类别', '严重程度', '类别', 'class'],
  organ: ['处罚机关', '认定机关', '列入机关', '作出决定机关', '决定机关', '机关', 'authority'],
  number: ['行政处罚决定书文号', '决定书文号', '决定文号', '处罚文号', '文号', 'number'],
  determinedOn: ['处罚决定日期', '决定日期', '认定日期', '列入日期', '处罚日期', 'determined on'],
  publishedOn: ['公示日期', '公示时间', '公开日期', 'published on'],
  channel: ['公示渠道', '公示平台', '渠道', 'channel'],
  measures: ['处罚类别', '处罚种类', '处罚类型', 'measures'],
  areas: ['所属领域', '涉及领域', '领域', 'area'],
  simplified: ['简易程序', '是否简易程序', 'simplified'],
  text: ['违法事实', '违法行为类型', '处罚事由', '列入事由', '事由', 'facts'],
  duties: ['应履行义务', '处罚内容', '义务', 'duties'],
};

/** Without these a file is another one: nobody could tell whose decision about whom it is. */
export const NEEDED: readonly FileField[] = ['merchant', 'organ', 'number', 'determinedOn'];

type Words<Code extends string> = readonly (readonly [word: string, code: Code])[];

export const KINDS: Words<SanctionKind> = [
  ['行政处罚', 'penalty'],
  ['处罚', 'penalty'],
  ['严重', 'severe-listing'],
  ['异常', 'abnormal-listing'],
  ['抽查', 'spot-check'],
  ['抽检', 'spot-check'],
  ['其他', 'other'],
];
export const CLASSES: Words<SanctionClass> = [
  ['轻微', 'minor'],
  ['一般', 'ordinary'],
  ['严重', 'serious'],
  ['minor', 'minor'],
  ['ordinary', 'ordinary'],
  ['serious', 'serious'],
];
export const CHANNELS: Words<SanctionChannel> = [
  ['信用中国', 'creditchina'],
  ['公示系统', 'gsxt'],
  ['creditchina', 'creditchina'],
  ['gsxt', 'gsxt'],
];
export const MEASURES: Words<SanctionMeasure> = [
  ['警告', 'warning'],
  ['通报批评', 'criticism'],
  ['较低数额罚款', 'small-fine'],
  ['罚款', 'fine'],
  ['没收', 'confiscation'],
  ['停产停业', 'suspension'],
  ['限制开展', 'restriction'],
  ['限制经营', 'restriction'],
  ['限制从业', 'ban'],
  ['降低资质', 'downgrading'],
  ['吊销', 'revocation'],
];
export const AREAS: Words<SanctionArea> = [
  ['食品', 'food'],
  ['药品', 'drugs'],
  ['特种设备', 'special-equipment'],
  ['安全生产', 'work-safety'],
  ['消防', 'fire'],
];
export const YES: ReadonlySet<string> = new Set(['是', '有', 'y', 'yes', 'true', '1', '简易程序']);
