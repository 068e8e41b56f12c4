export default {
  title: '对外提供记录',
  text: '中心按授权凭证向外部单位提供过 {{count}} 次，每次都记录在此；不提供个人信息。',
  at: '时间',
  who: '提供给谁、用途',
  said: '提供的内容',
  reads: {
    title: '按授权提供和拒绝的记录',
    text: '银行按商户授权查询过 {{count}} 次，每次提供或拒绝都记录在此。',
    told: '已提供',
    refused: '已拒绝（没有有效授权）',
    what: '信息',
  },
  scope: { 'grades.read': '仅等级', 'points.read': '等级、分值和扣分原因' },
  state: { 'not-rated': '暂不评级', pending: '待定（异议中）' },
};

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'disclosure-exists': '这次提供已经记录过',
  'disclosure-reference': '查询编号为 1 至 40 位字母、数字或连字符',
};
