export const titles = { file: '部门时效', departments: '按部门', finance: '融资情况' };

export const columns = {
  department: '部门',
  asks: '征询',
  opinions: '答复',
  answeredInTime: '按时答复率',
  opinionDays: '平均工作日',
  incomplete: '要求补正',
  refused: '不同意',
  late: '逾期答复',
  accepted: '受理',
  returned: '退回',
  repliedInTime: '按时受理率',
  medianMinutes: '回复中位分钟',
  p90Minutes: '九成回复分钟',
  concluded: '办结',
  averageDays: '办结平均工作日',
  open: '待办',
  overdue: '已逾期',
  reported: '已报送',
};

export const finance = {
  name: '名称',
  kind: '口径',
  product: '产品',
  category: '经营主体类别',
  unit: '单位',
  consents: '授权',
  entered: '列入白名单',
  granted: '授信笔数',
  grantedFen: '授信金额（元）',
  drawnFen: '发放金额（元）',
  repaidFen: '归还金额（元）',
  owedFen: '期末余额（元）',
};

export const text = {
  all: '合计',
  own: '{{unit}}本级',
  empty: '本期没有记录',
  summary: '{{unit}}：服务企业 {{enterprises}} 家；办结平均 {{days}} 个工作日；发放融资 {{drawn}} 元',
  departments: '部门工作站 {{reported}} / {{all}} 已报送',
};

export const notes = {
  reply:
    '按时受理率 = 在 {{minutes}} 个办公分钟内回复的次数 ÷ 回复次数；中位和九成按分段计数推算，误差小于 3.2%。',
  opinion:
    '按时答复率 = 期限内答复 ÷ 答复；一般 {{days}} 个工作日，市场监管规则另有规定的 {{gsxt}} 个工作日，补正期间不计。',
  days: '平均工作日 = 工作日合计 ÷ 件数。',
  now: '待办和已逾期为导出时的情况，与期间无关。',
};
