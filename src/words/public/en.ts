import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const site = {
  name: 'Heshi',
  title: 'Public enquiry',
  skip: 'Skip to the text',
  other: '中文',
  languages: 'Language',
  foot: 'Made by the centre of the consumer dispute points. No login; it shows no name and no telephone of any consumer or contact.',
  home: 'Public enquiry',
} satisfies Same<typeof zh.site>;

export const home = {
  shop: "A shop's promise and grade",
  shopText: 'Scan the QR code on the card in the shop, or type the public code that stands on it.',
  shopCode: 'Public code',
  paper: 'Check a paper, or see how your case, return or credit repair stands',
  paperText:
    'Type the number and the check code of the paper. With a paper that was given to you alone, such as a receipt or a notice of acceptance, you also see how your case stands. Of a return, type its number and the code that the shop told you; of a credit repair, the number and the check code on the application.',
  number: 'Number of the paper',
  code: 'Check code',
  codeHint: 'Such as 0A1B-2C3D-4E5F, at the foot of each page and beside the QR code',
  look: 'Look up',
  check: 'Check',
} satisfies Same<typeof zh.home>;

export const shop = {
  at: 'At {{name}}',
  address: 'Address: {{address}}',
  day: 'day',
  days: 'days',
  within: 'Return without a reason within',
  andMore: '{{shops}} and others, {{count}} in all',
  from: 'For purchases from {{day}} · version {{version}}',
  until: 'This commitment ends on {{day}}; what was bought before still comes under it.',
  next: 'About to change: from {{day}}',
  none: 'No commitment to take goods back without a reason is in force',
  noneText: 'What the law says of returns, replacement and repair holds all the same.',
  ended:
    'The last commitment ended on {{day}}; what was bought before comes under that of the day of purchase.',
} satisfies Same<typeof zh.shop>;

export const plaque = {
  title: 'Priced-clearly street',
  hangs: 'This shop is on “{{street}}” and has had its plaque since {{on}}.',
  text: 'Plaques are granted by a checklist that follows the Provisions on Clearly Marked Prices and the Prohibition of Price Fraud, and taken down when a re-check fails.',
} satisfies Same<typeof zh.plaque>;

export const stations = {
  link: 'Rider-friendly stations',
  linkText: 'Where couriers and delivery riders can rest, drink water and charge.',
  title: 'Rider-friendly stations',
  text: 'Malls and business circles keep these stations for couriers and delivery riders.',
  none: 'No station is registered at present.',
  district: 'The whole district',
  place: 'Where',
  hours: 'Open',
  always: 'Day and night',
  from: '{{opens}} to {{closes}}',
  overnight: '{{opens}} to {{closes}} the next day',
  offers: 'Offers',
  note: 'Note',
  at: 'Kept by',
} satisfies Same<typeof zh.stations>;

export const card = {
  'in-force': 'The card that you scanned (version {{version}}) is genuine and in force',
  'to-come': 'The card that you scanned (version {{version}}) is genuine and holds from {{from}}',
  ended:
    'The card that you scanned (version {{version}}) was replaced or ended on {{until}}; this page holds',
  false:
    'The card that you scanned does not say what is on record; this page holds. Please tell the mall or circle',
} satisfies Same<typeof zh.card>;

export const grade = {
  title: 'Credit grade',
  points: '{{points}} points of {{highest}}',
  pointsAlone: '{{points}} points',
  month: 'For {{month}}, published on {{on}}',
  policy: 'Policy: {{name}}, version {{version}}',
  policyAlone: 'Policy version {{version}}',
  reasons: 'What cost most points',
  lost: '{{count}} points fewer',
  noReasons: 'Nothing cost points',
  byHand: 'Set by decision of the regulator until {{until}}; by its points it would be {{ofPoints}}.',
  pending: 'Pending',
  pendingText:
    'The merchant has objected to its grade. Until that is decided no grade is shown, which says nothing good or bad.',
  notRated: 'Not rated',
  notRatedText:
    '{{matters}} matters are known; from {{least}} on a merchant is rated. Not rated says nothing good or bad.',
  notRatedAlone: 'Too little is known for a grade. Not rated says nothing good or bad.',
  none: 'No grade published yet',
  noneText: 'No grade of this merchant was ever published, which says nothing good or bad.',
  reply: 'What the merchant says',
  replied: '{{on}}',
  sample: 'Grades are worked out by a published policy; the merchant may object.',
} satisfies Same<typeof zh.grade>;

export const paper = {
  title: 'Check of a paper',
  agrees: 'Number and check code agree',
  agreesText: 'This is what is on record. Please compare it with what the paper says.',
  kind: 'Paper',
  number: 'Number',
  issued: 'Issued on',
  unit: 'Issued by',
  signed: 'Signatures',
  isSigned: 'Signed',
  notSigned: 'No signature on record',
  card: 'Card of a return commitment',
  merchant: 'Merchant',
  version: 'Version',
  versionOf: 'Version {{version}}',
  holds: { 'in-force': 'In force', 'to-come': 'Not in force yet', ended: 'Ended', false: 'Does not agree' },
  standing: 'State',
  again: 'Check another',
} satisfies Same<typeof zh.paper>;

export const kinds = {
  receipt: 'Receipt for materials',
  'identity-notice': 'Notice to prove identity',
  'acceptance-notice': 'Notice of acceptance',
  'refusal-notice': 'Notice of refusal',
  'mediation-notice': 'Notice of mediation',
  'mediation-record': 'Record of mediation',
  'termination-notice': 'Notice of termination',
  'settlement-agreement': 'Settlement agreement',
  'mediation-agreement': 'Mediation agreement',
  'peoples-mediation-agreement': "People's mediation agreement",
  dossier: 'Case file',
  other: 'Paper',
} satisfies Same<typeof zh.kinds>;

export const matter = {
  title: 'Your case',
  number: 'Registered as',
  consumer: 'Consumer',
  merchant: 'Against',
  unit: 'Handled by',
  registered: 'Registered on',
  stage: 'Now',
  stages: {
    waiting: 'Registered, waits to be accepted',
    accepted: 'Accepted, in mediation',
    settled: 'Both sides agreed; the agreement is to be kept',
    performed: 'The agreement was kept',
    broken: 'The agreement was not kept',
    failed: 'Mediation came to no agreement',
    refused: 'Not accepted',
    withdrawn: 'Withdrawn',
    terminated: 'Mediation was ended',
  },
  closed: ' (closed)',
  next: 'Next date',
  due: {
    'first-contact': 'First contact by {{on}}',
    accept: 'Decision on acceptance by {{on}}',
    settle: 'To be dealt with by {{on}}',
    mediate: 'Mediation ends by {{on}}',
    perform: 'Agreement to be kept by {{on}}',
    close: 'To be closed by {{on}}',
  },
  provisional: ' (provisional until the holidays are announced)',
  nothing: 'No date is due at present',
} satisfies Same<typeof zh.matter>;

export const goodsBack = {
  title: 'Your return',
  stages: {
    requested: 'Asked for; the merchant has to decide',
    granted: 'Granted by the merchant',
    refused: 'Not granted by the merchant',
    disputed: 'Has become a dispute',
  },
  refund: 'Refund',
  refunded: '{{amount}} on {{on}}',
  ground: 'Ground',
  grounds: {
    'out-of-window': 'After the days that were promised',
    'excluded-goods': 'Goods that the promise does not cover',
    condition: 'The goods are not as the promise asks',
    'no-proof': 'No proof of purchase',
    'not-committed': 'No promise when it was bought',
    other: 'Another one',
  },
  decideBy: 'To be decided by {{on}}',
  goods: 'Goods',
  requested: 'Asked for on',
} satisfies Same<typeof zh.goodsBack>;

export const repairing = {
  title: 'Your application for credit repair',
  stage: 'Now',
  stages: {
    filed: 'Filed, waits for the window to reply',
    returned: 'Returned: something has to be handed in',
    accepted: 'Accepted, with the departments',
    answered: 'All departments have answered; waits to be submitted',
    submitted: 'Submitted to the publishing platform',
    concluded: 'Concluded',
    withdrawn: 'Withdrawn',
    expired: 'Ended with the publication itself',
  },
  number: 'Application',
  merchant: 'Applicant',
  window: 'Window',
  filed: 'Filed on',
  due: {
    reply: 'The window replies by {{at}}',
    opinion: 'Departments answer by {{at}}',
    completion: 'To be completed by {{at}}',
    submission: 'The window submits it by {{at}}',
    conclusion: 'The window concludes it by {{at}}',
    objection: 'The window answers the objection by {{at}}',
  },
  needed: 'What is missing',
  neededText: 'Hand it in where you filed the application, or at the window.',
  departments: 'Departments',
  count: '{{answered}} of {{asked}} have answered',
  answered: 'Has answered',
  waiting: 'Not answered yet',
  matters: 'What it is about',
  outcome: {
    'under-way': 'Under way',
    repaired: 'Repaired; published no more from {{on}}',
    expired: 'At its maximum; published no more from {{on}}',
    refused: 'Not repaired: {{reason}}',
  },
} satisfies Same<typeof zh.repairing>;

export const satisfaction = {
  title: 'Were you satisfied with how it was handled?',
  text: 'Asked once, to improve the work; it changes nothing in the case.',
  scores: {
    1: '1 very dissatisfied',
    2: '2 dissatisfied',
    3: '3 neither',
    4: '4 satisfied',
    5: '5 very satisfied',
  },
  comment:
    'In your own words (may stay empty, at most 500 characters; please no telephone or identity numbers)',
  send: 'Send',
  given: 'You answered: {{score}} of 5. Thank you!',
  thanks: 'Your answer has arrived. Thank you!',
} satisfies Same<typeof zh.satisfaction>;

export const trouble = {
  title: 'This cannot be shown',
  field: '{{field}}: {{rule}}',
  fields: {
    code: 'Code',
    number: 'Number of the paper',
    score: 'Satisfaction',
    text: 'Your own words',
    address: 'Address of the page',
    request: 'Request',
  },
  rules: {
    'public-code-malformed': 'a public code has 20 figures and letters; please scan it again or compare it',
    'public-code-unknown': 'no such public code is on record; please compare it, or ask at the mall',
    'public-code-old':
      'this is an old public code that was replaced. Please scan the card that is in the shop now',
    'number-missing': 'please fill in the number of the paper',
    'number-malformed': 'a number has 3 to 80 characters',
    'code-missing': 'please fill in the check code; the number alone proves nothing',
    'code-malformed': 'a check code has 12 figures and letters from A to F',
    'paper-unknown': 'no paper of this number is on record. Please compare it, or ask whoever issued it',
    'paper-code-differs':
      'this number is on record with another check code: mistyped, or the paper was changed. Please ask whoever issued it',
    'score-malformed': 'please choose from 1 to 5',
    'text-malformed': 'at most 500 characters, without control characters',
    'satisfaction-known': 'was answered before; it is asked once',
    'case-not-ended': 'the case has not ended; afterwards you can answer',
    'case-unknown': 'this paper is not one by which a case is looked up',
    'page-unknown': 'there is no such page',
    'request-malformed': 'this request cannot be read',
    'too-many': 'too many enquiries; please come back in {{seconds}} seconds',
    busy: 'the centre is busy; please come back in a moment',
    failed: 'something went wrong here, and was noted. Please come back later',
  },
} satisfies Same<typeof zh.trouble>;

export const discount = {
  title: 'Discounts of the Tianyi credit alliance',
  none: 'There is no discount at present.',
  percent: '{{share}}% off',
  amount: '{{amount}} off',
  amountOver: '{{amount}} off purchases of {{over}} or more',
  forWhom: 'For',
  askShop: 'ask the shop',
  period: 'When',
  until: 'until {{until}}',
  toCome: '{{from}} to {{until}}',
  checked:
    "Whether you qualify is checked by the district's credit centre, with your consent; the shop sees only yes or no, and never your credit points.",
} satisfies Same<typeof zh.discount>;

export const charity = {
  title: 'Public account of the Love Fund',
  text: 'The fund for riders, couriers and others in new kinds of employment: what was given, what was paid, what is left.',
  link: 'Account of the Love Fund',
  masked: 'Names of donors and of those who were helped are masked.',
  noFund: 'There is no Love Fund at present.',
  balance: 'Balance',
  donated: 'Given in all',
  paid: 'Paid in all',
  sum: '{{amount}} ({{count}})',
  donations: 'Donations',
  payouts: 'Payouts',
  none: 'None yet.',
  anonymous: 'anonymous',
  need: {
    illness: 'illness',
    accident: 'accident',
    hardship: 'hardship',
    schooling: "children's schooling",
    other: 'other',
  },
} satisfies Same<typeof zh.charity>;
