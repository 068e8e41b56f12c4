export { bookDocumentNumber, freeDocumentNumbers, peekDocumentNumber } from './held.ts';
export { keepFormerDevice } from './lost-leases.ts';
