export const MERCHANT_FIELDS = [
  'name',
  'creditCode',
  'unitName',
  'category',
  'address',
  'contactName',
  'phone',
  'commitmentWindowDays',
] as const;
export type MerchantField = (typeof MERCHANT_FIELDS)[number];

export const COMPLAINT_FIELDS = [
  'externalNumber',
  'consumerName',
  'consumerPhone',
  'merchantName',
  'merchantAddress',
  'addressPart2',
  'addressPart3',
  'addressPart4',
  'addressPart5',
  'addressPart6',
  'industry',
  'object',
  'problem',
  'startedOn',
  'closedOn',
  'outcome',
  'satisfaction',
  'restitution',
] as const;
export type ComplaintField = (typeof COMPLAINT_FIELDS)[number];

/** What a till's list says of each return. */
export const RETURN_FIELDS = [
  'tillNumber',
  'shopName',
  'goodsName',
  'goodsCategory',
  'purchasedOn',
  'paid',
  'quantity',
  'requestedOn',
  'refunded',
  'refundedOn',
  'returnedQuantity',
  'proofNumber',
  'buyerName',
  'buyerPhone',
] as const;
export type ReturnField = (typeof RETURN_FIELDS)[number];

export type TargetField = MerchantField | ComplaintField | ReturnField;
