export { creditIsWhole, makeCreditAnew } from './anew.ts';
export { gradeLastMonth, gradeWanted } from './grades.ts';
