export { type AdminFact, type CentreLog, withCentreLog } from './facts.ts';
