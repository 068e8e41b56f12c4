export { PatrolPage } from './patrol-page.tsx';
export { StorefrontPage } from './storefront-page.tsx';
export { StreetPage } from './street-page.tsx';
export { StreetsPage } from './streets-page.tsx';
