export { type MerchantCommitment, commitmentOn } from './commitments.ts';
export { MerchantCategory, type MerchantState } from './merchant.ts';
