export { GuidanceSection } from './guidance-section.tsx';
