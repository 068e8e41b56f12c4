import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const action = {
  reveal: 'Showed in full',
  read: 'Opened material',
  print: 'Printed or opened a paper',
  export: 'Exported',
} satisfies Same<typeof zh.action>;

export const room = {
  case: 'Case',
  return: 'Return',
  merchant: 'Merchant',
  credit: 'Credit notice',
  supervision: 'Supervision',
  inspection: 'Inspection',
  access: 'Access to personal data',
  outbox: 'Unsent records',
  privacy: 'Privacy request',
  sanction: 'Adverse record',
  leniency: 'Decision of no penalty',
} satisfies Same<typeof zh.room>;

export const paper = {
  preview: 'preview',
  sign: 'signing',
  issued: 'issued',
  signed: 'signed',
  evidence: 'evidence',
  agreement: 'agreement without a number',
  answer: 'answer',
  'no-penalty': 'decision of no penalty',
  letter: 'letter',
  consent: 'consent',
} satisfies Same<typeof zh.paper>;

export const file = {
  title: 'Access to personal data',
  at: 'When',
  by: 'Who',
  unit: 'Unit',
  action: 'What was done',
  record: 'Record',
  what: 'Details',
  reason: 'Reason',
  all: 'own unit and units right below',
  filter: 'Filter',
  notes: 'As recorded at this unit and at those right below it; this export is on record too.',
  cut: 'Only the latest {{shown}}',
  empty: 'Nothing fits the filter',
} satisfies Same<typeof zh.file>;
