export { VISIT_METRICS } from './metrics.ts';
