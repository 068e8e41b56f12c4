/** The figures of a shop's month, as the screen and the file name them. */
export const figures = {
  requested: '申请退货（件）',
  granted: '同意退货（件）',
  refused: '拒绝退货（件）',
  waiting: '尚未决定（件）',
  refundedFen: '退款金额（元）',
  medianHours: '退款用时中位数（小时）',
  longestHours: '退款用时最长（小时）',
  disputes: '登记纠纷（件）',
  ended: '有结果的纠纷（件）',
  settled: '达成协议（件）',
  settledAtSource: '源头化解（件）',
};

export const sheet = {
  title: '月度表',
  figures: '本月数字',
  figure: '项目',
  value: '本月',
  returns: '退货明细',
  disputes: '纠纷明细',
  number: '编号',
  goods: '商品',
  consumer: '消费者',
  amount: '价款（元）',
  requestedOn: '申请日期',
  decided: '决定',
  refundedOn: '退款日期',
  refund: '退款（元）',
  hours: '用时（小时）',
  registered: '登记时间',
  status: '状态',
  outcome: '结果时间',
  empty: '本月没有',
  measured:
    '退款用时自申请至退款；收银台清单补录的只知日期，每日按 24 小时计。源头化解指在店铺或商场达成协议且未上报。',
};

export const decision = { requested: '尚未决定', granted: '同意', refused: '拒绝' };
