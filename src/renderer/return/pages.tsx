export { BetweenPage } from './between-page.tsx';
export { NewReturnPage } from './new-return-page.tsx';
export { ReturnPage } from './return-page.tsx';
export { ReturnsPage } from './returns-page.tsx';
