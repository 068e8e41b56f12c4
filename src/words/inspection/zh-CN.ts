export const titles = { grades: '商户信用等级清单', draw: '分级抽查名单', commendation: '守信商户表彰名单' };

export const about = {
  grade: '等级',
  day: '抽取日',
  drawer: '抽取人',
  witness: '见证人',
  plan: '方案版本',
  seed: '随机种子',
  hash: '候选名单 SHA-256',
  abandoned: '作废原因',
  rule: '条件',
  published: '发布',
};

export const headings = { grades: '等级', drawn: '抽中商户', classes: '各类比例', commended: '表彰商户' };

export const columns = {
  merchant: '商户',
  unit: '单位',
  grade: '等级',
  points: '分值',
  month: '月份',
  state: '状态',
  place: '序号',
  class: '类别',
  manner: '方式',
  on: '检查日',
  result: '结果',
  share: '比例',
  candidates: '候选',
  drawn: '抽中',
};

export const manner = { guidance: '预约式指导', random: '随机抽查', key: '重点检查' };

export const outcome = {
  'nothing-found': '未发现问题',
  finding: '发现问题',
  'not-reached': '未见到商户',
  'credit-fact': '已记入信用',
};

export const classes = { notRated: '暂不评级', pending: '待定（异议中）' };

export const notes = {
  cut: '仅前 {{shown}} 行',
  grades: '等级由中心按公布的政策逐月评定；异议未决的为待定。',
  draw: '以候选名单、各类比例和随机种子可以重新算出同一名单；抽取人与见证人不是同一人。',
  commended: '名单由和事按公布的等级生成，期间有处罚或异议未决的不列入。',
};

export const text = {
  empty: '没有记录',
  total: '合计',
  colon: '：',
  rule: '截至 {{month}} 连续 {{months}} 个月为{{grade}}，期间无处罚',
};
