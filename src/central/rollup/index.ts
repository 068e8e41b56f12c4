export { KEPT_WHERE_IT_HAPPENED, createDeltaSum } from './sum.ts';
export { ROLLUP_TABLES, type RollupTables, prepareDeltas, writeDeltas } from './write.ts';
