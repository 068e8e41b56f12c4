import { type } from '@orpc/contract';
import { z } from 'zod';
import { Month } from '../../domain/credit/index.ts';
import {
  type AttentionState,
  attentionSchemas,
  commendationSchemas,
  type CommendationState,
  guidanceSchemas,
  type GuidanceException,
  type GuidanceState,
  InspectionPlan,
  type InspectionResult,
  inspectionSchemas,
  type Manner,
  MOST_MONTHS,
  type NotCommended,
  type NumberedPlan,
  SeedHalf,
} from '../../domain/inspection/index.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { type Capability, IN_SIGHT, OWN_UNIT, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy, FormId } from './base.ts';
import { type ExportFile, ExportFormat } from './supervision.ts';

/** The plan that holds, the last one published, and whether the signed-in person may publish another. */
export type PlanView = { inForce: NumberedPlan; last: NumberedPlan; canPublish: boolean };

/** What would be drawn of one class. */
export type PreviewClass = { class: string; perMille: number; manner: Manner; candidates: number };
export type Preview = { unitPath: string; unitName: string; planVersion: number; classes: PreviewClass[] };

export type DrawSummary = {
  id: string;
  unitPath: string;
  unitName: string;
  day: string;
  status: 'prepared' | 'made' | 'abandoned';
  preparedBy: string;
  witness: string | null;
  candidates: number;
  drawn: number;
  done: number;
};

/** What a result may name of a merchant: a fact of its credit, or a record of a decision, by its id. */
export type CreditEntry = {
  entryId: string;
  kind: 'award' | 'penalty' | 'listing' | 'patrol' | 'record';
  on: string;
  text: string;
};

export type DrawnMerchant = {
  merchantId: string;
  name: string;
  unitName: string;
  class: string;
  manner: Manner;
  result: InspectionResult | null;
  /** Until when it is guided before it is visited, after a repair, and the guidance that was held since; null where it is not. */
  guidanceFirst: { until: string; guidanceId: string | null } | null;
  /** What was recorded about it since the draw. */
  entries: CreditEntry[];
};

export type DrawDetail = {
  summary: DrawSummary;
  revision: number;
  planVersion: number;
  candidatesHash: string;
  drawerSeed: string;
  witnessSeed: string | null;
  abandonedBecause: string | null;
  classes: (PreviewClass & { drawn: number })[];
  drawn: DrawnMerchant[];
  /** Reasons for which such a merchant may be visited without guidance. */
  exceptions: GuidanceException[];
  /** `lenient`: whether what was found may be decided by leniency here. */
  can: { witness: boolean; abandon: boolean; record: boolean; lenient: boolean };
};

/** Whether a draw comes out again of what its facts say. */
export type Verification = { hashAgrees: boolean; drawAgrees: boolean | null; candidates: number };

const Seen = z.object({ id: z.string().max(64), revision: z.int().min(1), eventId: FormId });

export const DrawAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('draw-made'), payload: z.object({ witnessSeed: SeedHalf }) }),
  z.object({ step: z.literal('draw-abandoned'), payload: inspectionSchemas['draw-abandoned@1'] }),
  z.object({
    step: z.literal('result-recorded'),
    payload: z
      .object(inspectionSchemas['result-recorded@1'].shape)
      .omit({ resultId: true, guidanceId: true }),
  }),
]);
export type DrawAction = z.infer<typeof DrawAction>;

export type GuidanceView = GuidanceState & {
  unitName: string;
  steps: GuidanceAction['step'][];
  /** Whether what it found may be decided by leniency here. */ lenient: boolean;
};

export const GuidanceAction = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('guidance-slot-chosen'),
    payload: guidanceSchemas['guidance-slot-chosen@1'],
  }),
  z.object({ step: z.literal('guidance-held'), payload: guidanceSchemas['guidance-held@1'] }),
  z.object({ step: z.literal('guidance-rechecked'), payload: guidanceSchemas['guidance-rechecked@1'] }),
  z.object({ step: z.literal('guidance-cancelled'), payload: guidanceSchemas['guidance-cancelled@1'] }),
]);
export type GuidanceAction = z.infer<typeof GuidanceAction>;

export const GUIDANCE_NEEDS = {
  'guidance-slot-chosen': 'credit.answer',
  'guidance-held': 'inspection.handle',
  'guidance-rechecked': 'inspection.handle',
  'guidance-cancelled': 'inspection.handle',
} as const satisfies Record<GuidanceAction['step'], Capability>;

export type CommendationView = CommendationState & { unitName: string; canDecide: boolean };

/** Who fulfils the rule, and how many do not, by why. */
export type Commendable = {
  topGrade: string;
  merchants: { merchantId: string; name: string; unitName: string; points: number }[];
  others: Partial<Record<NotCommended, number>>;
};

const CommendationQuery = z.object({
  unitPath: UnitPath,
  /** The last month that counts. */
  month: Month,
  months: z.int().min(1).max(MOST_MONTHS),
});

export type AttentionView = AttentionState & {
  ownerName: string;
  pushedFrom: string;
  steps: AttentionAction['step'][];
};

export const AttentionAction = z.discriminatedUnion('step', [
  z.object({ step: z.literal('attention-taken'), payload: attentionSchemas['attention-taken@1'] }),
  z.object({
    step: z.literal('attention-acted'),
    payload: attentionSchemas['attention-acted@1'].omit({ actionId: true }),
  }),
  z.object({ step: z.literal('attention-evaluated'), payload: attentionSchemas['attention-evaluated@1'] }),
]);
export type AttentionAction = z.infer<typeof AttentionAction>;

/** What can be had as a file. */
export const InspectionExport = z.discriminatedUnion('view', [
  z.object({
    view: z.literal('grades'),
    unitPath: UnitPath.optional(),
    grade: z.string().max(12).optional(),
  }),
  z.object({ view: z.literal('draw'), id: z.string().max(64) }),
  z.object({ view: z.literal('commendation'), id: z.string().max(64) }),
]);
export type InspectionExport = z.infer<typeof InspectionExport>;

const HANDLE = 'inspection.handle';

export const inspections = {
  plan: capable(HANDLE, IN_SIGHT).output(type<PlanView>()),
  /** Publishes the next version. @throws RULE naming field and rule */
  publishPlan: capable('inspection.decide', OWN_UNIT)
    .input(z.object({ eventId: FormId, version: z.int().min(2), plan: InspectionPlan }))
    .output(type<PlanView>()),
  /** How many of each class there are today, and which share would be drawn. @throws RULE */
  preview: capable(HANDLE, unitAndBelow('unitPath'))
    .input(z.object({ unitPath: UnitPath }))
    .output(type<Preview>()),
  draws: capable(HANDLE, IN_SIGHT).output(type<DrawSummary[]>()),
  draw: capable(HANDLE, IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<DrawDetail>()),
  /** Fixes the candidates of today and the first half of the seed. */
  prepare: capable(HANDLE, unitAndBelow('unitPath'))
    .input(z.object({ drawId: z.uuid(), unitPath: UnitPath, drawerSeed: SeedHalf }))
    .output(type<DrawDetail>()),
  /** Draws, as a second person; abandons; records a result. */
  act: capable(HANDLE, IN_SIGHT)
    .input(Seen.extend({ action: DrawAction }))
    .output(type<DrawDetail>()),
  /** Works a draw out anew from its facts. */
  verify: capable(HANDLE, IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<Verification>()),

  guidances: capable('merchant.read', IN_SIGHT).output(type<GuidanceView[]>()),
  offer: capable(HANDLE, IN_SIGHT)
    .input(
      guidanceSchemas['guidance-offered@1']
        .pick({ merchantId: true, subject: true, slots: true, drawId: true })
        .extend({ guidanceId: z.uuid() }),
    )
    .output(type<GuidanceView>()),
  guide: capableBy('action.step', GUIDANCE_NEEDS, IN_SIGHT)
    .input(Seen.extend({ action: GuidanceAction }))
    .output(type<GuidanceView>()),

  commendations: capable(HANDLE, IN_SIGHT).output(type<CommendationView[]>()),
  commendable: capable(HANDLE, unitAndBelow('unitPath')).input(CommendationQuery).output(type<Commendable>()),
  /** Publishes the list of today, without those who are left off. */
  commend: capable('inspection.decide', unitAndBelow('unitPath'))
    .input(
      CommendationQuery.extend({
        commendationId: z.uuid(),
        leftOff: z
          .array(z.object({ merchantId: z.string().max(64), reason: z.string().trim().min(1).max(300) }))
          .max(500),
      }),
    )
    .output(type<CommendationView>()),
  withdraw: capable('inspection.decide', IN_SIGHT)
    .input(Seen.extend({ payload: commendationSchemas['commendation-withdrawn@1'] }))
    .output(type<CommendationView>()),

  attention: capable(HANDLE, IN_SIGHT).output(type<AttentionView[]>()),
  push: capable(HANDLE, unitAndBelow('ownerPath'))
    .input(z.object({ attentionId: z.uuid(), ...attentionSchemas['attention-pushed@1'].shape }))
    .output(type<AttentionView>()),
  attend: capable(HANDLE, IN_SIGHT)
    .input(Seen.extend({ action: AttentionAction }))
    .output(type<AttentionView>()),

  /** Grades, a draw or a list of the commended as a file; each export is logged. */
  export: capable(HANDLE, unitAndBelow('of.unitPath'))
    .input(z.object({ format: ExportFormat, of: InspectionExport }))
    .output(type<ExportFile>()),
};
