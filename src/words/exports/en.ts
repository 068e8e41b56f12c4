import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const titles = {
  queue: 'Queue to supervise',
  load: 'Load',
  comparison: 'Units and periods compared',
  rollup: 'Roll-up',
} satisfies Same<typeof zh.titles>;

export const about = {
  unit: 'Unit',
  filter: 'Filter',
  period: 'Period',
  completeness: 'Completeness',
  at: 'Exported at',
  by: 'Exported by',
} satisfies Same<typeof zh.about>;

export const show = {
  all: 'overdue or escalated',
  overdue: 'overdue only',
  escalated: 'escalated only',
} satisfies Same<typeof zh.show>;

export const local = {
  proved: 'As this workstation sees it; proved with the centre at {{at}}',
  waiting: 'As this workstation sees it; {{count}} records not confirmed by the centre yet',
  never: 'As this workstation sees it; not proved with the centre yet',
} satisfies Same<typeof zh.local>;

export const columns = {
  due: 'Deadline',
  late: 'Days overdue',
  number: 'Number',
  status: 'Status',
  unit: 'Handling unit',
  level: 'Level',
  holder: 'Held by',
  consumer: 'Consumer',
  phone: 'Phone',
  merchant: 'Merchant',
  object: 'Goods or service',
  problem: 'Problem',
  amount: 'In dispute (yuan)',
  registered: 'Registered at',
  open: 'Open',
  overdue: 'Overdue',
  week: 'Due this week',
  closed: 'Closed in period',
  median: 'Median days',
  name: 'Unit',
  period: 'Period',
  registeredCount: 'Registered',
  concluded: 'Concluded',
  settled: 'Settled',
  rate: 'Rate',
  escalated: 'Escalated',
  breached: 'Breached',
  recovered: 'Recovered (yuan)',
  granted: 'Returns granted',
  refused: 'Returns refused',
  figure: 'Figure',
  value: 'Period',
  before: 'Before',
  category: 'Category',
  count: 'Registered',
  complete: 'Reported',
} satisfies Same<typeof zh.columns>;

export const periods = { first: 'A', second: 'B', change: 'Change' } satisfies Same<typeof zh.periods>;

export const headings = {
  queue: 'Cases',
  load: 'By person',
  comparison: 'Comparison',
  figures: 'Main figures',
  children: 'Units below',
  object: 'By goods or service',
  problem: 'By problem',
  merchant: 'By merchant',
} satisfies Same<typeof zh.headings>;

export const figures = {
  registered: 'Cases registered',
  concluded: 'Cases concluded',
  settled: 'Cases settled',
  escalated: 'Cases escalated',
  breached: 'Deadlines breached',
  granted: 'Returns granted',
  refused: 'Returns refused',
  rate: 'Settlement rate (%)',
  source: 'Source resolution rate (%)',
  median: 'Median handling time (days)',
  recovered: 'Recovered (yuan)',
} satisfies Same<typeof zh.figures>;

export const notes = {
  masked: "Consumers' names and phones are masked; this export is on record.",
  seen: 'Only cases that this workstation sees; those handled elsewhere are not in it (minimum necessary).',
  counted:
    'Figures are compiled by the centre and count cases that this unit may not see; lists of cases hold only what it may (minimum necessary).',
  median: 'Handling time runs from registration to the end; the median is of the cases closed in the period.',
} satisfies Same<typeof zh.notes>;

export const text = {
  withBelow: '{{unit}} and below',
  periodText: '{{from}} to {{to}}',
  twoPeriods: 'A: {{first}}; B: {{second}}',
  anyHolder: 'whoever holds it',
  nobody: 'unassigned',
  holder: 'held by {{name}}',
  reported: '{{reported}} of {{all}} workstations have reported (compiled by the centre at {{at}})',
  stale: 'The centre cannot be reached: a copy fetched at {{at}}',
  cut: 'Only the first {{shown}} of {{total}} rows',
  total: 'Total',
  own: '{{unit}} itself',
  all: '{{unit}} in all',
  unknownMerchant: 'A merchant outside sight',
  empty: 'Nothing fits the filter',
} satisfies Same<typeof zh.text>;
