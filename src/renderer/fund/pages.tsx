export { FundPage } from './fund-page.tsx';
export { FundsPage } from './funds-page.tsx';
export { PolicyPage } from './policy-page.tsx';
