import { figures } from '../../../words/shop/en.ts';
import type * as chinese from './zh-CN.ts';

export default {
  title: 'My shop',
  merchant: 'Merchant',
  noMerchant: 'No merchant is registered at this unit yet',
  noMerchantText:
    'Ask the mall or the circle to register the shop as a merchant; its commitment, grade and monthly sheet then stand here.',
  returns: {
    title: 'Returns',
    label: "Returns to decide, and today's",
    keys: 'J and K move, G grants, R refuses',
    none: 'No returns today',
    noneText: "Returns to decide and today's returns stand here.",
    number: 'Number',
    goods: 'Goods',
    consumer: 'Consumer',
    verdict: 'Commitment',
    due: 'Decide by',
    act: 'Decision',
    grant: 'Grant, refund {{amount}}',
    of: '{{action}} · {{number}}',
    refuse: 'Refuse',
    more: '{{count}} more to decide',
    granted: '{{number}} granted, {{amount}} to be refunded; saved on this device',
    refund: 'By the original route, today',
  },
  undo: {
    undo: 'Undo',
    held: 'It has not left this workstation and can be undone at any time',
    leaves: '{{seconds}} s left to undo',
    done: 'Undone',
  },
  disputes: {
    title: 'Disputes at first contact',
    text: 'An answer within its hours counts as “First answer in time” in the grade.',
    label: 'Disputes at first contact',
    none: 'No dispute waits for a first answer',
    more: '{{count}} more',
  },
  promise: {
    title: 'My commitment',
    none: 'No commitment yet',
    noneText:
      'No-reason return is voluntary offline; propose a commitment, and the mall or the circle confirms it.',
    days: '{{days}} days, no reason needed',
    version: 'Version {{version}}',
    since: 'From {{from}}',
    until: 'From {{from}}, ending {{to}} (what is bought before that is still honoured)',
    coming: 'Version {{version}} from {{from}}: {{days}} days',
    proposed: 'A proposal waits to be confirmed',
    notice: 'An end, or less than before, has to be announced {{days}} days ahead',
    open: 'See it and print the card',
  },
  credit: {
    title: 'My grade',
    none: 'Not graded yet',
    noneText: 'The centre grades by the month.',
    points: '{{points}} of {{highest}} points',
    month: 'Graded for {{month}}',
    notRated: 'Not rated: {{matters}} matters are known, {{least}} are needed',
    pending: {
      objection: 'An objection is pending; no new grade is given until it is decided',
      correction: 'What it rests on has changed; it is being worked out anew',
    },
    notice: 'Told on {{day}}',
    filing: 'Objections until {{day}}',
    helps: 'What would help most',
    gain: '{{count}} points for one more',
    gainLess: 'Less than a point for one more',
    better: '{{count}} more lead to {{grade}}',
    far: 'This alone does not lead to a better grade within 20',
    open: '{{count}} open now',
    noHelps: 'Every item has all its points',
    details: 'Explanation, objections and what-if',
  },
  sheet: {
    title: 'Monthly sheet',
    month: 'Month',
    item: 'Item',
    value: 'This month',
    label: 'Figures of {{month}}',
  },
  figures,
} satisfies typeof chinese.default;

/** Words for the rules of this room alone, among those of all rooms. */
export const rules = {
  'return-undo-too-late':
    'This decision has been sent, or something was recorded after it: it cannot be undone',
} satisfies typeof chinese.rules;
