export { type AdminFact, withCentreLog } from './facts.ts';
