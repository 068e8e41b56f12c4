/** Grades of the shipped policy, without their letters. */
export const grade = { A: '优秀', B: '良好', C: '中等', D: '较差', E: '差' };

/** Categories that are graded, as the shipped policy has them. */
export const ofCategory = {
  enterprise: '企业',
  'individual-business': '个体工商户',
  'social-organisation': '社会组织',
  'other-operator': '其他经营者',
};

/** What counts for or against a merchant, and the lists it may be on. */
export const indicator = {
  'settled-at-source': '源头化解',
  'answered-in-time': '首次响应及时',
  'agreements-kept': '履行协议',
  'regulator-spared': '未升级至监管部门',
  'returns-granted': '按承诺退货',
  'priced-clearly': '明码标价',
  award: '表彰',
  'penalty-minor': '轻微处罚',
  'penalty-ordinary': '一般处罚',
  'penalty-serious': '严重处罚',
  'listing-severe': '列入严重失信名单',
  'listing-abnormal': '列入经营异常名录',
};
