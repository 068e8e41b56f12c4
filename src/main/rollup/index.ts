export { type RollupAnswer, rollupAnswer } from './rollup.ts';
