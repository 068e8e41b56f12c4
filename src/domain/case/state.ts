import type { IssuedDocument } from '../document/index.ts';
import type { ErasureCause } from '../kernel/event/erasure.ts';
import type { Role } from '../kernel/event/event.ts';
import type { EvidenceItem } from '../evidence/index.ts';
import type {
  ClockStopCause,
  HandDownPurpose,
  HistoricalOutcome,
  ViolationResult,
  Satisfaction,
  CaseSource,
} from './codes.ts';
import type { CaseMerchant, CasePayload, Consumer, Settlement } from './events.ts';

/** Who works on a case, and since when. */
export type Assignee = { staffId: string; name: string; at: string };

/** What a look at a closed case came to. */
export type Review = CasePayload<'case-reviewed'> & {
  at: string;
  byName: string;
  unitPath: string;
};

/**
 * Where a case stands.
 * registered, escalated, handed-down, transferred, taken-over: wait for acceptance; accepted, mediating: in mediation;
 * settled: agreement awaits performance; failed, broken: may go up or be closed;
 * performed, refused, withdrawn, terminated: only closing is left; closed: the end.
 */
export const CASE_STATUSES = [
  'registered',
  'escalated',
  'handed-down',
  'transferred',
  'taken-over',
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
/** A unit has the case and has not yet said whether it takes it. */
export const WAITING_STATUSES = [
  'registered',
  'escalated',
  'handed-down',
  'transferred',
  'taken-over',
] as const;

export type CaseStatus = (typeof CASE_STATUSES)[number];

/** How a case ended, once it has; `failed` only when closed without going further up. */
export type CaseOutcome = HistoricalOutcome;

/** The clock stood from one instant to another; `to` is null while it stands. */
export type ClockStop = { cause: ClockStopCause; from: string; to: string | null };

/** A violation that a complaint also reports, and what its check came to; `answer` is null while it goes on. */
export type Violation = {
  at: string;
  text: string;
  answer: { at: string; result: ViolationResult; text: string } | null;
};

export type CaseState = {
  id: string;
  number: string;
  status: CaseStatus;
  historical: boolean;
  registeredAt: string;
  registeredPath: string;
  /** The version of the procedure it began under; absent is the shipped one, 1. */
  procedure?: number | undefined;
  /** The one unit whose staff may change this case. */
  handlingPath: string;
  /** When the case came to the handling unit. */
  receivedAt: string;
  /** When the handling unit accepted it; null until it does. */
  acceptedAt: string | null;
  /** Every unit that handles or has handled it, in order, without repeats. */
  handledBy: string[];
  /** Ways up, in order; `taken-over` where the unit above took the case itself. */
  escalations: {
    fromPath: string;
    toPath: string;
    at: string;
    reason: string;
    kind?: 'taken-over' | undefined;
  }[];
  /** Ways back down, in order; absent before the first. */
  handDowns?:
    | { fromPath: string; toPath: string; at: string; purpose: HandDownPurpose; reason: string }[]
    | undefined;
  /** Ways sideways, in order; absent before the first. */
  transfers?: { fromPath: string; toPath: string; at: string; reason: string }[] | undefined;
  /** The second track: a violation reported with the complaint, which no end of the mediation ends. */
  violation?: Violation | undefined;
  /** Agents who act for a party now. */
  agents?: CasePayload<'agent-appointed'>[] | undefined;
  /** Challenges of a mediator; `decision` is null until one is made. */
  challenges?:
    | (CasePayload<'mediator-challenged'> & {
        at: string;
        decision: (CasePayload<'challenge-decided'> & { at: string }) | null;
      })[]
    | undefined;
  /** Tests and appraisals; `report` is null until it is in. */
  testings?:
    | (CasePayload<'testing-ordered'> & { at: string; report: CasePayload<'testing-reported'> | null })[]
    | undefined;
  /** Units that sit in at joint sessions. */
  joinedUnits?: string[] | undefined;
  /** Instalments paid so far, in order. */
  instalmentsKept?: { on: string }[] | undefined;
  /** The application for judicial confirmation. */
  confirmation?: CasePayload<'confirmation-applied'> | undefined;
  /** Who of the handling unit works on it; nobody where it is absent. */
  assignee?: Assignee | undefined;
  /** Reviews after closing, in order; absent before the first. */
  reviews?: Review[] | undefined;
  /** When the clock of the handling unit stood; absent when it never did there. */
  clockStops?: ClockStop[] | undefined;
  consumer: Consumer;
  merchant: CaseMerchant;
  facts: { text: string; occurredOn: string; place?: string | undefined };
  category: { object: string; problem: string };
  amountFen: number | null;
  claims: string[];
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
  /** What the consumer answered by themselves; absent until they do. */
  answer?: (CasePayload<'satisfaction-answered'> & { at: string }) | undefined;
  /** When what was personal in it was erased, and why; absent while it is there. */
  erased?: { at: string; cause: ErasureCause };
  /** Absent in cases from before evidence. */
  evidence?: EvidenceItem[] | undefined;
  /** Numbered documents in the order of issue; none for a case that has none. */
  documents?: IssuedDocument[] | undefined;
  /** Number of applied events; the optimistic check of commands. */
  revision: number;
};
