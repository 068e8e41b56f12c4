import type * as chinese from './zh-CN.ts';

export default {
  title: 'Told to others',
  text: 'The centre has answered {{count}} times to bodies that hold a token; each answer stands here. No personal data is given.',
  at: 'When',
  who: 'To whom, what for',
  said: 'What was said',
  reads: {
    title: 'Told and refused under consent',
    text: "Banks have asked {{count}} times by the merchant's consent; each answer and refusal stands here.",
    told: 'Told',
    refused: 'Refused (no consent in force)',
    what: 'Data',
  },
  scope: { 'grades.read': 'grade only', 'points.read': 'grade, points and reasons' },
  state: { 'not-rated': 'Not rated', pending: 'Pending (objection)' },
} satisfies typeof chinese.default;

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'disclosure-exists': 'This answer is recorded already',
  'disclosure-reference': 'A reference has 1 to 40 letters, figures or hyphens',
} satisfies typeof chinese.rules;
