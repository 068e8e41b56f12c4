import { action, paper, room } from '../../../words/access/en.ts';
import type * as chinese from './zh-CN.ts';

export default {
  actions: action,
  papers: paper,
  rooms: room,
  title: 'Access to personal data',
  nav: 'Access log',
  label: 'List of access to personal data',
  total: '{{total}} in all',
  hint: 'Who looked at, printed or exported personal data at this unit and at those right below it: when, where and why. Entries cannot be changed.',
  at: 'When',
  by: 'Who',
  unit: 'Unit',
  action: 'What was done',
  record: 'Record',
  what: 'Details',
  reason: 'Reason',
  noReason: '—',
  person: 'Person',
  anyone: 'Anyone',
  allUnits: 'This unit and those right below',
  from: 'From',
  to: 'To',
  empty: 'No entries yet',
  emptyText: 'Once somebody looks at, prints or exports personal data, it stands here.',
  noneFound: 'Nothing matches',
  noneFoundText: 'Choose another person, unit or day, or clear the filters.',
  clear: 'Clear filters',
} satisfies typeof chinese.default;

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'access-exists': 'This access is on record already',
} satisfies typeof chinese.rules;
