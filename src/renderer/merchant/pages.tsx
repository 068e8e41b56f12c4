export { MerchantPage } from './merchant-page.tsx';
export { MerchantsPage } from './merchants-page.tsx';
