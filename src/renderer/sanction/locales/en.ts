import type * as chinese from './zh-CN.ts';

export default {
  nav: 'Adverse records',
} satisfies typeof chinese.default;

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'sanction-exists': 'There is a record of this decision ({{number}}) already',
  'sanction-missing': 'There is no such record',
  'sanction-id': "The record's id does not fit its authority and number",
  'sanction-organ-missing': 'Give the authority that decided',
  'sanction-number-missing': "Give the decision's number",
  'sanction-day-missing': 'Give the day of determination',
  'sanction-severe-needs-decision': 'An entry in the severe list needs decision number, authority and day',
  'sanction-published-before': 'Not published before it was determined ({{day}})',
  'sanction-restricted-before': 'Not restricted until before it was determined ({{day}})',
  'sanction-class-of-penalty': 'Only penalties are minor, ordinary or serious',
  'sanction-class-unknown': 'The rules that apply do not know this class',
  'sanction-duty-twice': 'The same duty stands here twice',
  'sanction-duty-unknown': 'There is no such duty',
  'sanction-duty-done-already': 'This duty is done already',
  'sanction-duty-open': 'This duty is not done yet',
  'sanction-duty-kept': 'A duty that was done cannot be removed',
  'sanction-done-before': 'Not done before the day of determination ({{day}})',
  'sanction-proof-needed': 'Say what shows that it was done',
  'sanction-published-already': 'Publication is on record for {{day}}; correct the record if that is wrong',
  'sanction-ended-already': 'The record ended on {{day}}',
  'sanction-ended-before': 'Not ended before the day of determination ({{day}})',
  'sanction-effective-before': 'Not effective before the day it ended ({{day}})',
  'sanction-removed-from-list': 'Only a list can be left',
  'sanction-ending-number': 'Annulment and removal need the number of their decision',
  'sanction-not-over': 'The longest time of publication is not over',
  'sanction-regulator-only': 'For the regulator only',
  'sanction-stands-in-credit':
    "This decision ({{number}}) stands in the merchant's credit: say that the record continues it",
  'sanction-entry-unknown': "The merchant's credit has no standing entry of this decision",
  'sanction-maximum-below-minimum': 'The longest time is shorter than the shortest',
  'sanction-rule-twice': 'Two rules have one id',
  'sanction-kind-unknown': 'No kind of record that is known',
  'sanction-channel-unknown': 'No channel that is known',
  'sanction-day-unreadable': 'No day can be read here',
  'sanction-field-long': 'Too long, or in another form than it should be',
  'sanction-row-broken': 'A quote stands where none may: the row cannot be read',
  'sanction-row-twice': 'The same decision stands twice in the file',
  'sanction-row-in-credit':
    "This decision stands in the merchant's credit: enter it by itself and say that it continues that",
  'sanction-merchant-unknown': 'This workstation knows no such merchant',
  'sanction-merchant-ambiguous': 'Several merchants have this name: add the credit code',
  'sanction-file-unreadable': '{{detail}}',
  'sanction-file-long': 'A file may have {{most}} rows',
  'sanction-file-changed':
    'Things have changed since the preview: {{refused}} rows cannot be recorded now; preview it again',
} satisfies typeof chinese.rules;
