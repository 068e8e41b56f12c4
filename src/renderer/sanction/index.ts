export { SanctionSection } from './sanction-section.tsx';
