import { accept } from './accept.tsx';
import { appointAgent, endAgent } from './agent.tsx';
import { assign } from './assign.tsx';
import { challengeMediator, decideChallenge } from './challenge.tsx';
import { resumeClock, stopClock } from './clock.tsx';
import { close, recordSatisfaction } from './close.tsx';
import { applyForConfirmation } from './confirmation.tsx';
import { correct } from './correct.tsx';
import type { Step, StepContext, StepName } from './define-step.tsx';
import { fail, refuse, terminate, withdraw } from './end.tsx';
import { escalate } from './escalate.tsx';
import { handDown } from './hand-down.tsx';
import { joinUnit } from './join.tsx';
import { addNote } from './note.tsx';
import { recordInstalment, recordPerformance } from './performance.tsx';
import { reopen } from './reopen.tsx';
import { review } from './review.tsx';
import { recordSession } from './session.tsx';
import { settle } from './settle.tsx';
import { takeOver } from './take-over.tsx';
import { orderTesting, reportTesting } from './testing.tsx';
import { transfer } from './transfer.tsx';
import { answerViolation, reportViolation } from './violation.tsx';

export { STEP_GROUPS, type StepName } from './define-step.tsx';

/** Every step of a case under its own name: one that is missing or stands at another's place does not compile. */
export const STEPS: { readonly [Name in StepName]: Step<Name> } = {
  'case-accepted': accept,
  'case-refused': refuse,
  'session-recorded': recordSession,
  'case-settled': settle,
  'mediation-failed': fail,
  'case-withdrawn': withdraw,
  'mediation-terminated': terminate,
  'case-escalated': escalate,
  'case-handed-down': handDown,
  'case-transferred': transfer,
  'case-taken-over': takeOver,
  'case-reopened': reopen,
  'clock-stopped': stopClock,
  'clock-resumed': resumeClock,
  'case-corrected': correct,
  'agent-appointed': appointAgent,
  'agent-ended': endAgent,
  'mediator-challenged': challengeMediator,
  'challenge-decided': decideChallenge,
  'testing-ordered': orderTesting,
  'testing-reported': reportTesting,
  'unit-joined': joinUnit,
  'case-assigned': assign,
  'case-reviewed': review,
  'instalment-recorded': recordInstalment,
  'satisfaction-recorded': recordSatisfaction,
  'confirmation-applied': applyForConfirmation,
  'violation-reported': reportViolation,
  'violation-answered': answerViolation,
  'performance-recorded': recordPerformance,
  'case-closed': close,
  'note-added': addNote,
};

/**
 * The likely next step among those that may be taken, by the ranks that the steps declare; null when none is proposed.
 */
export function likelyStep<Name extends StepName>(
  offered: readonly Name[],
  context: StepContext,
): Name | null {
  let found: { step: Name; rank: number } | null = null;
  for (const step of offered) {
    const rank = STEPS[step].rank(context);
    if (rank !== null && (found === null || rank < found.rank)) found = { step, rank };
  }
  return found?.step ?? null;
}
