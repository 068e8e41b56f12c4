import type zh from './zh-CN.ts';

export default {
  title: 'Archived cases at the centre',
  link: 'Older cases at the centre',
  lead: 'Cases closed long ago are no longer kept on this workstation; the centre has them. Every search and every opening is on record with who asked.',
  by: 'Look by',
  byOption: {
    number: 'Case number',
    merchant: 'Merchant name',
    consumer: 'Consumer name',
    phone: 'Last 4 of the phone',
  },
  hint: {
    number: 'at least 3 characters',
    merchant: 'at least 2 characters',
    consumer: 'at least 2 characters',
    phone: '4 figures',
  },
  search: 'Search',
  results: 'Results',
  number: 'Number',
  consumer: 'Consumer',
  merchant: 'Merchant',
  registered: 'Registered',
  closed: 'Closed',
  outcome: 'Outcome',
  outcomeOf: {
    settled: 'settled',
    failed: 'mediation failed',
    refused: 'not accepted',
    withdrawn: 'withdrawn',
    terminated: 'terminated',
    transferred: 'transferred',
    none: '—',
  },
  none: 'Nothing found in the archive',
  noneText: 'Only cases this unit has handled or sees are searched. Try something else you remember.',
  more: 'Only the {{shown}} closed last are listed; say more to narrow it.',
  offline:
    'Not searched: the centre is not to be reached. The cases of recent years are on this workstation; the search is repeated when the line is back.',
  refused: "The centre did not take the search: only this unit's active case staff may look.",
  'too-often':
    'This workstation has asked its share for this hour; it may ask again in about {{minutes}} min.',
  readOnly: 'From the archive, to be read only',
  readOnlyText:
    'This case was closed long ago. Register anything new about it as a new case, and name this number.',
  gone: 'This case is not in the archive',
  goneText: 'It may have come back to the workstations because of something new; look in the list of cases.',
  back: 'Back to the search',
} satisfies typeof zh;
