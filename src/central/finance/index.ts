export { evaluateFinance, evaluateMerchant, keepWhitelist } from './evaluate.ts';
export { consentsOf, judge, type KnownMerchant, knownMerchants, measureOf } from './known.ts';
