import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/**
 * What is counted of applications for credit repair: all at the merchant's unit; by department or by window too, whoever did it. To add a
 * metric, add a line with the next id that no capability has given.
 */
export const RESTORATION_METRICS = [
  { id: 56, name: 'restorations-filed' },
  { id: 57, name: 'restorations-accepted' },
  { id: 58, name: 'restorations-accepted-in-time' },
  // Each answer of a department, also one that misses something.
  { id: 59, name: 'restoration-opinions' },
  { id: 60, name: 'restoration-opinions-in-time' },
  // Working days from the question to the answer, of all of them; with the number of answers the average.
  { id: 61, name: 'restoration-opinion-days' },
  { id: 62, name: 'restorations-returned' },
  // By matter.
  { id: 63, name: 'restoration-matters-refused' },
  { id: 64, name: 'restoration-matters-repaired' },
  { id: 65, name: 'restorations-concluded' },
  // Working days from filing to the last outcome, of all of them.
  { id: 66, name: 'restoration-days' },
  { id: 67, name: 'restorations-withdrawn' },
  { id: 68, name: 'restoration-objections' },
  { id: 69, name: 'restoration-objections-in-time' },
  // Office minutes, rounded down, of all acceptances.
  { id: 70, name: 'restoration-reply-minutes' },
  // Ended without an outcome because publication ended by itself: applications of which no matter is left, and matters.
  { id: 71, name: 'restorations-expired' },
  { id: 72, name: 'restoration-matters-expired' },
  // Each time that the window accepted or gave back what was filed or completed; how long it took stands in the dimension `reply`.
  { id: 98, name: 'restoration-replies' },
  { id: 99, name: 'restoration-replies-in-time' },
  // Each question to a department, once more where it is to answer again.
  { id: 100, name: 'restoration-asks' },
  // Answers that miss something; of the others, those that refuse something.
  { id: 101, name: 'restoration-opinions-incomplete' },
  { id: 102, name: 'restoration-opinions-refused' },
] as const satisfies readonly MetricDeclaration[];
export type RestorationMetric = (typeof RESTORATION_METRICS)[number]['name'];
