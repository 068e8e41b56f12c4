import { z } from 'zod';
import { documentSchemas } from '../document/index.ts';
import { erasureSchemas } from '../kernel/event/erasure.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { evidenceSchemas } from '../evidence/index.ts';
import { business, personal, told } from '../kernel/text/index.ts';
import { Code } from '../procedure/index.ts';
import {
  AgentAuthority,
  CaseSide,
  CaseSource,
  ClockStopCause,
  HandDownPurpose,
  HistoricalOutcome,
  IdType,
  Instrument,
  ObjectCategory,
  ProblemCategory,
  ReopenCause,
  Satisfaction,
  TestingFees,
  ViolationResult,
} from './codes.ts';

export const Fen = z.int().min(0).max(100_000_000_00);
const Text = (max: number) => z.string().trim().min(1).max(max);
const Told = (max: number) => told(Text(max));

/** The consumer as on the complaint form (SAMR form fields). */
export const Consumer = z.object({
  name: personal('name', Text(60)),
  phone: personal('phone', z.string().regex(/^\+?\d{7,15}$|^\*{3}$/)),
  idType: IdType.optional(),
  idNumber: personal('id-number', z.string().max(30)).optional(),
  address: personal('address', z.string().max(200)).optional(),
});
export type Consumer = z.infer<typeof Consumer>;

/** As long as a name on the roster. */
const MerchantName = Text(160);

export const CaseMerchant = z.object({
  /** Null when the respondent is not on the roster. */
  merchantId: Id.nullable(),
  name: MerchantName,
  contact: z.string().max(60).optional(),
  phone: business(z.string().max(30)).optional(),
  address: business(z.string().max(200)).optional(),
});
export type CaseMerchant = z.infer<typeof CaseMerchant>;

const Claims = z.array(Code).min(1).max(10);

export const Registration = z.object({
  number: z.string().min(3).max(60),
  consumer: Consumer,
  merchant: CaseMerchant,
  facts: z.object({ text: Told(4000), occurredOn: DayText, place: told(z.string().max(200)).optional() }),
  /** Codes of the lists in the case's procedure; the reducer knows them. */
  category: z.object({ object: Code, problem: Code }),
  /** Amount in dispute, fen; null when not about money. */
  amountFen: Fen.nullable(),
  claims: Claims,
  claimText: told(z.string().max(1000)).optional(),
  consents: z.object({ publication: z.boolean(), delegatedMediation: z.boolean() }),
  source: CaseSource,
  returnId: Id.nullable(),
  /** The version of the procedure it begins under; absent is the shipped one, 1. */
  procedure: z.int().min(1).max(100_000).optional(),
});
export type Registration = z.infer<typeof Registration>;

export const Attendance = z.enum(['both', 'consumer-only', 'merchant-only', 'neither']);

export const Performance = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('at-once') }),
  z.object({
    kind: z.literal('by'),
    /** With instalments, the day of the last one. */
    dueOn: DayText,
    manner: Text(200),
    instalments: z
      .array(z.object({ dueOn: DayText, amountFen: Fen.min(1) }))
      .min(2)
      .max(36)
      .optional(),
  }),
]);
export type Performance = z.infer<typeof Performance>;

export const Settlement = z.object({
  instrument: Instrument,
  terms: Told(4000),
  /** What the merchant pays or refunds under the agreement, fen. */
  amountFen: Fen,
  performance: Performance,
});
export type Settlement = z.infer<typeof Settlement>;

export const caseSchemas = {
  'case-registered@1': Registration,
  'case-accepted@1': z.object({ note: told(z.string().max(1000)).optional() }),
  'case-refused@1': z.object({ ground: Code, text: Told(1000) }),
  'session-recorded@1': z.object({
    heldOn: DayText,
    place: Text(120),
    attendance: Attendance,
    record: Told(4000),
    proposalFen: Fen.nullable(),
    startedAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time-unreadable')
      .optional(),
    mediator: z.string().max(60).optional(),
    statements: z
      .object({
        consumer: told(z.string().max(4000), { keptIn: 'statements' }).optional(),
        merchant: told(z.string().max(4000), { keptIn: 'statements' }).optional(),
      })
      .optional(),
    /** Proposals and counter-proposals in the order in which they were made. */
    proposals: z
      .array(
        z.object({
          by: z.enum(['consumer', 'merchant', 'mediator']),
          amountFen: Fen.nullable(),
          text: told(z.string().max(500)),
        }),
      )
      .max(20)
      .optional(),
  }),
  'case-settled@1': Settlement,
  'mediation-failed@1': z.object({ reason: Told(1000) }),
  'case-withdrawn@1': z.object({ reason: Told(1000) }),
  'mediation-terminated@1': z.object({ ground: Code, text: Told(1000) }),
  'case-escalated@1': z.object({ toPath: UnitPath, reason: Told(1000) }),
  'case-handed-down@1': z.object({ toPath: UnitPath, purpose: HandDownPurpose, reason: Told(1000) }),
  'case-transferred@1': z.object({ toPath: UnitPath, reason: Told(1000) }),
  /** `dueAt` is the deadline that had passed, as the unit above saw it. */
  'case-taken-over@1': z.object({ dueAt: z.iso.datetime({ offset: true }), reason: Told(1000) }),
  'case-reopened@1': z.object({ cause: ReopenCause, reason: Told(1000) }),
  'clock-stopped@1': z.object({ cause: ClockStopCause, reason: Told(1000) }),
  'clock-resumed@1': z.object({ note: told(z.string().max(1000)).optional() }),
  /** What was registered wrongly, put right; what is not named stays. */
  'case-corrected@1': z
    .object({
      reason: Told(1000),
      consumerName: personal('name', Text(60)).optional(),
      consumerPhone: Consumer.shape.phone.optional(),
      factsText: Told(4000).optional(),
      occurredOn: DayText.optional(),
      amountFen: Fen.optional(),
      object: Code.optional(),
      problem: Code.optional(),
    })
    .refine((payload) => Object.keys(payload).some((name) => name !== 'reason'), {
      path: ['reason'],
      message: 'nothing-corrected',
    }),
  /** The same for everything that was registered; what may be left out at registration is taken out by an empty text or null. */
  'case-corrected@2': z
    .object({
      reason: Told(1000),
      ...z
        .object({
          consumerName: personal('name', Text(60)),
          consumerPhone: Consumer.shape.phone,
          consumerIdType: IdType,
          consumerIdNumber: personal('id-number', z.string().max(30)),
          consumerAddress: personal('address', z.string().max(200)),
          merchantId: Id.nullable(),
          merchantName: MerchantName,
          merchantContact: z.string().max(60),
          merchantPhone: business(z.string().max(30)),
          merchantAddress: business(z.string().max(200)),
          factsText: Told(4000),
          occurredOn: DayText,
          place: told(z.string().max(200)),
          object: Code,
          problem: Code,
          amountFen: Fen.nullable(),
          claims: Claims,
          claimText: told(z.string().max(1000)),
          publication: z.boolean(),
          delegatedMediation: z.boolean(),
          source: CaseSource,
        })
        .partial().shape,
    })
    .refine((payload) => Object.keys(payload).some((name) => name !== 'reason'), {
      path: ['reason'],
      message: 'nothing-corrected',
    }),
  'agent-appointed@1': z.object({
    agentId: Id,
    side: CaseSide,
    name: personal('name', Text(60), { keptIn: 'agents' }),
    phone: personal('phone', z.string().max(30), { keptIn: 'agents' }).optional(),
    authority: AgentAuthority,
  }),
  'agent-ended@1': z.object({ agentId: Id, reason: Told(500) }),
  'mediator-challenged@1': z.object({ by: CaseSide, mediator: Text(60), reason: Told(1000) }),
  'challenge-decided@1': z.object({
    upheld: z.boolean(),
    successor: z.string().trim().max(60).optional(),
    reason: Told(1000),
  }),
  'testing-ordered@1': z.object({ subject: Told(500), institution: Text(120), fees: TestingFees }),
  'testing-reported@1': z.object({ on: DayText, finding: Told(2000) }),
  'unit-joined@1': z.object({ path: UnitPath, reason: Told(1000) }),
  'instalment-recorded@1': z.object({
    index: z.int().min(0).max(35),
    result: z.enum(['kept', 'broken']),
    on: DayText,
    note: told(z.string().max(1000)).optional(),
  }),
  'satisfaction-recorded@1': z.object({
    satisfaction: Satisfaction.exclude(['unknown']),
    on: DayText,
    note: told(z.string().max(1000)).optional(),
  }),
  /** By the consumer on the public page, taken down by the centre: once, from 1 to 5, 5 the best. */
  'satisfaction-answered@1': z.object({
    score: z.int().min(1).max(5),
    text: told(z.string().trim().max(500)),
  }),
  'confirmation-applied@1': z.object({ court: Text(120), on: DayText }),
  'violation-reported@1': z.object({ text: Told(2000) }),
  'violation-answered@1': z.object({ result: ViolationResult, text: Told(2000) }),
  'performance-recorded@1': z.object({
    result: z.enum(['kept', 'broken']),
    on: DayText,
    note: told(z.string().max(1000)).optional(),
  }),
  'case-closed@1': z.object({ satisfaction: Satisfaction, note: told(z.string().max(1000)).optional() }),
  /** Who of the handling unit works on it; both null takes it back. */
  'case-assigned@1': z
    .object({ staffId: Id.nullable(), name: Text(60).nullable() })
    .refine((payload) => (payload.staffId === null) === (payload.name === null), {
      path: ['name'],
      message: 'assignee-incomplete',
    }),
  /** `sampleId` is the sample it was drawn into, null when it was looked at by itself. */
  'case-reviewed@1': z
    .object({
      result: z.enum(['sound', 'remarks']),
      text: told(z.string().trim().max(2000)),
      sampleId: Id.nullable(),
    })
    .refine((payload) => payload.result === 'sound' || payload.text !== '', {
      path: ['text'],
      message: 'remarks-need-text',
    }),
  'note-added@1': z.object({ text: Told(2000) }),
  ...evidenceSchemas,
  ...documentSchemas,
  ...erasureSchemas,
  /** A case that ended before Heshi knew of it, brought in from a register. */
  'case-imported@1': z.object({
    number: z.string().min(1).max(60),
    source: Text(120),
    // Longer than a form takes: a register has whatever a passport has.
    consumerName: personal('name', z.string().max(120)).nullable(),
    consumerPhone: personal('phone', z.string().max(30)).nullable(),
    merchantName: Text(160),
    merchantAddress: business(z.string().max(300)).nullable(),
    category: z.object({ object: ObjectCategory, problem: ProblemCategory }),
    startedOn: DayText,
    closedOn: DayText,
    outcome: HistoricalOutcome,
    originalResult: told(z.string().max(200)),
    satisfaction: Satisfaction,
    restitutionFen: Fen,
  }),
};

type Schemas = typeof caseSchemas;
type NameOf<Key extends string> = Key extends `${infer Name}@${number}` ? Name : never;
export type CaseEventType = NameOf<keyof Schemas>;

/** Events whose first version is recorded no more. */
const CURRENT = { 'case-corrected': 2 } as const;
type CurrentKey<Type extends CaseEventType> = Type extends keyof typeof CURRENT
  ? `${Type}@${(typeof CURRENT)[Type]}`
  : `${Type}@1`;

/** The version in which a case event is recorded today. */
export function versionOf(type: CaseEventType): number {
  return type in CURRENT ? CURRENT[type as keyof typeof CURRENT] : 1;
}

/** The schema by which a case event is recorded today. */
export function schemaOf<Type extends CaseEventType>(type: Type): Schemas[CurrentKey<Type>] {
  return caseSchemas[`${type}@${versionOf(type)}` as CurrentKey<Type>];
}

/** Payload of the current version of a case event. */
export type CasePayload<Type extends CaseEventType> = z.infer<Schemas[CurrentKey<Type>]>;
