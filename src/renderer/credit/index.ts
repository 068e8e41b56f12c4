export { CreditSection } from './credit-section.tsx';
export { toneOf, useCreditWords } from './words.ts';
