export { creditIsWhole, makeCreditAnew } from './anew.ts';
export { policyFor, topUnit } from './policies.ts';
export { gradeLastMonth, gradeWanted } from './grades.ts';
