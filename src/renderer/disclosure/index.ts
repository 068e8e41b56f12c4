export { DisclosureSection } from './disclosure-section.tsx';
