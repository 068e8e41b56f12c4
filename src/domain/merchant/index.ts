export { checkCreditCode, normaliseCode, positionsText } from './codes.ts';
export { type MerchantCommitment, commitmentOn } from './commitments.ts';
export { identityVersion, MerchantCategory } from './fields.ts';
export type { MerchantState } from './merchant.ts';
export { updateByRoster } from './roster.ts';
