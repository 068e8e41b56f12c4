export { MerchantCategory, type MerchantCommitment, type MerchantState, commitmentOn } from './merchant.ts';
