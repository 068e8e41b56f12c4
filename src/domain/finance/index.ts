export { type Beside, besideOf, type CheckedProducts, checkProducts } from './check-products.ts';
export {
  applyConsent,
  consentInForce,
  type ConsentStanding,
  consentStanding,
  type ConsentState,
  type WantedItem,
} from './consent.ts';
export {
  CONSENT_ITEMS,
  ConsentCapacity,
  ConsentItem,
  ConsentManner,
  type ConsentPayload,
  ConsentRecipient,
  consentSchemas,
  ConsentSigner,
  ConsentTerms,
} from './consent-events.ts';
export { CONSENT_WORDING, consentContent, consentNumber } from './consent-text.ts';
export { type CreditLinePayload, creditLineSchemas, type CreditLineState } from './credit-line.ts';
export { DEFAULT_PRODUCTS_VERSION, defaultProducts } from './default-products.ts';
export { financeCount } from './deltas.ts';
export { type FinanceFacts, financeFactsOf, standingRecords, type StandingRecords } from './facts.ts';
export {
  type FinancePayload,
  financeSchemas,
  type FinanceState,
  isWhitelisted,
  type WhitelistChange,
  WhitelistReason,
} from './merchant-finance.ts';
export { FINANCE_METRICS, type FinanceMetric } from './metrics.ts';
export { idOfMerchant, idsOfMerchant } from './own-id.ts';
export { type FinanceProduct, FinanceProducts, ProductRule, type RuleKind } from './products.ts';
export {
  type FinanceProductsState,
  lastProducts,
  type NumberedProducts,
  productsBefore,
  productsOn,
  productsSchemas,
} from './published-products.ts';
export { type Failing, type Qualification, qualify, type Scale, type WhatChanges } from './qualify.ts';
export { whitelistStep, type WhitelistStep } from './whitelist.ts';
