export { answerOrCopy, type RollupAnswer, rollupAnswer } from './rollup.ts';
