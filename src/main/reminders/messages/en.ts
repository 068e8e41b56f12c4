import type { ReminderMessages } from './zh-CN.ts';

export default {
  overdue: {
    title: 'A case is overdue',
    body: 'The deadline of {number} has passed: act on it, or escalate it.',
  },
  soon: { title: 'A case is due soon', body: 'The deadline of {number} passes within the hour.' },
  arrived: { title: 'A case has arrived', body: '{number} came from another unit and waits to be accepted.' },
  many: { title: '{count} cases need attention', body: 'Open Deadlines to see them.' },
} satisfies ReminderMessages;
