export const reminder = {
  overdue: { title: '案件已逾期', body: '{{number}} 的期限已过，请办理或上报。' },
  soon: { title: '案件即将到期', body: '{{number}} 的期限将在一小时内届满。' },
  arrived: { title: '收到案件', body: '{{number}} 由其他单位转来，等待受理。' },
  performance: { title: '协议今天到期', body: '{{number}} 的协议今天应当履行，请跟进并记录。' },
  call: { title: '满意度回访', body: '{{number}} 办结后的回访今天到期，请致电消费者。' },
  confirmation: { title: '司法确认期限将至', body: '{{number}} 申请司法确认的期限将在七日内届满。' },
  notice: { title: '告知期限今天届满', body: '{{number}} 的告知文书今天应当出具。' },
  remarks: { title: '抽查意见', body: '{{number}} 的抽查有意见，请查看。' },
  task: { title: '{{what}}', body: '{{number}} 今天到期或已逾期，请在“期限”中查看。' },
  many: { title: '{{count}} 件事项需要处理', body: '请打开“期限”查看。' },
};

/** What is to be done in records that are no cases, as the board and reminders say it. */
export const task = {
  return: { decision: '决定退货' },
  privacy: { answer: '答复个人信息请求' },
  credit: { objection: '处理等级异议' },
  attention: { action: '处置重点关注商户', evaluation: '评估处置效果' },
  sanction: { duty: '履行处罚或列入决定的义务', application: '可以申请信用修复' },
  inspection: { guidance: '信用修复后先预约指导' },
  leniency: { education: '不予处罚后进行教育' },
  guidance: { slot: '选定指导时间', visit: '上门指导', recheck: '复查' },
  storefront: { recheck: '复查明码标价' },
  restoration: {
    reply: '答复修复申请',
    opinion: '出具修复意见',
    completion: '补正修复材料',
    submission: '上报修复平台',
    conclusion: '办结修复申请',
    objection: '处理修复异议',
  },
};
