export { sanctionsOf } from './others.ts';
