import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const fileRule = {
  'empty-file': 'The file “{{file}}” is empty: there is nothing to import.',
  'too-large':
    'The file “{{file}}” is too large ({{megabytes}} MB); the limit is {{limit}} MB. Split it and import the parts.',
  'too-many-rows': 'The file “{{file}}” has more than {{limit}} rows. Split it and import the parts.',
  'unpacks-too-far':
    'The file “{{file}}” unfolds to more than {{ratio}} times its size, which no register does; it was not read. Open it in Excel or WPS, save it as .xlsx, then import it.',
  'took-too-long':
    'Reading the file “{{file}}” was stopped after {{seconds}} seconds. Split it and import the parts.',
  'needs-too-much-memory':
    'Reading the file “{{file}}” needs too much memory and was stopped. Split it and import the parts.',
  'sheet-missing': 'The file “{{file}}” does not have the sheets that were chosen, or nothing is in them.',
  'too-many-columns': 'The file “{{file}}” has {{columns}} columns; the limit is {{limit}}.',
  'password-protected':
    'The file “{{file}}” is protected by a password. Save it without one, then import it.',
  'legacy-xls':
    'The file “{{file}}” is an old .xls or .et workbook that cannot be read. Save it as .xlsx in Excel or WPS, then import it.',
  'unreadable-ods':
    'The file “{{file}}” is an .ods table that is damaged or too large. Save it as .xlsx in LibreOffice or WPS, then import it.',
  'html-file':
    'The file “{{file}}” is a web page inside, not a table. Open it in Excel or WPS, save it as .xlsx, then import it.',
  'damaged-xlsx': 'The file “{{file}}” is damaged and cannot be opened ({{detail}}).',
  'not-a-table': 'The file “{{file}}” is not a table. Choose an .xlsx, .xls, .ods or .csv file.',
  'not-text': 'The file “{{file}}” is neither text nor an .xlsx table.',
  undecodable:
    'The characters in line {{line}} of “{{file}}” cannot be read (UTF-8, UTF-16 and GB18030 are supported).',
  'foreign-encoding':
    'The characters of “{{file}}” seem to be encoded as {{encoding}}; read as GB18030 they make no sense. Save it as UTF-8 or as .xlsx, then import it.',
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
  'repeated-header': 'This row repeats the header and is no record.',
  'number-cut':
    '“{{value}}” in “{{label}}” was cut short by a spreadsheet; its last figures are lost. Format the column as text and enter the number again.',
  'spreadsheet-error': '“{{value}}” in “{{label}}” is an error of the spreadsheet and says nothing.',
  'formula-without-result':
    '“{{label}}” is the formula “{{value}}”, and the file does not hold its result. Open and save it in Excel or WPS, then import it.',
  'damaged-text': '“{{value}}” in “{{label}}” came damaged; the original text is lost.',
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
  'credit-code-none': '“{{value}}” in “{{label}}” is no code.',
  'credit-code-too-long': '“{{value}}” in “{{label}}” has {{length}} characters; a code has 18.',
  'refund-above-paid': '“{{label}}” is {{value}} yuan, more than the {{paid}} yuan that were paid.',
  'refunds-above-paid':
    'From row {{first}} on, {{value}} yuan are refunded of one item of one receipt, more than the {{paid}} yuan that were paid.',
  'returned-above-bought': '“{{label}}” is {{value}}, more than the {{bought}} that were bought.',
  'bad-count': '“{{value}}” in “{{label}}” is not a quantity.',
  'before-purchase': '“{{label}}” is {{value}}, before the purchase on {{purchased}}.',
  'refund-before-request': '“{{label}}” is {{value}}, before the request on {{requested}}.',
  'till-line-differs': '“{{value}}” in “{{label}}” is that of row {{first}}, which says something else.',
  'shop-missing': 'No merchant is registered at this unit, to whom the return would belong.',
  'shop-needed': 'There are {{count}} merchants at this unit; the row has to say which.',
  'shop-unknown': 'No merchant of this unit is called “{{value}}”.',
} satisfies Same<typeof zh.rule>;

export const note = {
  'address-blank': '“{{label}}” is blank.',
  'credit-code-doubtful':
    '“{{value}}” in “{{label}}” looks wrong: compare places {{positions}}. Confirmed, it is imported as it stands.',
  'credit-code-wrong-length':
    '“{{value}}” in “{{label}}” has {{length}} characters; it should have 18. Confirmed, it is imported as it stands.',
  'earlier-number':
    '“{{value}}” in “{{label}}” is a 15-digit registration number, kept as an earlier number.',
  'category-assumed': '“{{label}}” does not tell the kind of operator; counted as other.',
  'category-blank': '“{{label}}” is blank; counted as other.',
  'category-unknown': '“{{value}}” in “{{label}}” belongs to no category; counted as other.',
  'satisfaction-blank': '“{{label}}” is blank; counted as not rated.',
  'satisfaction-unknown': '“{{value}}” in “{{label}}” is no rating; counted as not rated.',
  'same-till-line': 'The return number “{{value}}” is that of row {{first}}; it is one return.',
  'return-waits': '“{{label}}” is blank: the return is registered and waits for a decision.',
  'goods-blank': '“{{label}}” is blank; counted as other goods.',
  'goods-unknown': '“{{value}}” in “{{label}}” is no kind of goods known here; counted as other goods.',
  'same-as-earlier-row': 'The same as an earlier row in every respect; each counts.',
  'no-value': '“{{value}}” in “{{label}}” is a formula or an error without a result; left blank.',
  damaged: '“{{value}}” in “{{label}}” came damaged and is kept as it is; please check.',
  'left-out': '“{{value}}” in “{{label}}” is too long and seems to be a remark; left out.',
  'odd-name': '“{{value}}” in “{{label}}” does not look like the name of a merchant; please check.',
  'no-phone': '“{{value}}” in “{{label}}” is not a telephone number; left blank.',
  'phone-several': '“{{value}}” in “{{label}}” holds several numbers; the first, {{phone}}, is kept.',
  'phone-extension': '“{{value}}” in “{{label}}” has an extension; {{phone}} is kept.',
  'phone-remark': '“{{value}}” in “{{label}}” has a remark beside it; {{phone}} is kept.',
  'phone-zero-restored': '“{{value}}” in “{{label}}” has lost the 0 before its area code; read as {{phone}}.',
  'day-assumed': '“{{value}}” in “{{label}}” names no year; read as {{day}}, please check.',
  'amount-merged':
    '“{{label}}” is merged with the cell above; the amount {{value}} counts once, in the first row.',
  'amount-approximate': '“{{value}}” in “{{label}}” is not exact; counted as {{yuan}} yuan.',
  'amount-rounded': '“{{value}}” in “{{label}}” was rounded to {{yuan}} yuan.',
  'amount-remark': '“{{value}}” in “{{label}}” has a remark beside it; counted as {{yuan}} yuan.',
  'amount-unit': '“{{label}}” is in units of {{unit}}; “{{value}}” is counted as {{yuan}} yuan.',
} satisfies Same<typeof zh.note>;

export const remark = {
  'sheet-not-read': 'The sheet “{{sheet}}” ({{rows}} rows) was not read.',
  'hidden-sheet-not-read': 'The hidden sheet “{{sheet}}” ({{rows}} rows) was not read.',
  'column-not-used':
    'Column {{number}}, “{{header}}”, is not used: “{{label}}” is taken from column {{other}}.',
  'title-unit': 'A line above the header gives {{unit}} as the unit; amounts without one count in it.',
  'title-unit-of-sheet': 'The sheet “{{sheet}}” gives {{unit}} as its unit; amounts without one count in it.',
} satisfies Same<typeof zh.remark>;

export const field = {
  row: 'Whole row',
  name: 'Merchant name',
  creditCode: 'Unified social credit code',
  aliases: 'Earlier numbers',
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
  tillNumber: 'Return number',
  shopName: 'Shop',
  goodsName: 'Goods',
  goodsCategory: 'Kind of goods',
  purchasedOn: 'Purchased on',
  paid: 'Amount paid',
  quantity: 'Quantity bought',
  requestedOn: 'Requested on',
  refunded: 'Amount refunded',
  refundedOn: 'Refunded on',
  returnedQuantity: 'Quantity returned',
  proofNumber: 'Receipt number',
  buyerName: 'Consumer',
  buyerPhone: "Consumer's telephone",
} satisfies Same<typeof zh.field>;

export const moneyUnit = { '3': '1,000 yuan', '4': '10,000 yuan', '8': '100 million yuan' } satisfies Same<
  typeof zh.moneyUnit
>;

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
