export { AlliancePage } from './alliance-page.tsx';
export { AllianceShopPage } from './shop-page.tsx';
