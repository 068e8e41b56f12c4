export { CharitiesPage } from './charities-page.tsx';
export { CharityPage } from './charity-page.tsx';
