export {
  type NumberHolding,
  NumberPattern,
  countNumbers,
  formatDocumentNumber,
  numberSchemas,
} from './numbers.ts';
