import { task } from '../../../words/reminders/zh-CN.ts';

export default {
  title: '期限',
  scope: { label: '范围', unit: '本单位办理', sight: '本工作站可见' },
  overdue: '已逾期',
  today: '今天到期',
  week: '本周到期（至 {{day}}）',
  arrived: '收到待受理',
  column: '{{name}}（{{total}}）',
  none: {
    overdue: '没有逾期案件',
    today: '今天没有到期案件',
    week: '本周没有其他到期案件',
    arrived: '没有待受理的来件',
  },
  more: '仅显示最早到期的 {{shown}} 件',
  returns: {
    waiting: '退货待决定',
    none: '没有待决定的退货',
    decide: '决定退货',
    hint: '逾期未决定的，消费者可以转为纠纷案件',
  },
  others: {
    name: '其他待办',
    none: '没有其他待办事项',
    hint: '逾期后仍须办理',
    ...task,
  },
  escalate: '上报 {{number}}',
  takeOver: '提级办理 {{number}}',
  stopped: '计时中止',
  provisional: '期限暂定',
  provisionalHint: '放假安排尚未公布的年份，期限为暂定；导入日历后自动重算。',
  news: '有新的逾期或来件，请查看“期限”。',
  badge: '{{count}} 件逾期或待受理',
};
