export const titles = { queue: '督导待办队列', load: '工作量', comparison: '单位与期间比较', rollup: '汇总' };

export const about = {
  unit: '单位',
  filter: '筛选',
  period: '期间',
  completeness: '数据完整性',
  at: '导出时间',
  by: '导出人',
};

export const show = { all: '逾期或上报', overdue: '仅逾期', escalated: '仅上报' };

export const local = {
  proved: '本工作站所见；{{at}} 与中心核对一致',
  waiting: '本工作站所见；{{count}} 条记录尚未经中心确认',
  never: '本工作站所见；尚未与中心核对',
};

export const columns = {
  due: '期限',
  late: '逾期天数',
  number: '案号',
  status: '状态',
  unit: '办理单位',
  level: '层级',
  holder: '经办人',
  consumer: '消费者',
  phone: '电话',
  merchant: '商户',
  object: '商品或服务',
  problem: '问题',
  amount: '争议金额（元）',
  registered: '登记时间',
  open: '在办',
  overdue: '逾期',
  week: '本周到期',
  closed: '期间办结',
  median: '中位天数',
  name: '单位',
  period: '期间',
  registeredCount: '登记',
  concluded: '办结',
  settled: '达成协议',
  rate: '成功率',
  escalated: '上报',
  breached: '逾期',
  recovered: '挽回损失（元）',
  granted: '同意退货',
  refused: '拒绝退货',
  figure: '指标',
  value: '本期',
  before: '前期',
  category: '类别',
  count: '登记',
  complete: '已报送',
};

export const periods = { first: '甲期', second: '乙期', change: '变化' };

export const headings = {
  queue: '待办案件',
  load: '按经办人',
  comparison: '比较',
  figures: '主要数字',
  children: '下级单位',
  object: '按商品或服务',
  problem: '按问题',
  merchant: '按商户',
};

export const figures = {
  registered: '登记案件（件）',
  concluded: '办结案件（件）',
  settled: '达成协议（件）',
  escalated: '上报案件（件）',
  breached: '逾期案件（件）',
  granted: '同意退货（件）',
  refused: '拒绝退货（件）',
  rate: '调解成功率（%）',
  source: '源头化解率（%）',
  median: '办理时间中位数（天）',
  recovered: '挽回损失（元）',
};

export const notes = {
  masked: '消费者姓名和电话已遮盖；导出已记录在案。',
  seen: '仅含本工作站可见的案件；其他单位办理的案件不在其中（最小必要）。',
  counted: '数字由中心汇总，含本单位不可见的案件；案件明细仅限可见范围（最小必要）。',
  median: '办理时间自登记至办结；中位数按本期办结案件计算。',
};

export const text = {
  withBelow: '{{unit}}及下级',
  periodText: '{{from}} 至 {{to}}',
  twoPeriods: '甲期 {{first}}；乙期 {{second}}',
  anyHolder: '不限经办人',
  nobody: '未指派',
  holder: '经办人：{{name}}',
  reported: '{{reported}} / {{all}} 个工作站已报送（中心汇总于 {{at}}）',
  stale: '联系不上中心，为 {{at}} 取回的副本',
  cut: '仅前 {{shown}} 行，共 {{total}} 行',
  total: '合计',
  own: '{{unit}}本级',
  all: '{{unit}}合计',
  unknownMerchant: '不在可见范围内的商户',
  empty: '没有符合条件的记录',
};
