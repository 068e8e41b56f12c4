import { type } from '@orpc/contract';
import { z } from 'zod';
import type { FieldChange } from '../../domain/kernel/event/change.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import {
  type DeletionBar,
  MOST_RECORDS,
  PRIVACY_STATUSES,
  PrivacyIdentity,
  PrivacyManner,
  PrivacyOutcome,
  PrivacyRecordKind,
  PrivacyRequester,
  PrivacyWhat,
  type PrivacyState,
  type PrivacyStatus,
} from '../../domain/privacy/index.ts';
import { capable, FormId, Page } from './base.ts';
import type { TimelineEntry } from './case.ts';
import type { DocumentFile } from './document.ts';

export type PrivacySummary = {
  id: string;
  number: string;
  what: PrivacyWhat;
  status: PrivacyStatus;
  requester: { name: string };
  /** How many records it is about. */
  records: number;
  receivedAt: string;
  unitName: string;
  /** Until when it is to be answered; null once it is, or was withdrawn. */
  due: PrivacyDue | null;
  waiting: number;
};

export type PrivacyDue = { dueAt: string; provisional: boolean; late: boolean };

/** A record as it is chosen from: enough to tell whether it is the requester's. */
export type PrivacyCandidate = {
  kind: PrivacyRecordKind;
  id: string;
  number: string;
  consumer: { name: string; phone: string | null };
  merchantName: string;
  /** The day on which it was registered, or asked for. */
  on: string;
  unitName: string;
};

/** A correction made in a case since the request was received; what is personal in it masked. */
export type PrivacyCorrection = {
  eventId: string;
  at: string;
  byName: string;
  reason: string;
  changes: FieldChange[];
};

/** What became of a deletion that was granted: nothing yet, or erased by the centre. */
export type PrivacyErasure = { at: string } | 'waiting';

/** A record of a request, as far as it is still here. */
export type PrivacyRecordView = {
  kind: PrivacyRecordKind;
  id: string;
  number: string;
  /** Null where it has left this workstation. */
  known: PrivacyCandidate | null;
  /** What keeps it from being erased now. */
  bar: DeletionBar | null;
  corrections: PrivacyCorrection[];
  /** Null where no deletion of it was granted. */
  erasure: PrivacyErasure | null;
};

export type PrivacyDetail = {
  /** The requester's telephone number masked, as in every answer; `reveal` shows it and logs that. */
  state: PrivacyState;
  summary: PrivacySummary;
  records: PrivacyRecordView[];
  timeline: TimelineEntry[];
  /** The unit above that decides it as well; null where there is none. */
  passedTo: string | null;
  decidedIn: string | null;
  canDecide: boolean;
  canPrint: boolean;
  canAnswer: boolean;
  canWithdraw: boolean;
  canReveal: boolean;
  /** When its answer was last printed at this workstation. */
  printedAt: string | null;
};

const RecordKey = z.object({ kind: PrivacyRecordKind, id: z.string().min(1).max(64) });
const Records = z.array(RecordKey).max(MOST_RECORDS);

export const ReceivePrivacy = z
  .object({
    privacyId: z.uuid(),
    what: PrivacyWhat,
    requester: PrivacyRequester,
    identity: PrivacyIdentity,
    records: Records.min(1),
    wish: z.string().trim().max(1000),
  })
  .refine(({ what, wish }) => what === 'access' || wish !== '', {
    path: ['wish'],
    message: 'privacy-wish-needed',
  });
export type ReceivePrivacy = z.infer<typeof ReceivePrivacy>;

/** What is due: overdue, or by the end of this week what is overdue too. */
export const PRIVACY_DUE = ['overdue', 'week'] as const;
export const PrivacyFilter = z.object({
  status: z.array(z.enum(PRIVACY_STATUSES)).max(PRIVACY_STATUSES.length).optional(),
  what: PrivacyWhat.optional(),
  due: z.enum(PRIVACY_DUE).optional(),
  search: z.string().max(100).optional(),
});
export type PrivacyFilter = z.infer<typeof PrivacyFilter>;

const Id = z.object({ id: z.string().min(1).max(64) });
const Seen = Id.extend({ revision: z.int().min(1), eventId: FormId });
const HANDLE = 'privacy.handle';

/** A consumer's requests about the data held of them, from receipt to the printed answer. */
export const privacy = {
  /** The latest first; where what is due is asked for, that which is due first. */
  list: capable(HANDLE, IN_SIGHT)
    .input(Page.extend({ filter: PrivacyFilter.default({}) }))
    .output(type<{ items: PrivacySummary[]; total: number; cursor: string | null }>()),
  get: capable(HANDLE, IN_SIGHT).input(Id).output(type<PrivacyDetail>()),
  /** Records of which the requester's may be ticked, by name, telephone or number, the latest first; at most twenty of each kind. */
  find: capable(HANDLE, IN_SIGHT)
    .input(z.object({ search: z.string().trim().max(100) }))
    .output(type<PrivacyCandidate[]>()),
  /** The same of records that are chosen already, in their order; without those that are not here. */
  chosen: capable(HANDLE, IN_SIGHT)
    .input(z.object({ records: Records }))
    .output(type<PrivacyCandidate[]>()),
  receive: capable(HANDLE, OWN_UNIT).input(ReceivePrivacy).output(type<PrivacyDetail>()),
  decide: capable('privacy.decide', IN_SIGHT)
    .input(Seen.extend({ outcomes: z.array(PrivacyOutcome).min(1).max(MOST_RECORDS) }))
    .output(type<PrivacyDetail>()),
  /** The answer as PDF, as of the decision: it shows all that is held. Each print is logged. @throws RULE before it is decided */
  print: capable([HANDLE, 'personal-data.reveal'], IN_SIGHT).input(Id).output(type<DocumentFile>()),
  /** That the answer printed last reached the requester. @throws RULE when none was printed here */
  answer: capable(HANDLE, IN_SIGHT)
    .input(Seen.extend({ manner: PrivacyManner, answeredOn: z.iso.date() }))
    .output(type<PrivacyDetail>()),
  withdraw: capable(HANDLE, IN_SIGHT)
    .input(Seen.extend({ reason: z.string().trim().min(1).max(300) }))
    .output(type<PrivacyDetail>()),
  /** The requester's telephone number; each look is logged. */
  reveal: capable([HANDLE, 'personal-data.reveal'], IN_SIGHT, {
    whole: 'It is what is asked for, with a reason that is kept.',
  })
    .input(Id.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(type<{ phone: string }>()),
};
