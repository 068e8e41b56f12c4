import { task } from '../../../words/reminders/en.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Deadlines',
  scope: { label: 'Scope', unit: 'Handled by my unit', sight: 'All this workstation sees' },
  overdue: 'Overdue',
  today: 'Due today',
  week: 'Due this week (to {{day}})',
  arrived: 'Arrived, to accept',
  column: '{{name}} ({{total}})',
  none: {
    overdue: 'No case is overdue',
    today: 'No case is due today',
    week: 'No other case is due this week',
    arrived: 'No case has come from another unit',
  },
  more: 'Only the {{shown}} due first are shown',
  returns: {
    waiting: 'Returns to decide',
    none: 'No return waits to be decided',
    decide: 'Decide the return',
    hint: 'Once its time is over, the consumer may make it a case',
  },
  others: {
    name: 'Other things to do',
    none: 'Nothing else to do',
    hint: 'Still to be done after its time is over',
    ...task,
  },
  escalate: 'Escalate {{number}}',
  takeOver: 'Take over {{number}}',
  stopped: 'Clock stopped',
  provisional: 'Provisional deadline',
  provisionalHint:
    'Deadlines in a year whose holidays are not announced are provisional; they are worked out anew once its calendar is imported.',
  news: 'A case has become overdue or has arrived: see Deadlines.',
  badge: '{{count}} overdue or arrived',
} satisfies typeof zh;
