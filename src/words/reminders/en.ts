import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const reminder = {
  overdue: {
    title: 'A case is overdue',
    body: 'The deadline of {{number}} has passed: act on it, or escalate it.',
  },
  soon: { title: 'A case is due soon', body: 'The deadline of {{number}} passes within the hour.' },
  arrived: {
    title: 'A case has arrived',
    body: '{{number}} came from another unit and waits to be accepted.',
  },
  performance: {
    title: 'An agreement is due today',
    body: 'The agreement of {{number}} is to be performed today: follow it up and record it.',
  },
  call: { title: 'Satisfaction call', body: 'The call after closing {{number}} is due today.' },
  confirmation: {
    title: 'Judicial confirmation',
    body: 'The time to apply for confirmation of {{number}} ends within seven days.',
  },
  notice: { title: 'A notice is due today', body: 'The notice owed in {{number}} is to be issued today.' },
  remarks: { title: 'Remarks of a review', body: 'The review of {{number}} made remarks.' },
  task: { title: '{{what}}', body: '{{number}} is due today or overdue: see Deadlines.' },
  many: { title: '{{count}} things need attention', body: 'Open Deadlines to see them.' },
} satisfies Same<typeof zh.reminder>;

export const task = {
  return: { decision: 'Decide a return' },
  privacy: { answer: 'Answer a request about personal data' },
  credit: { objection: 'Decide an objection to a grade' },
  attention: { action: 'Act on repeat merchants', evaluation: 'Evaluate what came of it' },
  sanction: { duty: 'Do what a decision ordered', application: 'Credit repair may be asked for' },
  inspection: { guidance: 'Offer guidance first after a repair' },
  leniency: { education: 'Educate after no penalty' },
  guidance: { slot: 'Choose a time for advice', visit: 'Give advice', recheck: 'Look again' },
  storefront: { recheck: 'Look at marked prices again' },
  restoration: {
    reply: 'Reply to a repair application',
    opinion: 'Give an opinion on a repair',
    completion: 'Hand in what a repair lacks',
    submission: 'Submit a repair to the platform',
    conclusion: 'Conclude a repair',
    objection: 'Answer an objection to a repair',
  },
} satisfies Same<typeof zh.task>;
