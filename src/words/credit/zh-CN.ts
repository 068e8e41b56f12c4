/** What is counted for and against a merchant. */
export const indicators = {
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
