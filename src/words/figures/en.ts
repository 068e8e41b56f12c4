import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const titles = {
  file: 'Departments',
  departments: 'By department',
  finance: 'Financing',
} satisfies Same<typeof zh.titles>;

export const columns = {
  department: 'Department',
  asks: 'Asked',
  opinions: 'Answered',
  answeredInTime: 'In time',
  opinionDays: 'Average days',
  incomplete: 'Incomplete',
  refused: 'Refused',
  late: 'Late',
  accepted: 'Accepted',
  returned: 'Returned',
  repliedInTime: 'Replied in time',
  medianMinutes: 'Median minutes',
  p90Minutes: '90 % within',
  concluded: 'Concluded',
  averageDays: 'Days to outcome',
  open: 'Open',
  overdue: 'Overdue',
  reported: 'Reported',
} satisfies Same<typeof zh.columns>;

export const finance = {
  name: 'Name',
  kind: 'By',
  product: 'Product',
  category: 'Category',
  unit: 'Unit',
  consents: 'Consents',
  entered: 'Whitelisted',
  granted: 'Lines',
  grantedFen: 'Granted (yuan)',
  drawnFen: 'Drawn (yuan)',
  repaidFen: 'Repaid (yuan)',
  owedFen: 'Owed (yuan)',
} satisfies Same<typeof zh.finance>;

export const text = {
  all: 'All',
  own: '{{unit}} itself',
  empty: 'Nothing in this period',
  summary:
    '{{unit}}: {{enterprises}} enterprises served; {{days}} working days to an outcome on average; {{drawn}} yuan drawn',
  departments: '{{reported}} of {{all}} workstations of departments have reported',
} satisfies Same<typeof zh.text>;

export const notes = {
  reply:
    'Replied in time = replies within {{minutes}} office minutes / replies; median and 90 % come of buckets and are less than 3.2 % off.',
  opinion:
    'In time = answers within the limit / answers: {{days}} working days, {{gsxt}} where the rule of market supervision applies; while something is missing the clock stands.',
  days: 'Average days = working days in all / how many.',
  now: 'Open and overdue are as of this export, whatever the period.',
} satisfies Same<typeof zh.notes>;
