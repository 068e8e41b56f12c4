export { PlaqueSection } from './plaque-section.tsx';
