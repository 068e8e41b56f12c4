export { DrawPage } from './draw-page.tsx';
export { InspectionsPage } from './inspections-page.tsx';
