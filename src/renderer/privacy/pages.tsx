export { ReceivePage } from './receive-page.tsx';
export { RequestPage } from './request-page.tsx';
export { RequestsPage } from './requests-page.tsx';
