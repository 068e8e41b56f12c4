import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const titles = {
  grades: 'Merchant credit grades',
  draw: 'Merchants drawn for inspection',
  commendation: 'Commended merchants',
} satisfies Same<typeof zh.titles>;

export const about = {
  grade: 'Grade',
  day: 'Day of the draw',
  drawer: 'Drawn by',
  witness: 'Witness',
  plan: 'Version of the plan',
  seed: 'Seed',
  hash: 'SHA-256 of the candidates',
  abandoned: 'Abandoned because',
  rule: 'Condition',
  published: 'Published',
} satisfies Same<typeof zh.about>;

export const headings = {
  grades: 'Grades',
  drawn: 'Drawn merchants',
  classes: 'Shares by class',
  commended: 'Commended merchants',
} satisfies Same<typeof zh.headings>;

export const columns = {
  merchant: 'Merchant',
  unit: 'Unit',
  grade: 'Grade',
  points: 'Points',
  month: 'Month',
  state: 'State',
  place: 'No.',
  class: 'Class',
  manner: 'Manner',
  on: 'Visited on',
  result: 'Result',
  share: 'Share',
  candidates: 'Candidates',
  drawn: 'Drawn',
} satisfies Same<typeof zh.columns>;

export const manner = {
  guidance: 'Advice by appointment',
  random: 'Random inspection',
  key: 'Priority inspection',
} satisfies Same<typeof zh.manner>;

export const outcome = {
  'nothing-found': 'Nothing found',
  finding: 'Finding',
  'not-reached': 'Merchant not met',
  'credit-fact': 'Recorded in its credit',
} satisfies Same<typeof zh.outcome>;

export const classes = { notRated: 'Not rated', pending: 'Pending (objection)' } satisfies Same<
  typeof zh.classes
>;

export const notes = {
  cut: 'Only the first {{shown}} rows',
  grades:
    'Grades are worked out by the centre each month under the published policy; one under objection is pending.',
  draw: 'Candidates, shares and seed give the same list again; the drawer and the witness are two people.',
  commended:
    'Made by Heshi from published grades; whoever was penalized in the time, or is under objection, is not on it.',
} satisfies Same<typeof zh.notes>;

export const text = {
  empty: 'No records',
  total: 'Total',
  colon: ': ',
  rule: '{{grade}} for {{months}} months up to {{month}}, without a penalty',
} satisfies Same<typeof zh.text>;
