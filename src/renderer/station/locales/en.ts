import type * as chinese from './zh-CN.ts';

export default {
  nav: 'Rider stations',
  title: 'Rider-friendly stations',
  label: 'Stations',
  text: 'Stations stand on the public page of the centre by business circle, where anybody reads them.',
  none: 'No station is registered yet',
  open: 'Register a station',
  change: 'Change',
  close: 'Close',
  changeOf: 'Change {{name}}',
  closeOf: 'Close {{name}}',
  closed: 'Closed on {{on}}: {{reason}}',
  always: 'Day and night',
  hours: '{{opens}} to {{closes}}',
  overnight: '{{opens}} to {{closes}} the next day',
  column: { name: 'Station', unit: 'Unit', place: 'Where', hours: 'Open', offers: 'Offers', steps: 'Steps' },
  field: {
    name: 'Name',
    unit: 'Unit',
    place: 'Where',
    placeHint: 'So that a rider finds it, such as “beside the desk on the ground floor”.',
    opens: 'Opens',
    closes: 'Closes',
    timeHint: 'Such as 09:00; the same time twice means day and night.',
    offers: 'Offers',
    note: 'Note',
    noteHint: 'Such as the price of a meal. No personal telephone numbers, please.',
    on: 'Closed on',
    reason: 'Reason',
  },
} satisfies typeof chinese.default;

export const rules = {
  'station-exists': 'This station is there already',
  'station-missing': 'There is no such station',
  'station-closed': 'This station is closed',
  'station-closed-before': 'Not before it was registered on {{day}}',
  'station-time': 'Type a time such as 09:00',
  'station-offer-unknown': 'There is no offer “{{offer}}”',
  'station-offer-twice': 'An offer is chosen twice',
  'station-unit-level': 'A station belongs to a mall, a circle or the district',
} satisfies typeof chinese.rules;
