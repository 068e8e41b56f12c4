export { numbersAreAccounted } from './account.ts';
export { voidedByRevocation } from './lease.ts';
