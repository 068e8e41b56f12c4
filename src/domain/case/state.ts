import type { Role } from '../event/event.ts';
import type { EvidenceItem } from '../evidence/reducer.ts';
import type {
  Claim,
  HistoricalOutcome,
  ObjectCategory,
  ProblemCategory,
  Satisfaction,
  CaseSource,
} from './codes.ts';
import type { CaseMerchant, Consumer, Settlement } from './events.ts';

/**
 * Where a case stands.
 * registered, escalated: wait for acceptance; accepted, mediating: in mediation;
 * settled: agreement awaits performance; failed, broken: may go up or be closed;
 * performed, refused, withdrawn, terminated: only closing is left; closed: the end.
 */
export const CASE_STATUSES = [
  'registered',
  'escalated',
  'accepted',
  'mediating',
  'settled',
  'performed',
  'broken',
  'failed',
  'refused',
  'withdrawn',
  'terminated',
  'closed',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** How a case ended, once it has; `failed` only when closed without going further up. */
export type CaseOutcome = HistoricalOutcome;

export type CaseState = {
  id: string;
  number: string;
  status: CaseStatus;
  historical: boolean;
  registeredAt: string;
  registeredPath: string;
  /** The one unit whose staff may change this case. */
  handlingPath: string;
  /** When the case came to the handling unit. */
  receivedAt: string;
  /** When the handling unit accepted it; null until it does. */
  acceptedAt: string | null;
  /** Every unit that handles or has handled it, in order, without repeats. */
  handledBy: string[];
  escalations: { fromPath: string; toPath: string; at: string; reason: string }[];
  consumer: Consumer;
  merchant: CaseMerchant;
  facts: { text: string; occurredOn: string; place?: string | undefined };
  category: { object: ObjectCategory; problem: ProblemCategory };
  amountFen: number | null;
  claims: Claim[];
  claimText?: string | undefined;
  consents: { publication: boolean; delegatedMediation: boolean };
  source: CaseSource;
  returnId: string | null;
  sessionCount: number;
  lastSessionOn: string | null;
  settlement: (Settlement & { at: string; byName: string; byRole: Role; unitPath: string }) | null;
  outcome: CaseOutcome | null;
  outcomeAt: string | null;
  closedAt: string | null;
  satisfaction: Satisfaction | null;
  /** Absent in cases from before evidence. */
  evidence?: EvidenceItem[] | undefined;
  /** Number of applied events; the optimistic check of commands. */
  revision: number;
};
