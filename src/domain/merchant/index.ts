export { cardContent, cardNumber, readCardNumber } from './card.ts';
export { checkCreditCode, normaliseCode, positionsText } from './codes.ts';
export {
  FreightRule,
  GiftRule,
  type MerchantCommitment,
  type PromiseGroup,
  StartRule,
  commitmentOn,
  openProposal,
} from './commitments.ts';
export { identityVersion, MerchantCategory } from './fields.ts';
export type { MerchantState } from './merchant.ts';
export { noticeDays } from './notice.ts';
export {
  PUBLIC_CODE_BYTES,
  PublicCode,
  publicCodeFrom,
  publicCodeOf,
  readPublicCode,
} from './public-code.ts';
export { updateByRoster } from './roster.ts';
