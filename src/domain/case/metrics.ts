import type { MetricDeclaration } from '../kernel/event/deltas.ts';

/** What is counted of cases. To add a metric, add a line with the next id that no capability has given. */
export const CASE_METRICS = [
  { id: 1, name: 'registered' },
  { id: 2, name: 'accepted' },
  { id: 3, name: 'refused' },
  { id: 4, name: 'settled' },
  /** Settled at level 1 or 2 without ever having been escalated. */
  { id: 5, name: 'settled-at-source' },
  /** One failed mediation; a case may fail at several levels. */
  { id: 6, name: 'mediation-failed' },
  /** Ended without agreement after a failed mediation, not taken further up. */
  { id: 7, name: 'ended-failed' },
  { id: 8, name: 'withdrawn' },
  { id: 9, name: 'terminated' },
  { id: 10, name: 'transferred' },
  /** Settled, ended-failed, withdrawn or terminated: the base of the settlement rate. */
  { id: 11, name: 'concluded' },
  /** A settled case whose agreement was broken and which went up again. */
  { id: 12, name: 'reopened' },
  { id: 13, name: 'escalated-in' },
  { id: 14, name: 'escalated-out' },
  /** Escalated into a unit of the regulator. */
  { id: 15, name: 'reached-regulator' },
  { id: 16, name: 'deadline-breached' },
  { id: 17, name: 'performed' },
  { id: 18, name: 'broken' },
  { id: 19, name: 'closed' },
  { id: 20, name: 'satisfied' },
  { id: 21, name: 'dissatisfied' },
  /** Fen recovered for consumers by settlements. */
  { id: 22, name: 'recovered-fen' },
] as const satisfies readonly MetricDeclaration[];
export type CaseMetric = (typeof CASE_METRICS)[number]['name'];
