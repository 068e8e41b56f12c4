export const action = {
  reveal: '查看完整信息',
  read: '查看材料',
  print: '打印或打开文书',
  export: '导出',
};

/** What was looked at, where it is no single record. */
export const room = {
  case: '纠纷案件',
  return: '退货',
  merchant: '商户',
  credit: '信用通知书',
  supervision: '督导台',
  inspection: '抽查',
  access: '个人信息查看记录',
  outbox: '未上传的记录',
  privacy: '个人信息请求',
  sanction: '失信信息',
  leniency: '不予处罚决定',
};

/** Words of which it is put together which paper it was. */
export const paper = {
  preview: '预览',
  sign: '签署',
  issued: '已出具',
  signed: '已签署',
  evidence: '证据',
  agreement: '协议（未编号）',
  answer: '答复书',
  'no-penalty': '不予行政处罚决定书',
  letter: '提醒函',
  consent: '授权书',
};

export const file = {
  title: '个人信息查看记录',
  at: '时间',
  by: '人员',
  unit: '单位',
  action: '操作',
  record: '查看对象',
  what: '内容',
  reason: '查看原因',
  all: '本单位及直接下级',
  filter: '筛选',
  notes: '本单位和直接下级单位工作站的记录；导出本身也会留下记录。',
  cut: '仅含最近 {{shown}} 条',
  empty: '没有符合条件的记录',
};
