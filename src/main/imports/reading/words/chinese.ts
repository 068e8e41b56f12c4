import type {
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
} from '../../../../domain/case/index.ts';

/** Words for results in Chinese registers. Whole words only: 调解不成功 contains 成功. */
export const chineseOutcomes: Readonly<Record<HistoricalOutcome, readonly string[]>> = {
  settled: [
    '调解成功',
    '已调解',
    '达成协议',
    '达成调解协议',
    '达成和解',
    '和解',
    '已和解',
    '协商解决',
    '协商一致',
    '调解达成一致',
    '已解决',
    '双方和解',
    '调解一致',
    '成功',
    'settled',
    'resolved',
  ],
  failed: [
    '调解失败',
    '调解不成',
    '调解不成功',
    '调解未成功',
    '未达成协议',
    '未达成一致',
    '协商不成',
    '失败',
    '建议诉讼',
    '引导诉讼',
    'failed',
    'not settled',
  ],
  withdrawn: [
    '撤诉',
    '撤回',
    '撤回投诉',
    '消费者撤诉',
    '消费者撤回',
    '投诉人撤回投诉',
    '投诉人撤诉',
    '主动撤诉',
    '自行和解撤诉',
    'withdrawn',
  ],
  terminated: [
    '终止',
    '终止调解',
    '调解终止',
    '一方拒绝调解',
    '商家拒绝调解',
    '被投诉方拒绝调解',
    '无法联系投诉人',
    '无法联系商家',
    '联系不上投诉人',
    'terminated',
  ],
  refused: ['不予受理', '不受理', '不予处理', '无效投诉', 'refused', 'not accepted'],
  transferred: [
    '移送',
    '已移送',
    '转办',
    '转其他部门',
    '移送其他部门',
    '移交',
    '分送',
    '转处理',
    '转交',
    'transferred',
    'referred',
  ],
};

export const satisfactionWords: Readonly<Record<Satisfaction, readonly string[]>> = {
  satisfied: ['满意', '非常满意', '很满意', '基本满意', '比较满意', '是', 'yes', 'y', 'satisfied'],
  dissatisfied: [
    '不满意',
    '非常不满意',
    '很不满意',
    '不太满意',
    '否',
    'no',
    'n',
    'dissatisfied',
    'not satisfied',
  ],
  unknown: [
    '未评价',
    '未回访',
    '未知',
    '一般',
    '无',
    '未反馈',
    '默认',
    'na',
    'n/a',
    'none',
    'unknown',
    '-',
    '/',
  ],
};

/** Words that name a category when they stand anywhere in the cell; the first that fits decides. */
export const chineseObjects: readonly (readonly [ObjectCategory, readonly string[]])[] = [
  ['catering', ['餐饮', '外卖', '饭店', '餐厅', '火锅']],
  ['beauty', ['美容', '美发', '理发', '美甲']],
  ['cosmetics', ['化妆品', '护肤', '美妆']],
  ['fitness', ['健身', '瑜伽', '游泳']],
  ['education', ['教育', '培训', '早教']],
  ['repair', ['修理', '维修']],
  ['photography', ['摄影', '婚纱照', '照相']],
  ['entertainment', ['娱乐', '影院', '电影', '演出', 'ktv', '游乐']],
  ['lodging', ['住宿', '酒店', '宾馆', '旅馆', '民宿']],
  ['children', ['儿童', '母婴', '玩具', '童装', '婴幼儿']],
  ['jewellery', ['珠宝', '首饰', '黄金', '饰品']],
  ['digital', ['手机', '电脑', '数码', '通讯器材', '通信产品', '计算机']],
  ['appliance', ['家电', '家用电器', '电器']],
  ['clothing', ['服装', '服饰', '鞋', '箱包']],
  ['vehicle', ['汽车', '电动车', '车辆', '交通工具', '摩托']],
  ['home', ['家具', '家居', '建材', '装修材料', '床上用品']],
  ['food', ['食品', '粮油', '水果', '生鲜', '饮料', '酒水', '保健品', '烟酒']],
  ['other-service', ['其他服务', '服务']],
  ['other-goods', ['其他商品', '商品', '百货']],
];

export const chineseProblems: readonly (readonly [ProblemCategory, readonly string[]])[] = [
  ['food-safety', ['食品安全', '变质', '过期']],
  ['misrepresentation', ['虚假宣传', '欺诈', '误导']],
  ['advertising', ['广告']],
  ['prepaid', ['预付', '充值', '储值', '会员卡']],
  ['counterfeit', ['假冒', '假货', '侵权', '商标']],
  ['measurement', ['计量', '短斤少两', '缺斤']],
  ['dignity', ['人格尊严', '侮辱', '歧视']],
  ['after-sales', ['售后', '退货', '退换', '三包', '保修']],
  ['price', ['价格', '收费', '多收']],
  ['contract', ['合同', '违约', '定金', '订金', '交货']],
  ['quality', ['质量']],
  ['safety', ['安全']],
  ['other', ['其他']],
];

/** Kinds of market subject, as rosters and licences word them. */
export const merchantCategoryWords = {
  enterprise: [
    '企业',
    '公司',
    '有限公司',
    '有限责任公司',
    '股份有限公司',
    '分公司',
    '个人独资企业',
    '合伙企业',
    'enterprise',
    'company',
  ],
  'individual-business': ['个体', '个体户', '个体工商户', '个体经营', 'individual business'],
  'other-operator': ['其他', '其他经营者', '其他主体', '农民专业合作社', '合作社', 'other', 'other operator'],
} as const;

/** A first cell that makes a row a total of others and no record of its own. */
export const totalWords: readonly string[] = ['合计', '总计', '小计', '共计', 'total', 'subtotal'];

/** What people write when there is nothing to write. */
export const nothingWords: readonly string[] = [
  '',
  '-',
  '--',
  '—',
  '/',
  '无',
  '暂无',
  'n/a',
  'na',
  'null',
  'none',
];

/** Chinese numerals that promises are written with. */
export const windowNumerals: Readonly<Record<string, number>> = {
  三: 3,
  五: 5,
  七: 7,
  十: 10,
  十五: 15,
  二十: 20,
  三十: 30,
  六十: 60,
  九十: 90,
};
