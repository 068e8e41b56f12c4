export { summariesOf } from './list.ts';
export type { RestorationRow } from './projection.ts';
