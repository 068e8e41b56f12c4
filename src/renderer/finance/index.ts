export { FinanceSection } from './finance-section.tsx';
