export { waitingReturns } from './waiting.ts';
