export { boardCases } from './deadlines.ts';
