/** What the public pages of a centre say. */
export const site = {
  name: '和事',
  title: '消费维权公开查询',
  skip: '跳到正文',
  other: 'English',
  languages: '语言',
  foot: '本页由消费纠纷解决点的中心生成，无需登录，不显示任何消费者或联系人的姓名和电话。',
  home: '公开查询首页',
};

export const home = {
  shop: '查询店铺承诺和信用等级',
  shopText: '请用手机扫描店内公示牌上的二维码，或输入牌上的公示码。',
  shopCode: '公示码',
  paper: '核验文书，查询本人的案件、退货或信用修复',
  paperText:
    '请输入文书上的编号和校验码。持受理通知、材料收据等送达本人的文书，可同时看到办理进度；退货请输入退货编号和店铺告知的查询码；信用修复请输入申请表上的编号和校验码。',
  number: '文书编号',
  code: '校验码',
  codeHint: '形如 0A1B-2C3D-4E5F，在每页页脚和二维码旁',
  look: '查询',
  check: '核验',
};

export const shop = {
  at: '所在：{{name}}',
  address: '地址：{{address}}',
  day: '天',
  days: '天',
  within: '无理由退货期',
  andMore: '{{shops}}等共 {{count}} 家店',
  from: '自 {{day}} 起购买适用 · 第 {{version}} 版',
  until: '本承诺自 {{day}} 起终止；此前购买的，仍按本承诺办理。',
  next: '即将变更：自 {{day}} 起适用',
  none: '目前没有生效的无理由退货承诺',
  noneText: '法律规定的退货、更换、修理等权利不受影响。',
  ended: '此前的承诺已于 {{day}} 终止；终止前购买的，仍按购买当日的承诺办理。',
};

export const plaque = {
  title: '明码标价示范街',
  hangs: '本店属于“{{street}}”，自 {{on}} 起挂牌。',
  text: '挂牌按《明码标价和禁止价格欺诈规定》的巡查清单评定；复查不合格的，摘牌。',
};

export const stations = {
  link: '骑手友好驿站',
  linkText: '外卖、快递骑手可以歇脚、喝水、充电的地方。',
  title: '骑手友好驿站',
  text: '以下驿站由各商场、商圈登记，欢迎外卖、快递骑手使用。',
  none: '目前没有登记的驿站。',
  district: '全区',
  place: '位置',
  hours: '开放时间',
  always: '全天',
  from: '{{opens}} 至 {{closes}}',
  overnight: '{{opens}} 至次日 {{closes}}',
  offers: '提供',
  note: '说明',
  at: '所属',
};

export const card = {
  'in-force': '您扫描的公示牌（第 {{version}} 版）真实有效',
  'to-come': '您扫描的公示牌（第 {{version}} 版）真实，自 {{from}} 起适用',
  ended: '您扫描的公示牌（第 {{version}} 版）已于 {{until}} 被替换或终止，请以本页为准',
  false: '您扫描的公示牌与登记内容不符，请以本页为准，并告知所在商场或商圈',
};

export const grade = {
  title: '信用等级',
  points: '{{points}} 分（满分 {{highest}} 分）',
  pointsAlone: '{{points}} 分',
  month: '{{month}} 评定，{{on}} 公布',
  policy: '评价政策：{{name}}，第 {{version}} 版',
  policyAlone: '评价政策第 {{version}} 版',
  reasons: '主要扣分原因',
  lost: '少得 {{count}} 分',
  noReasons: '没有扣分事实',
  byHand: '本等级由监管部门人工调整，至 {{until}} 止；按分值为 {{ofPoints}}。',
  pending: '待定',
  pendingText: '商户对评级提出了异议，正在处理。作出决定前不显示等级，也不表示好坏。',
  notRated: '暂不评级',
  notRatedText: '已知 {{matters}} 件，满 {{least}} 件方可评级。暂不评级不表示好坏。',
  notRatedAlone: '已知的事实太少，不足以评级。暂不评级不表示好坏。',
  none: '尚未公布等级',
  noneText: '该商户还没有公布过等级，这不表示好坏。',
  reply: '商户说明',
  replied: '{{on}}',
  sample: '等级由系统按公布的政策计算，商户可以提出异议。',
};

export const paper = {
  title: '文书核验',
  agrees: '编号与校验码相符',
  agreesText: '登记在案的文书如下。请再核对纸面内容是否与此一致。',
  kind: '文书',
  number: '编号',
  issued: '出具日期',
  unit: '出具单位',
  signed: '签署',
  isSigned: '已签署',
  notSigned: '未登记签署',
  card: '退货承诺公示牌',
  merchant: '商户',
  version: '版本',
  versionOf: '第 {{version}} 版',
  holds: { 'in-force': '现行有效', 'to-come': '尚未生效', ended: '已终止', false: '不符' },
  standing: '状态',
  again: '再查一份',
};

export const kinds = {
  receipt: '材料收据',
  'identity-notice': '限期提供身份证明通知',
  'acceptance-notice': '受理通知',
  'refusal-notice': '不予受理通知',
  'mediation-notice': '调解通知',
  'mediation-record': '调解笔录',
  'termination-notice': '终止调解通知',
  'settlement-agreement': '和解协议',
  'mediation-agreement': '调解协议',
  'peoples-mediation-agreement': '人民调解协议',
  dossier: '案卷',
  other: '文书',
};

export const matter = {
  title: '我的案件',
  number: '登记编号',
  consumer: '消费者',
  merchant: '被投诉商户',
  unit: '办理单位',
  registered: '登记日期',
  stage: '目前',
  stages: {
    waiting: '已登记，等待受理',
    accepted: '已受理，正在调解',
    settled: '双方已达成协议，等待履行',
    performed: '协议已履行',
    broken: '协议未履行',
    failed: '调解未成功',
    refused: '未予受理',
    withdrawn: '已撤回',
    terminated: '调解已终止',
  },
  closed: '（已办结）',
  next: '下一日期',
  due: {
    'first-contact': '{{on}} 前首次联系',
    accept: '{{on}} 前决定是否受理',
    settle: '{{on}} 前处理',
    mediate: '{{on}} 前调解终结',
    perform: '{{on}} 前履行协议',
    close: '{{on}} 前办结',
  },
  provisional: '（节假日安排公布前为暂定）',
  nothing: '目前没有待办的日期',
};

export const goodsBack = {
  title: '我的退货',
  stages: {
    requested: '已申请，等待商户决定',
    granted: '商户已同意退货',
    refused: '商户未同意退货',
    disputed: '已转为纠纷案件',
  },
  refund: '退款',
  refunded: '{{amount}}，{{on}}',
  ground: '理由',
  grounds: {
    'out-of-window': '超过承诺的期限',
    'excluded-goods': '属于除外商品',
    condition: '商品不符合退货条件',
    'no-proof': '没有购买凭证',
    'not-committed': '购买时没有承诺',
    other: '其他',
  },
  decideBy: '{{on}} 前作出决定',
  goods: '商品',
  requested: '申请日期',
};

export const repairing = {
  title: '我的信用修复申请',
  stage: '目前',
  stages: {
    filed: '已提交，等待窗口答复',
    returned: '已退回，请补正材料',
    accepted: '已受理，有关部门正在出具意见',
    answered: '部门意见已齐，等待上报',
    submitted: '已上报公示平台，等待办结',
    concluded: '已办结',
    withdrawn: '已撤回',
  },
  number: '申请编号',
  merchant: '申请人',
  window: '受理窗口',
  filed: '提交日期',
  due: {
    reply: '窗口 {{at}} 前答复',
    opinion: '部门 {{at}} 前出具意见',
    completion: '{{at}} 前补正',
    submission: '窗口 {{at}} 前上报',
    conclusion: '窗口 {{at}} 前办结',
    objection: '窗口 {{at}} 前答复异议',
  },
  needed: '需要补正',
  neededText: '请在原提交的工作台补交，或者到受理窗口补交。',
  departments: '部门意见',
  count: '共 {{asked}} 个部门，已答复 {{answered}} 个',
  answered: '已答复',
  waiting: '尚未答复',
  matters: '申请的事项',
  outcome: {
    'under-way': '办理中',
    repaired: '已修复，{{on}} 起不再公示',
    refused: '未予修复：{{reason}}',
  },
};

export const satisfaction = {
  title: '您对办理满意吗？',
  text: '只问一次，供改进工作使用，不影响案件结果。',
  scores: { 1: '1 很不满意', 2: '2 不满意', 3: '3 一般', 4: '4 满意', 5: '5 很满意' },
  comment: '补充说明（可不填，最多 500 字；请不要写电话和证件号）',
  send: '提交',
  given: '您已评价：{{score}} 分。谢谢！',
  thanks: '已收到您的评价。谢谢！',
};

/** Why a page does not show what was asked for; the field by name, then the rule. */
export const trouble = {
  title: '无法显示',
  field: '{{field}}：{{rule}}',
  fields: {
    code: '公示码或校验码',
    number: '文书编号',
    score: '满意度',
    text: '补充说明',
    address: '网页地址',
    request: '请求',
  },
  rules: {
    'public-code-malformed': '公示码由 20 位数字和字母组成，请重新扫描或核对',
    'public-code-unknown': '没有登记过这个公示码，请核对，或询问店铺所在商场',
    'public-code-old': '这是已更换的旧公示码。请扫描店内现在的公示牌',
    'number-missing': '请填写文书编号',
    'number-malformed': '文书编号应为 3 至 80 个字符',
    'code-missing': '请填写校验码；只有编号不能核验',
    'code-malformed': '校验码由 12 位数字和字母 A 至 F 组成',
    'paper-unknown': '没有登记过这个编号的文书。请核对编号；仍查不到的，请向出具单位核实',
    'paper-code-differs': '这个编号登记过，但校验码不符：可能输错，也可能文书被改动。请向出具单位核实',
    'score-malformed': '请选择 1 至 5 分',
    'text-malformed': '最多 500 字，且不能含控制字符',
    'satisfaction-known': '已经评价过，只能评价一次',
    'case-not-ended': '案件尚未结束，结束后可以评价',
    'case-unknown': '这份文书不能用于查询案件',
    'page-unknown': '没有这个网页',
    'request-malformed': '无法读取这个请求',
    'too-many': '查询过于频繁，请在 {{seconds}} 秒后再试',
    busy: '中心繁忙，请稍后再试',
    failed: '中心出错，已记录。请稍后再试',
  },
};

export const discount = {
  title: '天一信用商圈联盟优惠',
  none: '目前没有优惠。',
  percent: '{{share}} 折',
  amount: '立减 {{amount}}',
  amountOver: '满 {{over}} 减 {{amount}}',
  forWhom: '适用对象',
  askShop: '请向店铺询问',
  period: '期间',
  until: '即日起至 {{until}}',
  toCome: '{{from}} 至 {{until}}',
  checked: '是否符合条件由区信用中心核对，须经您本人同意；店铺只看到“符合”或“不符合”，看不到信用积分。',
};

export const charity = {
  title: '爱心基金收支公示',
  text: '关爱外卖骑手、快递员等新就业群体的爱心基金：收了多少、付了多少、还有多少。',
  link: '爱心基金收支公示',
  masked: '捐赠人和受助人的姓名均已隐去。',
  noFund: '目前没有爱心基金。',
  balance: '余额',
  donated: '累计收到捐赠',
  paid: '累计资助',
  sum: '{{amount}}（{{count}} 笔）',
  donations: '捐赠',
  payouts: '资助',
  none: '还没有记录。',
  anonymous: '匿名',
  need: { illness: '患病', accident: '意外', hardship: '生活困难', schooling: '子女就学', other: '其他' },
};
