import type zh from '../zh-CN/finding.ts';

export default {
  elsewhere: {
    title: 'At other units',
    facts:
      'In the last {{days}} days, at units this workstation cannot see: cases: {{cases}}, merchants: {{merchants}}, claimed in all: {{claimed}}; returns: {{returns}}.',
    none: 'In the last {{days}} days, units this workstation cannot see have no record of this consumer.',
    list: 'Cases at other units',
    sameMerchant: 'same merchant',
    otherMerchant: 'another merchant',
    more: 'Only the latest {{shown}} are listed',
    outcome: {
      open: 'under way',
      agreed: 'agreed',
      'not-agreed': 'not agreed',
      'not-accepted': 'not accepted',
      withdrawn: 'withdrawn',
    },
    offline:
      'Records at other units: not asked, the centre is not to be reached now; asked when the line is back.',
    'too-often':
      'Records at other units: not asked, this workstation has asked its share; asked in about {{minutes}} min.',
    refused: 'Records at other units: not asked, the centre did not take the question.',
    privacy: 'Only a keyed mark of the number is sent, never the number; every question is on record.',
  },
  undo: {
    leaves: 'Can be undone until {{until}} ({{seconds}} s); then only corrected',
    held: 'Has not left this workstation; can be undone until it does',
  },
  keys: {
    primary: 'Save a form; on a case, its next step',
    more: 'On a case: further steps',
    issue: 'On a case: issue a document',
    undo: 'On a case: undo the step just taken',
  },
  rebuild: {
    text: 'Older cases are being indexed by amount; go on working. Until it is done, search by amount may miss some of them.',
    label: 'Indexing progress',
  },
} satisfies typeof zh;
