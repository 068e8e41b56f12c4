import type * as chinese from './zh-CN.ts';

export default {
  title: 'Grades before the public',
  text: 'The public page of a shop always shows its promise; whether it shows the grade too is for the circle to decide.',
  shown: 'Public',
  hidden: 'Not public',
  by: '{{name}}: {{reason}}',
  never: 'Never decided; not public by default',
  show: 'Publish grades',
  hide: 'Stop publishing',
  of: '{{action}}: {{name}}',
  showTitle: 'Publish the grades of {{name}}',
  hideTitle: 'Stop publishing the grades of {{name}}',
  showText:
    'Once this has reached the centre, whoever scans the card in a shop sees grade, points, main reasons and what the merchant says.',
  hideText: 'Once this has reached the centre, public pages show the promise alone and no trace of a grade.',
  reason: 'Reason',
} satisfies Record<keyof typeof chinese.default, string>;

export const rules = {
  'publication-circle': 'Only circles decide whether grades are published',
  'publication-same': 'It is so already',
} satisfies Record<keyof typeof chinese.rules, string>;
