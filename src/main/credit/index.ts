export { listCredits } from './list.ts';
