import { type } from '@orpc/contract';
import { z } from 'zod';
import type { CaseSource, Instrument } from '../../domain/case/codes.ts';
import type { Deadline } from '../../domain/case/deadline.ts';
import { Registration, schemaOf } from '../../domain/case/events.ts';
import type { FollowUp } from '../../domain/case/follow-up.ts';
import type { CaseStep } from '../../domain/case/reducer.ts';
import type { Review } from '../../domain/case/state.ts';
import { CASE_STATUSES, type CaseState, type CaseStatus } from '../../domain/case/state.ts';
import type { ReturnStatus } from '../../domain/return/index.ts';
import type { FieldChange } from '../../domain/kernel/event/change.ts';
import type { Role } from '../../domain/kernel/event/event.ts';
import { Code } from '../../domain/procedure/index.ts';
import { type Capability, IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, capableBy, FormId, Page } from './base.ts';

/** A case as a list shows it: the consumer's phone masked. */
export type CaseSummary = {
  id: string;
  number: string;
  status: CaseStatus;
  historical: boolean;
  consumerName: string;
  consumerPhoneMasked: string;
  merchantName: string;
  object: string;
  problem: string;
  amountFen: number | null;
  handlingPath: string;
  handlingName: string;
  registeredAt: string;
  updatedAt: string;
  deadline: Deadline | null;
  /** True when this workstation's unit handles it. */
  mine: boolean;
  /** Facts of this case that the centre has not confirmed. */
  waiting: number;
  source: CaseSource;
  /** Who of the handling unit works on it. */
  assigned: Holder | null;
  /** What the last review after closing said. */
  review: Review['result'] | null;
};

export type TimelineEntry = {
  eventId: string;
  type: string;
  version: number;
  at: string;
  actorName: string;
  /** Also a role that only a newer release knows. */
  actorRole: string;
  unitPath: string;
  unitName: string;
  payload: unknown;
  /** Where a move went. */
  toName: string | null;
  /** What a correction replaced, personal numbers masked. */
  changes?: FieldChange[];
  /** pending: not yet confirmed by the centre. */
  status: 'pending' | 'accepted' | 'rejected' | 'quarantined' | 'unknown';
};

export type UnitName = { path: string; name: string };

/** Everything done to a case, as its event is named. */
export type CaseAct = CaseStep | 'violation-reported' | 'violation-answered' | 'case-reviewed';

export type Holder = { staffId: string; name: string };

export type CaseDetail = {
  /** What is personal in it masked, as in every answer; `reveal` shows it and logs that. */
  state: CaseState;
  summary: CaseSummary;
  timeline: TimelineEntry[];
  /** Steps the signed-in person may take now; notes apart. */
  steps: CaseAct[];
  canNote: boolean;
  canReveal: boolean;
  /** The unit an escalation would go to. */
  escalationTarget: UnitName | null;
  /** Units right below it may be handed down to; `former` ones had it before. */
  handDownTargets: (UnitName & { former: boolean })[];
  /** Units beside it may be transferred to. */
  transferTargets: UnitName[];
  /** Where the respondent trades; null where the roster does not know it. */
  respondentPath: string | null;
  /** Units that may be asked to sit in. */
  joinTargets: UnitName[];
  /** Until when a people's mediation agreement may go to the court for confirmation; null when there is none. */
  confirmation: { dueAt: string; provisional: boolean; appliedOn: string | null } | null;
  /** Whom the signed-in person may give the case to, with the open cases each holds; none where they may not. */
  assignees: (Holder & { role: Role; open: number })[];
  /** What is left to do beside the case's own deadline. */
  followUps: FollowUp[];
  /** Names of the units that sit in. */
  joinedNames: string[];
  /** The return it grew out of; `resolved` once how it ended was taken over there. */
  linkedReturn: { id: string; number: string; status: ReturnStatus; resolved: boolean } | null;
  /** Instruments that this workstation's unit may settle it with, by the case's procedure. */
  instruments: Instrument[];
};

export const CaseFilter = z.object({
  status: z.array(z.enum(CASE_STATUSES)).max(CASE_STATUSES.length).optional(),
  /** Only cases not closed. */
  open: z.boolean().optional(),
  mine: z.boolean().optional(),
  /** Only those whose deadline passed. */
  overdue: z.boolean().optional(),
  handlingPath: z.string().max(600).optional(),
  object: Code.optional(),
  problem: Code.optional(),
  registeredFrom: z.iso.date().optional(),
  registeredTo: z.iso.date().optional(),
  merchantId: z.string().max(64).optional(),
  /** The unit and all below it. */
  under: z.string().max(600).optional(),
  /** `me`, `nobody`, or a person's id. */
  assignedTo: z.string().max(64).optional(),
  /** Only open cases due after now and before this week ends. */
  dueThisWeek: z.boolean().optional(),
  closedFrom: z.iso.date().optional(),
  closedTo: z.iso.date().optional(),
  review: z.enum(['sound', 'remarks']).optional(),
  /** Anything remembered: a Chinese character upward, pinyin, initials, phone tail, case number. */
  search: z.string().max(100).optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

/** What is typed to register a case; the number, the handling unit and the rest are filled in. */
export const RegisterCase = Registration.omit({ number: true, procedure: true }).extend({
  /** Set by the screen, so that a repeated save is the same case. */
  caseId: z.uuid(),
});
export type RegisterCase = z.infer<typeof RegisterCase>;

const step = <Name extends CaseAct | 'note-added'>(name: Name) =>
  z.object({ step: z.literal(name), payload: schemaOf(name) });

/** One step on a case, with the payload of its event. An escalation's target is the unit one level up. */
export const CaseAction = z.discriminatedUnion('step', [
  step('case-accepted'),
  step('case-refused'),
  step('session-recorded'),
  step('case-settled'),
  step('mediation-failed'),
  step('case-withdrawn'),
  step('mediation-terminated'),
  step('case-escalated'),
  step('case-handed-down'),
  step('case-transferred'),
  step('case-taken-over'),
  step('case-reopened'),
  step('clock-stopped'),
  step('clock-resumed'),
  step('case-corrected'),
  step('agent-appointed'),
  step('agent-ended'),
  step('mediator-challenged'),
  step('challenge-decided'),
  step('testing-ordered'),
  step('testing-reported'),
  step('unit-joined'),
  step('case-assigned'),
  step('case-reviewed'),
  step('instalment-recorded'),
  step('satisfaction-recorded'),
  step('confirmation-applied'),
  step('violation-reported'),
  step('violation-answered'),
  step('performance-recorded'),
  step('case-closed'),
  step('note-added'),
]);
export type CaseAction = z.infer<typeof CaseAction>;

/** What each step asks of the person's role, besides that cases may be read. What it asks of the case and of the unit, the reducer decides. */
export const CASE_STEP_NEEDS: Record<CaseAct | 'note-added', Capability> = {
  'case-accepted': 'case.handle',
  'case-refused': 'case.handle',
  'session-recorded': 'case.handle',
  'case-settled': 'case.handle',
  'mediation-failed': 'case.handle',
  'case-withdrawn': 'case.handle',
  'mediation-terminated': 'case.handle',
  'case-escalated': 'case.handle',
  'case-handed-down': 'case.handle',
  'case-transferred': 'case.handle',
  'case-taken-over': 'case.handle',
  'case-reopened': 'case.handle',
  'clock-stopped': 'case.handle',
  'clock-resumed': 'case.handle',
  'case-corrected': 'case.handle',
  'agent-appointed': 'case.handle',
  'agent-ended': 'case.handle',
  'mediator-challenged': 'case.handle',
  'challenge-decided': 'case.handle',
  'testing-ordered': 'case.handle',
  'testing-reported': 'case.handle',
  'unit-joined': 'case.handle',
  'case-assigned': 'case.handle',
  'case-reviewed': 'case.handle',
  'instalment-recorded': 'case.handle',
  'satisfaction-recorded': 'case.handle',
  'confirmation-applied': 'case.handle',
  'violation-reported': 'case.handle',
  'violation-answered': 'case.handle',
  'performance-recorded': 'case.handle',
  'case-closed': 'case.handle',
  'note-added': 'case.note',
};

/** A case's consumer and who acts for either side, as they are to be reached. */
export type Revealed = {
  phone: string;
  idNumber: string | null;
  address: string | null;
  agents: { agentId: string; phone: string }[];
};

/** The person's own last step on a case while it has not left this workstation. */
export type Undoable = {
  step: CaseAct | 'note-added';
  /** In how many milliseconds it leaves by itself; null when there is no line and nobody knows. */
  leavesInMs: number | null;
  /** When that is, by the workstation's clock. */
  leavesAt: string | null;
};

/** The answer to a step is the case, which is read by it. */
const STEP_NEEDS = Object.fromEntries(
  Object.entries(CASE_STEP_NEEDS).map(([name, need]) => [name, ['case.read', need] as const]),
);

export const cases = {
  list: capable('case.read', IN_SIGHT)
    .input(
      Page.extend({
        filter: CaseFilter.default({}),
        sort: z.enum(['deadline', 'updated', 'registered']).default('deadline'),
      }),
    )
    .output(type<{ items: CaseSummary[]; total: number; cursor: string | null }>()),
  get: capable('case.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<CaseDetail>()),
  register: capable('case.handle', OWN_UNIT)
    .input(RegisterCase)
    .output(type<{ id: string; number: string }>()),
  act: capableBy('action.step', STEP_NEEDS, IN_SIGHT)
    .input(
      z.object({
        id: z.string().max(64),
        revision: z.int().min(0),
        eventId: FormId.optional(),
        action: CaseAction,
      }),
    )
    .output(type<CaseDetail>()),
  /** What `undo` would take back now, or null. */
  undoable: capable('case.read', IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<Undoable | null>()),
  /** Takes back the person's own last step on the case, while it has not left this workstation. */
  undo: capable(['case.read', 'case.note'], IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<CaseDetail>()),
  reveal: capable(['case.read', 'personal-data.reveal'], IN_SIGHT, {
    whole: 'It is what is asked for, with a reason that is kept.',
  })
    .input(z.object({ id: z.string().max(64), reason: z.string().trim().min(2).max(200) }))
    .output(type<Revealed>()),
};
