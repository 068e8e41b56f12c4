export { FilePage } from './file-page.tsx';
export { RestorationPage } from './restoration-page.tsx';
export { RestorationsPage } from './restorations-page.tsx';
