export { cardContent, cardNumber, readCardNumber } from './card.ts';
export {
  FreightRule,
  GiftRule,
  type MerchantCommitment,
  type PromiseGroup,
  StartRule,
  commitmentOn,
} from './commitments.ts';
export { MerchantCategory, type MerchantState } from './merchant.ts';
