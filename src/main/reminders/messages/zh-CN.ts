const messages = {
  overdue: { title: '案件已逾期', body: '{number} 的期限已过，请办理或上报。' },
  soon: { title: '案件即将到期', body: '{number} 的期限将在一小时内届满。' },
  arrived: { title: '收到案件', body: '{number} 由其他单位转来，等待受理。' },
  many: { title: '{count} 件案件需要处理', body: '请打开“期限”查看。' },
};

export type ReminderMessages = typeof messages;
export default messages;
