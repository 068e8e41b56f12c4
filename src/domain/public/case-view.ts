import { type CaseState, type Deadline, mayAnswerSatisfaction } from '../case/index.ts';
import type { DocumentKind } from '../document/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { maskName, maskText } from '../kernel/text/index.ts';

/** Papers that go to the consumer alone: whoever holds one with its code is asked about the case, and answered. */
const CONSUMERS_PAPERS: ReadonlySet<DocumentKind> = new Set([
  'receipt',
  'identity-notice',
  'acceptance-notice',
  'refusal-notice',
]);

export function isConsumersPaper(kind: DocumentKind): boolean {
  return CONSUMERS_PAPERS.has(kind);
}

/** Where a case stands, in the words of who waits for it. */
export type CaseStage =
  | 'waiting'
  | 'accepted'
  | 'settled'
  | 'performed'
  | 'broken'
  | 'failed'
  | 'refused'
  | 'withdrawn'
  | 'terminated';

/** What a consumer reads of their own case: masked, and nothing of anybody else but the business and the unit. */
export type CaseView = {
  number: string;
  /** The first character of the name, so that they know it is theirs. */
  consumer: string;
  merchant: string;
  unitName: string;
  registeredOn: string;
  stage: CaseStage;
  closed: boolean;
  /** What is due next, and on which day; null where nothing is. */
  next: { kind: Deadline['kind']; on: string; provisional: boolean } | null;
  /** `open`: the question is asked; otherwise the answer that was given, or null before the end. */
  satisfaction: 'open' | { score: number } | null;
};

const STAGES: Record<CaseState['status'], CaseStage | 'by-outcome'> = {
  registered: 'waiting',
  escalated: 'waiting',
  'handed-down': 'waiting',
  transferred: 'waiting',
  'taken-over': 'waiting',
  accepted: 'accepted',
  mediating: 'accepted',
  settled: 'settled',
  performed: 'performed',
  broken: 'broken',
  failed: 'failed',
  refused: 'refused',
  withdrawn: 'withdrawn',
  terminated: 'terminated',
  closed: 'by-outcome',
};

function stageOf({ status, outcome }: Pick<CaseState, 'status' | 'outcome'>): CaseStage {
  const stage = STAGES[status];
  if (stage !== 'by-outcome') return stage;
  switch (outcome) {
    case 'refused':
    case 'withdrawn':
    case 'terminated':
    case 'failed':
      return outcome;
    default:
      return 'performed';
  }
}

/** What the consumer of a case is told of it. */
export function caseView(state: CaseState, deadline: Deadline | null, unitName: string): CaseView {
  const { answer } = state;
  return {
    number: state.number,
    consumer: maskName(state.consumer.name),
    merchant: maskText(state.merchant.name, [
      state.consumer.name,
      ...(state.merchant.contact === undefined ? [] : [state.merchant.contact]),
    ]),
    unitName,
    registeredOn: businessDay(state.registeredAt),
    stage: stageOf(state),
    closed: state.status === 'closed',
    next: deadline
      ? { kind: deadline.kind, on: businessDay(deadline.dueAt), provisional: deadline.provisional }
      : null,
    satisfaction: answer ? { score: answer.score } : mayAnswerSatisfaction(state) ? 'open' : null,
  };
}
