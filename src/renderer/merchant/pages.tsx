export { CoveragePage } from './coverage-page.tsx';
export { MerchantPage } from './merchant-page.tsx';
export { MerchantsPage } from './merchants-page.tsx';
export { DuplicatesPage } from './register/duplicates-page.tsx';
