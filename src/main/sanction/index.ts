export { sanctionsByMerchant, sanctionsOf } from './others.ts';
