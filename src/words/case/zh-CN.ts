/** How a case stands. */
export const status = {
  registered: '待受理',
  escalated: '上报待受理',
  'handed-down': '下派待受理',
  transferred: '移送待受理',
  'taken-over': '提级待受理',
  accepted: '已受理',
  mediating: '调解中',
  settled: '达成协议',
  performed: '已履行',
  broken: '未履行',
  failed: '调解未成',
  refused: '不予受理',
  withdrawn: '已撤回',
  terminated: '终止调解',
  closed: '已办结',
};
