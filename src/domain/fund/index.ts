export { FUND_METRICS } from './metrics.ts';
