import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const message = {
  eligible:
    '{{merchant}}: for the record {{organ}} {{number}}, credit repair may be asked for from {{day}} on. Bring proof that its duties are done to the window, or file at your own desk. {{contact}}',
  open: '{{merchant}}: for the record {{organ}} {{number}}, credit repair may be asked for from {{day}} at the earliest; duties are open, or another record has to be dealt with first. {{contact}}',
  ends: '{{merchant}}: the record {{organ}} {{number}} is published until {{day}} and ends by itself; until then repair may be asked for. {{contact}}',
  'annual-report':
    '{{merchant}}: the annual report is due by {{day}}; whoever misses it is entered in the abnormal list. If it is filed, ignore this. {{contact}}',
  unreachable:
    '{{merchant}}: nobody was reached at the registered address. Unless it is changed by {{day}}, an entry in the abnormal list is to be expected: please get in touch. {{contact}}',
  contact: 'Questions: {{phone}}.',
} satisfies Same<typeof zh.message>;
