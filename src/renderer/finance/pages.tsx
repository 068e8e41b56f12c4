export { ConsentPage } from './consent-page.tsx';
export { ConsentedDetailPage } from './consented-detail-page.tsx';
export { ConsentedPage } from './consented-page.tsx';
