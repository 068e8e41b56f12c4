import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const fileRule = {
  'empty-file': 'The file “{{file}}” is empty: there is nothing to import.',
  'too-large':
    'The file “{{file}}” is too large ({{megabytes}} MB); the limit is {{limit}} MB. Split it and import the parts.',
  'too-many-rows':
    'The file “{{file}}” has {{rows}} rows; the limit is {{limit}}. Split it and import the parts.',
  'too-many-columns': 'The file “{{file}}” has {{columns}} columns; the limit is {{limit}}.',
  'password-protected':
    'The file “{{file}}” is protected by a password. Save it without one, then import it.',
  'legacy-xls':
    'The file “{{file}}” is an old .xls workbook. Save it as .xlsx in Excel or WPS, then import it.',
  'html-file':
    'The file “{{file}}” is a web page inside, not a table. Open it in Excel or WPS, save it as .xlsx, then import it.',
  'damaged-xlsx': 'The file “{{file}}” is damaged and cannot be opened ({{detail}}).',
  'not-a-table': 'The file “{{file}}” is not a table. Choose an .xlsx or .csv file.',
  'not-text': 'The file “{{file}}” is neither text nor an .xlsx table.',
  undecodable:
    'The characters in line {{line}} of “{{file}}” cannot be read (UTF-8, UTF-16 and GB18030 are supported).',
  'damaged-utf-8': 'Line {{line}} of “{{file}}” holds damaged characters (UTF-8). Export the file again.',
  'unclosed-quote':
    'Quotes in row {{row}} of “{{file}}” do not pair, so that its contents cannot be told apart.',
  'no-header':
    'Row {{row}} of “{{file}}” looks like data: there is no header. Name the columns in the first row.',
  'no-rows': 'The file “{{file}}” has a header but no rows.',
} satisfies Same<typeof zh.fileRule>;

export const rule = {
  // mapping
  'unknown-target': 'There is no field “{{field}}”.',
  'column-missing': 'No column is chosen for “{{label}}”.',
  'column-out-of-range': 'Column {{number}}, chosen for “{{label}}”, is not in the file.',
  'column-used-twice': 'Column “{{column}}” is already used for “{{other}}” and cannot also be “{{label}}”.',
  'broken-quotes': 'A quote stands in the wrong place in this row; its cells cannot be trusted.',
  'too-many-cells':
    'This row has {{actual}} cells but the header has {{expected}}; its contents may have shifted.',
  'shifted-row': 'The contents of this row have shifted by one column ({{direction}}).',
  'total-row': 'This row is a total, not a record.',
  'duplicate-row': 'The number “{{value}}” is already used by row {{first}}.',
  required: '“{{label}}” must not be blank.',
  'too-long': '“{{label}}” has {{length}} characters; the limit is {{limit}}.',
  'bad-date': '“{{value}}” in “{{label}}” is not a valid date.',
  'ambiguous-date':
    'In “{{value}}” in “{{label}}”, day and month cannot be told apart; choose a date format.',
  'date-too-early':
    '“{{label}}” is {{value}}, before {{limit}}, when the Law on Protection of Consumer Rights took effect.',
  'date-in-future': '“{{label}}” is {{value}}, later than today ({{today}}).',
  'closed-before-start': '“{{label}}” is {{closed}}, before the start on {{started}}.',
  'not-closed':
    '“{{label}}” is blank: a complaint that is still open cannot be imported as a historical case.',
  'unknown-word': '“{{value}}” in “{{label}}” has no outcome yet; add it to the table of words.',
  'bad-amount': '“{{value}}” in “{{label}}” is not an amount of money.',
  'negative-amount': '“{{value}}” in “{{label}}” is negative.',
  'amount-too-large': '“{{value}}” in “{{label}}” is above the limit.',
  'bad-phone': '“{{value}}” in “{{label}}” is not a telephone number.',
  'bad-window': '“{{value}}” in “{{label}}” is not a number of days from 1 to 365.',
  'credit-code-length': '“{{value}}” in “{{label}}” has {{length}} characters; it must have 18.',
  'credit-code-character':
    '“{{value}}” in “{{label}}” holds a character that cannot stand there (I, O, S, V, Z and marks are never used; places 3 to 8 are figures).',
  'credit-code-check-digit': 'The check digit of “{{value}}” in “{{label}}” is wrong.',
} satisfies Same<typeof zh.rule>;

export const field = {
  row: 'Whole row',
  name: 'Merchant name',
  creditCode: 'Unified social credit code',
  unitName: 'Mall',
  category: 'Kind of operator',
  address: 'Address',
  contactName: 'Contact',
  phone: 'Telephone',
  commitmentWindowDays: 'Days for no-reason return',
  externalNumber: 'Complaint number',
  consumerName: 'Consumer',
  consumerPhone: "Consumer's telephone",
  merchantName: 'Respondent',
  merchantAddress: "Merchant's address",
  addressPart2: 'Address, part 2',
  addressPart3: 'Address, part 3',
  addressPart4: 'Address, part 4',
  addressPart5: 'Address, part 5',
  addressPart6: 'Address, part 6',
  industry: 'Industry',
  object: 'Goods or service',
  problem: 'Kind of dispute',
  startedOn: 'Start date',
  closedOn: 'Closing date',
  outcome: 'Result',
  satisfaction: 'Satisfaction',
  restitution: 'Restitution',
} satisfies Same<typeof zh.field>;

export const direction = {
  right: 'to the right',
  left: 'to the left',
} satisfies Same<typeof zh.direction>;

export const report = {
  row: 'Row',
  field: 'Field',
  rule: 'Rule',
  message: 'Reason',
} satisfies Same<typeof zh.report>;
